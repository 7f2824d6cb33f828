import type { Match } from './match.js';
import type { ReadPlaces } from './places.js';

/** Evidence for and against one reading, added up; every item is kept so that `explain` can show it. */
export interface Evidence {
  readonly total: number;
  readonly items: ReadonlyArray<readonly [string, number]>;
}

/** Below this a reading is no dateline: a wrong one is worse than none. */
export const threshold = 1.6;

const bicameral = /[\p{Lu}\p{Ll}]/u;
const lower = /^\p{Ll}/u;
const blankOrQuote = /^[\s"'“”„«»‘’‚<([¿¡*\u200e\u200f\u202a-\u202e]*/u;
const dash = /\s[-–—_]{1,2}\s|\s--|—/u;
/** Newspapers in these languages open "சென்னை: …". */
const colonLanguages = new Set(['ta', 'te', 'kn', 'ml', 'si']);
/** Newspapers in these languages go on in lower case behind the mark. */
const lowerLanguages = new Set(['it']);
const particle = /^(?:de|del|della|dello|da|do|dos|das|di|du|des|d|la|le|les|el|los|las|al|am|an|der|den|im|in|bei|ob|pri|pod|nad|na|v|u|upon|sur|of|the|and|y|e|und|et|sous|en|van|aan|on|op|ter|i|bin|ul|ash|as|ar|es|ez|og|och|os)$/iu;

function firstLetterIsLower(text: string): boolean {
  return lower.test(text.replace(blankOrQuote, ''));
}

const allCapitals = (name: string): boolean => /\p{Lu}{2}/u.test(name) && name === name.toUpperCase();

export function weigh(text: string, match: Match, places: ReadPlaces, language: string | undefined, source: string | undefined): Evidence {
  const items: Array<readonly [string, number]> = [];
  const add = (name: string, value: number): void => { if (value !== 0) items.push([name, value]); };
  const { order, agency, date, mark } = match;
  add(`order ${order.id}`, order.weight);
  if (agency !== null) {
    add(`agency ${agency.strength}`, { known: 3, mixed: 2.2, desk: 2, shape: 0.8, bare: 2.2 }[agency.strength]);
    if (source !== undefined && agency.id === source) add('agency is the source', 1);
  }
  if (date !== null) add(`date ${date.kind}`, { named: 2, numeric: 1.4, fuzzy: 1, day: 0.7 }[date.kind]);
  const body = text.slice(match.end, match.end + 160).trimStart();
  if (mark === 'dispatch') add('dispatch mark', 2);
  if (mark === 'double-dash') add('mark', 0.4);
  if (mark === 'none') add('no mark', agency?.strength === 'known' || agency?.strength === 'desk' ? -0.6 : -2);
  if (body === '' && mark !== 'line') add('no body', -2);

  if (order.prefix) {
    if (agency?.strength === 'shape') add('unknown agency alone', -2);
    if (agency?.bracketed === false && mark === 'colon') add('a name and a colon', -2);
    if (bicameral.test(body.slice(0, 1)) && firstLetterIsLower(body)) add('body in lower case', -2);
    if (/^[,;)]/u.test(body)) add('a sentence goes on', -3);
    return { items, total: sum(items) };
  }

  const written = places.places.map(({ name }) => name);
  const first = written[0] ?? '';
  const strong = (agency !== null && agency.strength !== 'shape') || (date !== null && date.kind !== 'day') || mark === 'dispatch';
  if (places.region) add('known region', 1.3);
  if (places.rank >= 0) add('known place', [0.6, 1, 1.5, 1.6][places.rank] ?? 0);
  else add('unknown place', strong ? 0 : -0.7);
  if (written.length > 1 && places.known < written.length && !strong) add('some places unknown', -0.8);
  if (written.length === 0) add('no place', -9);

  const cased = bicameral.test(first.charAt(0));
  if (cased) {
    const bodyWords = body.slice(0, 60);
    const caps = written.every((name) => allCapitals(name.replace(/^(?:St|Mc)\.? ?/u, '')));
    if (caps && bodyWords !== bodyWords.toUpperCase()) add('capitals', first.length <= 4 && places.rank < 1 ? 0.4 : 1);
    else if (caps && !strong) add('all in capitals', -1.5);
    const words = written.flatMap((name) => name.split(/[\s-]+/u));
    const lowered = words.filter((word) => lower.test(word) && !particle.test(word.replace(/['’].*$/u, ''))).length;
    if (lowered > 0) add('lower-case words', strong && places.known > 0 ? -0.5 : -2.5);
    if (firstLetterIsLower(body)) add('body in lower case', strong ? -0.3 : lowerLanguages.has(language ?? '') && places.rank >= 2 ? -0.2 : -1.6);
    else if (/^["“«„<]?\p{Lu}/u.test(body)) add('body starts a sentence', 0.4);
  } else if (places.rank >= 0) add('known place, no case to tell by', 0.4);

  if (!strong) {
    const sentence = /^[\s\S]{0,110}/u.exec(body)?.[0] ?? '';
    if ((mark === 'dash' || mark === 'double-dash') && dash.test(sentence)) add('a second dash', firstLetterIsLower(body) || sentence.search(dash) < 45 ? -1.6 : -0.3);
    if (mark === 'colon' && !(agency !== null)) add('colon', colonLanguages.has(language ?? '') ? -0.2 : -3);
    if (mark === 'stop') add('only a stop', -1.5);
    if (mark === 'equals') add('equals sign', -0.5);
    if (mark === 'danda') add('danda', body.length > 20 ? 0 : -1);
    if (/^\p{L}{2,25}\s?\d{1,3}\s?[-:–]\s?\d{1,3}(?!\d)/u.test(body) || /\b\d{1,3}[-:–]\d{1,3}\.?$/u.test(body.split('\n', 1)[0] ?? '') || /^[-+]?\d+\s?°/u.test(body)) add('a score or data', -5);
    if (body.length < 25) add('short body', -0.7);
  }
  if (/^[,;)]/u.test(body)) add('a sentence goes on', -3);
  if (match.start > 0 && !strong) add('not at the head', -0.2);
  return { items, total: sum(items) };
}

const sum = (items: ReadonlyArray<readonly [string, number]>): number => items.reduce((total, [, value]) => total + value, 0);
