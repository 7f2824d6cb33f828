/** One text made of another, as a paper makes it, or of two as tomorrow's story is made. */
export interface Pair {
  /** What was done to the text. */
  readonly edit: string;
  readonly text: string;
  /** The same story still. */
  readonly same: boolean;
}

const paragraphsOf = (text: string): string[] => text.split(/\n+/).filter((line) => line.trim() !== '');

/** The first share of a text, by its characters, up to the end of a word. */
function firstShare(text: string, share: number): string {
  const at = Math.floor(text.length * share);
  return at >= text.length ? text : text.slice(0, at).replace(/[\p{L}\p{M}\p{N}]{1,30}$/u, '');
}

function lastShare(text: string, share: number): string {
  return text.slice(text.length - Math.floor(text.length * share)).replace(/^[\p{L}\p{M}\p{N}]{1,30}/u, '');
}

const some = (text: string, characters: number): string => firstShare(text, Math.min(1, characters / Math.max(1, text.length)));

/** Every `nth` word put otherwise, as a house style does: its letters turned round, so that it is another word of the script. */
const restyled = (text: string, nth: number): string => {
  let count = 0;
  return text.replace(/\p{L}{3,}/gu, (word) => {
    count += 1;
    return count % nth === 0 ? [...new Intl.Segmenter().segment(word)].map(({ segment }) => segment).toReversed().join('') : word;
  });
};

/** Other figures in the same words: the table of another day. */
const otherFigures = (text: string): string => text.replace(/\p{Nd}+/gu, (figure) => String((Number(figure.replace(/\D/gu, '') || '7') * 31 + 17) % 9_973));

/** The same story, as papers print agency copy. `local` is a text of the same language by somebody else. */
export const editsOf = (text: string, local: string): Pair[] => [
  ['as it came', text],
  ['a quarter cut from its end', firstShare(text, 0.75)],
  ['half cut from its end', firstShare(text, 0.5)],
  ['two thirds cut from its end', firstShare(text, 0.34)],
  ['a local paragraph after it', `${text}\n\n${some(local, text.length * 0.15)}`],
  ['a local paragraph before it', `${some(local, text.length * 0.15)}\n\n${text}`],
  ['its first line taken off', paragraphsOf(text).slice(1).join('\n\n') || text],
  ['every 40th word in house style', restyled(text, 40)],
  ['half cut, a local paragraph after it', `${firstShare(text, 0.5)}\n\n${some(local, text.length * 0.1)}`],
  ['a quarter cut, first line off, house style', restyled(paragraphsOf(firstShare(text, 0.75)).slice(1).join('\n\n') || text, 40)],
].map(([edit = '', edited = '']) => ({ edit, text: edited, same: true }));

/** Stories that share much and are not the same. `fresh` is a text of the same language about something else. */
export const negativesOf = (text: string, fresh: string): Pair[] => [
  { edit: 'the next day: half its length is the old background', text: `${some(fresh, text.length * 0.5)}\n\n${lastShare(text, 0.5)}`, same: false },
  { edit: 'the next day: a third is the old background', text: `${some(fresh, text.length * 0.66)}\n\n${lastShare(text, 0.33)}`, same: false },
  { edit: 'the old lead, then another story', text: `${firstShare(text, 0.2)}\n\n${some(fresh, text.length * 0.8)}`, same: false },
  ...((text.match(/\p{Nd}+/gu)?.length ?? 0) >= 12 ? [{ edit: 'the same words with other figures', text: otherFigures(text), same: false }] : []),
];
