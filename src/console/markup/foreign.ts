import { html, type Html } from './html.js';

/** Longest text of a source that a list shows; a headline of a megabyte would bury the page. */
const LIST_CHARACTERS = 240;

/**
 * Text that somebody else wrote, within a line of ours: isolated, so that neither its direction nor an override left open in it
 * reaches what stands around (Unicode TR 9), and cut to a length.
 */
export const foreign = (text: string, max = LIST_CHARACTERS): Html => html`<bdi>${clipped(text, max)}</bdi>`;

/** The same where its language is known, for fonts, hyphenation and screen readers. */
export const foreignIn = (text: string, language: string | null, max = LIST_CHARACTERS): Html =>
  language === null || language === 'und' ? foreign(text, max) : html`<bdi lang="${language}">${clipped(text, max)}</bdi>`;

/** Cuts between characters, never within one. */
export function clipped(text: string, max: number): string {
  if (text.length <= max) return text;
  // A grapheme has no bound; the segmenter only gets what could be shown.
  const head = text.slice(0, max + 64);
  let end = 0;
  for (const { index, segment } of new Intl.Segmenter().segment(head)) {
    if (index + segment.length > max) break;
    end = index + segment.length;
  }
  return `${head.slice(0, end === 0 ? max : end)}…`;
}
