import type { Element } from 'domhandler';
import { hintsOf } from './class-words.js';

/** What kind of landmark an element is by its tag or role. One bit each. */
export const MARK = {
  nav: 1 << 0, header: 1 << 1, footer: 1 << 2, aside: 1 << 3, form: 1 << 4, figure: 1 << 5, figcaption: 1 << 6, quote: 1 << 7,
  item: 1 << 8, table: 1 << 9, article: 1 << 10, main: 1 << 11, hidden: 1 << 12, section: 1 << 13, paragraph: 1 << 14,
  heading: 1 << 15, articleBody: 1 << 16, pre: 1 << 17, dialog: 1 << 18, description: 1 << 19, address: 1 << 20, cell: 1 << 21,
  noscript: 1 << 22, list: 1 << 23, details: 1 << 24, embed: 1 << 25,
} as const;

const TAG_MARKS: ReadonlyMap<string, number> = new Map([
  ['nav', MARK.nav], ['menu', MARK.nav], ['header', MARK.header], ['footer', MARK.footer], ['aside', MARK.aside], ['form', MARK.form],
  ['figure', MARK.figure], ['figcaption', MARK.figcaption], ['blockquote', MARK.quote], ['li', MARK.item], ['dd', MARK.item],
  ['dt', MARK.item], ['table', MARK.table], ['article', MARK.article], ['main', MARK.main], ['section', MARK.section],
  ['p', MARK.paragraph], ['h1', MARK.heading], ['h2', MARK.heading], ['h3', MARK.heading], ['h4', MARK.heading], ['h5', MARK.heading],
  ['h6', MARK.heading], ['pre', MARK.pre], ['dialog', MARK.dialog], ['address', MARK.address], ['td', MARK.cell], ['th', MARK.cell],
  ['noscript', MARK.noscript], ['ul', MARK.list], ['ol', MARK.list], ['dl', MARK.list], ['details', MARK.details],
]);
const ROLE_MARKS: ReadonlyMap<string, number> = new Map([
  ['navigation', MARK.nav], ['menu', MARK.nav], ['menubar', MARK.nav], ['banner', MARK.header], ['contentinfo', MARK.footer],
  ['complementary', MARK.aside], ['search', MARK.form], ['main', MARK.main], ['article', MARK.article], ['dialog', MARK.dialog],
  ['alertdialog', MARK.dialog], ['heading', MARK.heading],
]);
const HIDDEN_STYLE = /display\s{0,4}:\s{0,4}none|visibility\s{0,4}:\s{0,4}hidden/i;

/** An open block-level element and what its ancestors say of it. */
export interface Frame {
  readonly element: Element | null;
  readonly name: string;
  readonly parent: Frame | null;
  readonly depth: number;
  readonly order: number;
  /** Hints of its own class and id. */
  readonly ownHints: number;
  /** Hints of itself and the two frames above. */
  readonly nearHints: number;
  /** Hints of all frames above and itself, without those of `html` and `body`. */
  readonly allHints: number;
  readonly ownMarks: number;
  readonly allMarks: number;
  /** Number that equal elements share: tag and class name, and those of the parent. */
  readonly signature: number;
  /** Language that it or the nearest ancestor declares. */
  readonly lang: string | undefined;
  // Filled after the walk: what stands inside.
  units: number;
  linkUnits: number;
  /** Prose where a story may stand, and all prose. */
  proseUnits: number;
  anyProse: number;
  blocks: number;
  firstBlock: number;
  lastBlock: number;
  /** Children with the same signature counted by the parent. */
  childFrames: number;
  /** Blocks among its own that end with a full stop. */
  endsStop: number;
  /** Its part of a path, once a path was asked for. */
  label: string | null;
}

/** Classes of the element that a platform's own embed code writes, until a script puts the platform's frame in its place. */
export const EMBED_CLASSES: readonly string[] = [
  'twitter-tweet', 'twitter-video', 'instagram-media', 'tiktok-embed', 'fb-post', 'fb-video', 'bluesky-embed', 'mastodon-embed', 'telegram-post',
  'reddit-embed-bq', 'reddit-card', 'text-post-media', 'imgur-embed-pub',
];
const EMBED = new RegExp(`(?:^|\\s)(?:${EMBED_CLASSES.join('|')})(?:\\s|$)`);

/** Makes frames; class names repeat on a page, so what they say is looked up once. */
export class FrameMaker {
  readonly #hints = new Map<string, number>();
  readonly #signatures = new Map<string, number>();
  #order = 0;

  root(): Frame {
    return this.#frame(null, 'html', null, 0, 0, 0, '');
  }

  open(element: Element, parent: Frame): Frame {
    const { name, attribs } = element;
    const classes = attribs['class'] ?? '';
    const id = attribs['id'] ?? '';
    let marks = TAG_MARKS.get(name) ?? 0;
    const role = attribs['role'];
    if (role !== undefined) marks |= ROLE_MARKS.get(role.toLowerCase()) ?? 0;
    if (isHidden(attribs)) marks |= MARK.hidden;
    if (classes !== '' && classes.length < 400 && (name === 'blockquote' || name === 'div') && EMBED.test(classes)) marks |= MARK.embed;
    const property = attribs['itemprop'] ?? attribs['property'];
    if (property !== undefined) {
      if (/articlebody|reviewbody|^text$|content:encoded/i.test(property)) marks |= MARK.articleBody;
      else if (/description|abstract/i.test(property)) marks |= MARK.description;
    }
    const testId = attribs['data-testid'] ?? attribs['data-component'] ?? attribs['data-type'] ?? '';
    const whole = name === 'body' || name === 'html';
    const hints = whole ? 0 : this.#hintsOf(classes) | this.#hintsOf(id) | this.#hintsOf(testId) | (name.includes('-') ? this.#hintsOf(name) : 0);
    return this.#frame(element, name, parent, hints, marks, this.#signatureOf(`${parent.signature}>${name}.${classes}`),
      attribs['lang'] ?? attribs['xml:lang'] ?? '');
  }

  #frame(element: Element | null, name: string, parent: Frame | null, hints: number, marks: number, signature: number, lang: string): Frame {
    this.#order += 1;
    return {
      element, name, parent, depth: parent === null ? 0 : parent.depth + 1, order: this.#order,
      ownHints: hints,
      nearHints: hints | (parent?.ownHints ?? 0) | (parent?.parent?.ownHints ?? 0),
      allHints: hints | (parent?.allHints ?? 0),
      ownMarks: marks, allMarks: marks | (parent?.allMarks ?? 0), signature, lang: lang === '' ? parent?.lang : lang,
      units: 0, linkUnits: 0, proseUnits: 0, anyProse: 0, blocks: 0, firstBlock: -1, lastBlock: -1, childFrames: 0, endsStop: 0, label: null,
    };
  }

  #hintsOf(value: string): number {
    if (value === '') return 0;
    let hints = this.#hints.get(value);
    if (hints === undefined) {
      hints = hintsOf(value);
      this.#hints.set(value, hints);
    }
    return hints;
  }

  #signatureOf(key: string): number {
    let signature = this.#signatures.get(key);
    if (signature === undefined) {
      signature = this.#signatures.size + 1;
      this.#signatures.set(key, signature);
    }
    return signature;
  }
}

export function isHidden(attribs: Readonly<Record<string, string>>): boolean {
  if (attribs['hidden'] !== undefined || attribs['aria-hidden'] === 'true') return true;
  const style = attribs['style'];
  return style !== undefined && HIDDEN_STYLE.test(style.length > 512 ? style.slice(0, 512) : style);
}

function labelOf(name: string, classes: string | undefined): string {
  const first = classes === undefined ? '' : /\S{1,40}/.exec(classes)?.[0] ?? '';
  return first === '' ? name : `${name}.${first}`;
}

/** The way to a block, outermost first, for explanations: `main/article/div.entry-content/p`. */
export function pathOf(frame: Frame, longest = 6): string {
  const parts: string[] = [];
  for (let at: Frame | null = frame; at !== null && at.element !== null && parts.length < longest; at = at.parent) {
    if (at.name === 'body' || at.name === 'html') break;
    at.label ??= labelOf(at.name, at.element.attribs['class']);
    parts.push(at.label);
  }
  return parts.reverse().join('/');
}
