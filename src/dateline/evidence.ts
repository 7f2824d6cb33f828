import { placesNamed } from './gazetteer.js';
import type { Match } from './match.js';
import type { ReadPlaces } from './places.js';
import { regionNamed } from './regions.js';

/** Evidence for and against one reading, added up; every item is kept so that `explain` can show it. */
export interface Evidence {
  readonly total: number;
  readonly items: ReadonlyArray<readonly [string, number]>;
}

/** Below this a reading is no dateline: a wrong one is worse than none. */
export const threshold = 1.6;

const cased = /[\p{Lu}\p{Ll}]/u;
const lower = /^\p{Ll}/u;
const opening = /^[\s"'“”„«»‘’‚<([¿¡*\u200e\u200f\u202a-\u202e]*/u;
const dash = /\s[-–—_]{1,2}\s|\s--|—/u;
const score = /^\p{L}{2,25}\s?\d{1,3}\s?[-:–]\s?\d{1,3}(?!\d)|^[-+]?\d+\s?°/u;
const scoreAtEnd = /\b\d{1,3}[-:–]\d{1,3}\.?$/u;
/** Particles of place names that stay in lower case, in any Latin-script language. */
const particle = /^(?:de|del|della|dello|da|do|dos|das|di|du|des|d|la|le|les|el|los|las|al|am|an|der|den|im|in|bei|ob|pri|pod|nad|na|v|u|upon|sur|of|the|and|y|e|und|et|sous|en|van|aan|on|op|ter|i|bin|ul|ash|as|ar|es|ez|og|och|os|near|près|vom|zum|zur|von|par|pour|with|for|at|to|dans|con|per|na|do|ve)$/iu;

const startsLower = (text: string): boolean => lower.test(text.replace(opening, ''));
const allCapitals = (name: string): boolean => /\p{Lu}{2}/u.test(name) && name === name.toUpperCase();
const sum = (items: ReadonlyArray<readonly [string, number]>): number => items.reduce((total, [, value]) => total + value, 0);

type Add = (name: string, value: number) => void;

/** What is known of the text besides its words. */
export interface Context {
  /** Primary subtag of the text's language. */
  readonly language: string | undefined;
  /** Agency the source belongs to. */
  readonly source: string | undefined;
  /** Whether an agency writes in a language. */
  writes(agency: string, language: string): boolean;
}

/** Weighs one reading: what its parts are worth, how the body goes on, and what speaks for a plain sentence. */
export function weigh(text: string, match: Match, places: ReadPlaces, context: Context): Evidence {
  const { language, source } = context;
  const items: Array<readonly [string, number]> = [];
  const add: Add = (name, value) => { if (value !== 0) items.push([name, value]); };
  const { order, agency, date } = match;
  const body = text.slice(match.end, match.end + 160).trimStart();
  add(`order ${order.id}`, order.weight);
  if (agency !== null) {
    add(`agency ${agency.strength}`, { known: 3, mixed: 2.2, desk: 2, shape: 0.8, bare: 2.2, word: 0.6 }[agency.strength]);
    if (source !== undefined && agency.id === source) add('agency is the source', 1);
    if (language !== undefined && agency.id !== null && !context.writes(agency.id, language)) add('agency of other languages', -0.8);
  }
  if (date !== null) add(`date ${date.kind}`, { named: 2, numeric: 1.4, fuzzy: 1, day: 0.7 }[date.kind]);
  weighMark(text, match, body, add);
  if (agency?.strength === 'word' && match.span !== null) weighWord(text, match, places, add);
  if (/^[,;)]/u.test(body)) add('a sentence goes on', -3);
  if (order.prefix) weighPrefix(match, body, add);
  else weighPlaces(match, places, body, language, add);
  return { items, total: sum(items) };
}

function weighMark(text: string, { mark, agency, span, date }: Match, body: string, add: Add): void {
  if (mark === 'dispatch') add('dispatch mark', 2);
  if (mark === 'double-dash') add('mark', 0.4);
  const casedBody = cased.test(body.replace(opening, '').charAt(0));
  // A bracket that closes the agency is no mark: "MULTAN (APP) The …" has none.
  if (mark === 'none' || (mark === 'bracket' && (span !== null || agency?.bracketed === true))) {
    const strength = agency?.strength;
    if (strength === 'known') add('no mark', -0.6);
    else if (agency?.id === null && strength === 'bare') add('a site without a mark', -4);
    else if (strength === 'desk' || strength === 'mixed') add('no mark', casedBody ? -1.6 : -0.3);
    else if (strength === 'bare') add('no mark behind a bare name', !casedBody ? -0.6 : agency !== null && agency.end - agency.start > 4 ? -1.6 : -3);
    else if (agency !== null && date?.kind === 'named' && date.end < agency.start && !/[-–—_]/u.test(text.slice(date.end, agency.start))) add('no mark behind a date and a bracket', -2.4);
    else add('no mark', -4);
    if (/^[(（[]/u.test(body)) add('a bracket follows', -3);
  }
  if (body === '' && mark !== 'line') add('no body', -2);
}

/** "Skopje, MIRA - …", "OSLO March 3 NPS - …": an agency of no row needs a date before it, or capitals behind a place without them. */
function weighWord(text: string, { agency, date, mark }: Match, places: ReadPlaces, add: Add): void {
  const word = agency === null ? '' : text.slice(agency.start, agency.end);
  const first = places.places[0]?.name ?? '';
  const dashed = mark === 'dash' || mark === 'double-dash';
  const likely = date === null
    ? dashed && /^\p{Lu}{3,9}$/u.test(word) && !allCapitals(first) && places.rank >= 1
    : date.kind === 'named' && (dashed || (mark === 'stop' && /^\p{Lu}{3,9}$/u.test(word)));
  if (!likely || regionNamed(word) !== null || (date === null && placesNamed(word).length > 0)) add('no agency known by that name', -6);
}

/** "(Reuters) -", "FT.com - ". */
function weighPrefix({ agency, mark }: Match, body: string, add: Add): void {
  if (agency?.strength === 'shape' || (agency?.strength === 'word' && mark !== 'dispatch')) add('unknown agency alone', -2);
  if (agency?.bracketed === false && mark === 'colon') add('a name and a colon', -2);
  if (agency?.bracketed === false && mark === 'stop' && body.length < 25) add('short body', -2);
  if (cased.test(body.charAt(0)) && startsLower(body)) add('body in lower case', -2);
}

function weighPlaces(match: Match, places: ReadPlaces, body: string, language: string | undefined, add: Add): void {
  const { order, agency, date, mark } = match;
  const names = places.places.map(({ name }) => name);
  const first = names[0] ?? '';
  if (names.length === 0) add('no place', -9);
  const agencyFirst = order.id.startsWith('bare-agency') || order.id.startsWith('agency-place');
  const strong = (agency !== null && agency.strength !== 'shape' && agency.strength !== 'word' && !agencyFirst) || (date !== null && date.kind !== 'day') || mark === 'dispatch';

  if (places.region) add('known region', 1.3);
  if (places.rank >= 0) add('known place', [0.7, 1, 1.5, 1.6][places.rank] ?? 0);
  else if (agency?.strength === 'word' && mark === 'dispatch') add('neither agency nor place known', -4);
  else if (agencyFirst && date === null) add('an agency, then no known place', -4);
  else if (date !== null && agency === null && mark !== 'dispatch' && cased.test(first.charAt(0)) && !allCapitals(first) && !places.region) add('a date behind an unknown name', -2);
  else if (agency?.strength === 'bare' && mark === 'none') add('an agency is quoted', -2);
  else add('unknown place', strong && !(agency !== null && date === null && cased.test(first.charAt(0)) && !allCapitals(first)) ? 0 : -0.7);
  if (order.id === 'date-place' && (places.rank < 1 || mark === 'stop')) add('a date, then no known place', -2);
  if (names.length > 1 && places.known < names.length && !strong) add('some places unknown', match.span?.segments.some(({ joint }) => joint === 'slash') === true && !/\s/u.test(first) ? -0.3 : -1.5);
  if (!strong) add('habit of the language', order.habit.get(language ?? '') ?? 0);

  if (cased.test(first.charAt(0))) weighCase(names, places, body, strong, strong && agency?.strength !== 'bare', date?.kind === 'named', language, add);
  else if (places.rank >= 0) add('known place, no case to tell by', 0.4);
  if (!strong) weighSentence(match, places, body, add);
  // "PARIS, March 3: Cloudy, 9 C."
  else if (mark === 'colon' && agency === null && (/^[^.!?\n]*/u.exec(body)?.[0] ?? '').length < 35) add('no sentence behind the colon', -5);
  if (match.start > 0 && !strong) add('not at the head', -0.1);
}

function weighCase(names: readonly string[], places: ReadPlaces, body: string, strong: boolean, certain: boolean, dated: boolean, language: string | undefined, add: Add): void {
  const first = names[0] ?? '';
  const start = body.slice(0, 60);
  const ends = names.some((name) => /\s\p{Ll}+$/u.test(name) && particle.test(/\S+$/u.exec(name)?.[0] ?? ''));
  if (ends) add('ends in a particle', -2.5);
  const capitals = names.every((name) => allCapitals(name.replace(/^(?:St|Mc)\.? ?/u, '')));
  if (capitals && start !== start.toUpperCase()) add('capitals', first.length <= 4 && places.rank < 1 ? 0.4 : 1);
  else if (capitals && !certain) add('all in capitals', -1.5);
  const lowered = names.flatMap((name) => name.split(/[\s-]+/u)).filter((word) => lower.test(word) && !particle.test(word.replace(/['’].*$/u, ''))).length;
  // "des moines, april 7 -" was typed in haste; "The couple was married Aug. 2, 1913." is a sentence.
  const typed = places.known > 0 || (dated && lower.test(first));
  if (lowered > 0) add('lower-case words', strong && typed ? -0.7 : -3);
  if (startsLower(body)) add('body in lower case', strong ? -0.3 : language === 'it' && places.rank >= 2 ? -0.2 : -1.6);
  else if (/^["“«„<]?\p{Lu}/u.test(body)) add('body starts a sentence', 0.4);
  if (capitals && places.rank < 0 && !strong && body.toLowerCase().includes(first.toLowerCase())) add('named again in the body', 0.4);
}

/** What tells "Wien – Die Stadt …" from "Milan - Inter 1-1" and "Paris – la ville – accueillera …". */
function weighSentence(match: Match, places: ReadPlaces, body: string, add: Add): void {
  const { mark, agency } = match;
  const sentence = body.slice(0, 110);
  const second = sentence.search(dash);
  if ((mark === 'dash' || mark === 'double-dash') && second >= 0) add('a second dash', startsLower(body) || second < 20 ? -1.6 : second < 45 ? -0.7 : -0.3);
  const firstSentence = /^[^.!?\n]*/u.exec(body)?.[0] ?? '';
  if (mark === 'colon' && agency === null) {
    add('colon', -1.8);
    // "LAHORE: The court …." opens a story in South Asia, "Lahore: court rises" heads one.
    const name = places.places[0]?.name ?? '';
    if (body.length > 35 && /[.!?।۔](?:\s|$)/u.test(body) && (!cased.test(name.charAt(0)) || allCapitals(name))) add('a whole sentence follows', 0.8);
  }
  if (mark === 'stop') add('only a stop', places.rank >= 2 && firstSentence.length > 35 ? -0.4 : -2);
  if (mark === 'equals') add('equals sign', -0.5);
  if (mark === 'danda' && body.length <= 20) add('danda', -1);
  const line = body.split('\n', 1)[0] ?? '';
  if (score.test(body) || scoreAtEnd.test(line)) add('a score or data', -5);
  if (body.length < (cased.test(body) ? 20 : 8)) add('short body', -1);
}
