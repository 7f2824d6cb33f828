import { createHash } from 'node:crypto';
import { between, pick, seeded, type Random } from '../throughput/random.js';

/** How the host of an item's page answers; `bad` times before it answers well, or for ever. */
export type Manner =
  | 'plain' | 'moved' | 'twin' | 'edited' | 'withdrawn'
  | 'missing' | 'gone' | 'loop' | 'bomb' | 'endless'
  | 'unavailable' | 'slowed' | 'reset' | 'truncated' | 'short' | 'stalled';

export interface MannerRow {
  /** Items in ten thousand. */
  readonly share: number;
  /** What has to become of the item: a story at every sink, or nothing, for this reason in the books. */
  readonly becomes: 'story' | `rejected:${string}`;
  /** Answers that go wrong before a good one. */
  readonly bad: number;
  /** What the page has become when it is asked again: each makes a second version. */
  readonly again?: 'edited' | 'withdrawn';
}

/** Every way a page's host behaves. The shares are higher than the world's, the rare ones most of all. */
export const MANNERS: Readonly<Record<Manner, MannerRow>> = {
  plain: { share: 9_290, becomes: 'story', bad: 0 },
  moved: { share: 200, becomes: 'story', bad: 0 },
  twin: { share: 100, becomes: 'story', bad: 0 },
  edited: { share: 60, becomes: 'story', bad: 0, again: 'edited' },
  withdrawn: { share: 40, becomes: 'story', bad: 0, again: 'withdrawn' },
  missing: { share: 60, becomes: 'rejected:http-404', bad: 0 },
  gone: { share: 40, becomes: 'rejected:http-410', bad: 0 },
  loop: { share: 20, becomes: 'rejected:redirect-loop', bad: 0 },
  bomb: { share: 10, becomes: 'rejected:too-large', bad: 0 },
  endless: { share: 10, becomes: 'rejected:too-large', bad: 0 },
  unavailable: { share: 40, becomes: 'story', bad: 2 },
  slowed: { share: 20, becomes: 'story', bad: 1 },
  reset: { share: 40, becomes: 'story', bad: 2 },
  truncated: { share: 30, becomes: 'story', bad: 1 },
  short: { share: 30, becomes: 'story', bad: 1 },
  stalled: { share: 10, becomes: 'story', bad: 1 },
};

const MANNER_NAMES = Object.keys(MANNERS) as Manner[];

/** An item by its source and its number within it, both counted from 0. */
export interface ItemName {
  readonly source: number;
  readonly number: number;
}

const randomOf = (seed: number, { source, number }: ItemName, salt: string): Random =>
  seeded(createHash('sha256').update(`${seed} ${source} ${number} ${salt}`).digest().readUInt32LE(0));

function drawnManner(seed: number, item: ItemName): Manner {
  let left = randomOf(seed, item, 'manner')() * 10_000;
  for (const manner of MANNER_NAMES) {
    left -= MANNERS[manner].share;
    if (left < 0) return manner;
  }
  return 'plain';
}

export const neighbourOf = ({ source, number }: ItemName, sources: number): ItemName => ({ source: (source + 1) % sources, number });

/** The same for a seed in every run. A twin lists the page of the next source's item, which must be an ordinary one. */
export function mannerOf(seed: number, item: ItemName, sources: number): Manner {
  const manner = drawnManner(seed, item);
  if (manner !== 'twin') return manner;
  return sources > 1 && drawnManner(seed, neighbourOf(item, sources)) === 'plain' ? 'twin' : 'plain';
}

const COMMON = ('the of and to in for on with by from at after before said will were had that which their council minister market river harbour bridge village '
  + 'school station engine doctor farmer court paper winter summer letter water road north south island mountain border train ship money price bread oil gas '
  + 'vote party leader report study people children workers teachers soldiers police fire storm rain snow wind light night morning week month year hundred '
  + 'thousand new old small large open closed first last early late public private local foreign quiet busy strong weak long short high low against between '
  + 'under over during without about because while although agreed refused opened built sold bought asked answered voted signed').split(' ');
const SYLLABLES = ['ba', 'ter', 'lo', 'min', 'ka', 'ros', 've', 'dun', 'si', 'mar', 'o', 'len', 'ti', 'gra', 'na', 'hol', 'pe', 'sun', 'ra', 'vil'];
const PLACES = ['TRIPOLI', 'VALLETTA', 'NICOSIA', 'IZMIR', 'ALEXANDRIA', 'GENOA', 'MARSEILLE', 'SPLIT', 'PIRAEUS', 'BEIRUT', 'GENEVA', 'OSLO'] as const;

const drawn = (random: Random, list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';

function name(random: Random): string {
  const text = Array.from({ length: between(random, 2, 3) }, () => drawn(random, SYLLABLES)).join('');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function sentence(random: Random): string {
  const words = Array.from({ length: between(random, 10, 16) }, () => (random() < 0.12 ? name(random) : drawn(random, COMMON)));
  const text = words.join(' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** What only the second edition of a page says. */
export const SECOND_EDITION = 'This sentence stands in the second edition only';

/** A number in words that no other number has. */
const spelled = (value: number): string => Array.from(value.toString(SYLLABLES.length), (digit) => SYLLABLES[parseInt(digit, SYLLABLES.length)] ?? '').join('-');

/**
 * A short news page in words of its own, so that no two are near each other; about one kilobyte. The item's name stands in it in
 * words: the generator has four thousand million states, so that of a hundred thousand pages some draw the very same text, and
 * such a page is a duplicate and no lost story.
 */
export function pageOf(seed: number, item: ItemName, edition: 1 | 2 = 1): { readonly title: string; readonly html: string } {
  const random = randomOf(seed, item, 'page');
  // Names only: words and numbers at random may call the page an error (404).
  const title = `${name(random)} ${name(random)} of ${name(random)} in ${name(random)}`;
  const opening = `${pick(random, PLACES)}, Nov 23 (Made Wire) - `;
  const first = Array.from({ length: 3 }, (_, at) => `<p>${at === 0 ? opening : ''}${sentence(random)} ${sentence(random)}${at === 0 ? ` It was said at ${spelled(item.source)} by ${spelled(item.number)}.` : ''}</p>`);
  const paragraphs = [...first, ...(edition === 2 ? [`<p>${SECOND_EDITION}, ${sentence(random)}</p>`] : [])].join('\n');
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body><nav><a href="/">Home</a></nav>`
    + `<article><h1>${title}</h1>\n${paragraphs}</article><footer><a href="/about">About</a></footer></body></html>`;
  return { title, html };
}
