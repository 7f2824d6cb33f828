import { fold } from './fold.js';
import { placesNamed, type KnownPlace } from './gazetteer.js';
import { regionNamed } from './regions.js';
import type { DatelinePlace } from './types.js';

/** A run of words that may name a place, and what joined it to the one before. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly joint: 'first' | 'comma' | 'slash' | 'word' | 'bracket' | 'dash';
}

export interface PlaceSpan {
  readonly end: number;
  readonly segments: readonly Segment[];
}

/** Where a place must stop although words go on: a date or an agency begins. `inside`: no comma stands before, so that a weekday is none (Santo Domingo, 3 mar). */
export type Stops = (at: number, inside: boolean) => boolean;

const word = /\p{L}(?:[\p{L}\p{M}]|\p{Cf})*(?:['’ʻ`\-‐·・]\p{L}(?:[\p{L}\p{M}]|\p{Cf})*)*['’]?/uy;
const blanks = ' \u00a0\u202f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\t';
const skipBlanks = (text: string, at: number): number => {
  let end = at;
  while (end < text.length && end - at < 4 && blanks.includes(text.charAt(end)) && text.charAt(end) !== '-') end++;
  return end;
};

/** "St. Pölten", "Mt. Vernon": a stop that does not end the name. */
const shortened = new Set(['st', 'ste', 'ft', 'mt', 'pt', 'sta', 'sto', 'sv', 'dr', 'gen', 'n', 's', 'e', 'w', 'port', 'av', 'br', 'ул', 'св', 'г', 'с', 'м', 'смт', 'пгт', 'пос']);
const joiningWords = new Set(['and', 'y', 'e', 'und', 'et', 'en', 'og', 'och', 'i', 'и', 'та', 'і', 'و', 'ja', 'dan', 've', 'na', 'și', 'és', 'και', 'और', 'ও']);
const initials = /^\p{L}$/u;
/** Scripts without blanks between words: HPLACE reads those. */
const unspaced = /[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}]/u;
const maxWords = 6;
const maxSegments = 6;

function wordAt(text: string, at: number): number {
  word.lastIndex = at;
  return word.exec(text)?.[0].length ?? 0;
}

/** One stretch of words from an offset: its ends, the longest last; `stopped` where a date or agency broke it off. */
function stretch(text: string, at: number, stops: Stops, asRegion: boolean): { readonly ends: number[]; readonly stopped: boolean } {
  const ends: number[] = [];
  let end = at;
  for (let words = 0; words < maxWords; words++) {
    let length = wordAt(text, end);
    if (length === 0) break;
    const from = end;
    // "دمشق-سانا": the hyphen joins an agency, not the second half of a name.
    const hyphen = text.slice(from, from + length).lastIndexOf('-');
    const cutAt = hyphen > 0 && stops(from + hyphen + 1, true);
    if (cutAt) length = hyphen;
    end += length;
    if (cutAt) return { ends: [end], stopped: false };
    let dotted = false;
    if (text.charAt(end) === '.') {
      const name = text.slice(from, end);
      const next = text.charAt(end + 1);
      const letterNext = /\p{L}/u.test(next);
      if (letterNext && initials.test(name)) { end++; words--; ends.length = 0; continue; }
      const abbreviated = shortened.has(name.toLowerCase()) || initials.test(name);
      if ((abbreviated && (next === ' ' || asRegion || /[A-Z]\.[A-Z]$/u.test(text.slice(at, end)))) || (asRegion && name.length <= 6 && (next === '' || /[\s,(\-–—_:/]/u.test(next)))) {
        end++;
        dotted = true;
      }
    }
    const next = skipBlanks(text, end);
    if (next > end || dotted) {
      if (next > end && stops(next, true)) { ends.push(end); return { ends, stopped: true }; }
    }
    if (wordAt(text, next) === 0 || next - end > 2) { ends.push(end); break; }
    if (next === end) { ends.push(end); break; }
    if (words + 1 === maxWords) return { ends: [], stopped: false };
    end = next;
  }
  return { ends, stopped: false };
}

const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '（': '）', '［': '］' };

/** A region in brackets, "(Tarragona)" or "[India]", that is no agency. */
function bracketAt(text: string, at: number, isAgency: (from: number, to: number) => boolean): { readonly start: number; readonly end: number } | null {
  const open = skipBlanks(text, at);
  const closer = closers[text.charAt(open)];
  const close = closer === undefined ? -1 : text.indexOf(closer, open + 1);
  if (close < 0 || close - open > 42) return null;
  const inside = text.slice(open + 1, close).trim();
  if (inside === '' || /^\p{Ll}/u.test(inside) || !/^[\p{L}\p{M}\p{Cf}\s.'’\-,]+$/u.test(inside) || isAgency(open + 1, close)) return null;
  return { start: open + 1, end: close };
}

/** Spans from an offset that may hold the places of a dateline, the longest first. */
export function placeSpans(text: string, start: number, stops: Stops, isAgency: (from: number, to: number) => boolean): PlaceSpan[] {
  const spans: PlaceSpan[] = [];
  const segments: Segment[] = [];
  let at = start;
  let joint: Segment['joint'] = 'first';
  if (unspaced.test(text.charAt(start))) return spans;
  while (segments.length < maxSegments) {
    const from = skipBlanks(text, at);
    if (segments.length > 0 && stops(from, false)) break;
    const { ends, stopped } = stretch(text, from, stops, joint === 'comma');
    const end = ends.at(-1);
    if (end === undefined) break;
    segments.push({ start: from, end, joint });
    spans.push({ end, segments: [...segments] });
    if (stopped) break;
    at = end;
    for (let bracket = bracketAt(text, at, isAgency); bracket !== null; bracket = bracketAt(text, at, isAgency)) {
      segments.push({ start: bracket.start, end: bracket.end, joint: 'bracket' });
      at = bracket.end + 1;
      spans.push({ end: at, segments: [...segments] });
      if (segments.length >= maxSegments) break;
    }
    const mark = skipBlanks(text, at);
    const character = text.charAt(mark);
    if (character === ',' || character === '،' || character === '、' || character === '፤' || character === '፣' || character === ';') joint = 'comma';
    else if (character === '/') joint = 'slash';
    else if (/[-–—]/u.test(character)) {
      const region = skipBlanks(text, mark + 1);
      const { ends } = stretch(text, region, stops, false);
      const to = ends.at(-1);
      if (to === undefined || regionNamed(text.slice(region, to))?.isCountry !== true) break;
      joint = 'dash';
    } else break;
    at = mark + 1;
  }
  return spans.reverse();
}

const allCapitals = (name: string): boolean => name === name.toUpperCase() && name !== name.toLowerCase();

/** What the places of a span are worth as evidence. */
export interface ReadPlaces {
  readonly places: readonly DatelinePlace[];
  /** Rank of the best known place, -1 where none is known. */
  readonly rank: number;
  /** How many of the places are known, or stand before a known region. */
  readonly known: number;
  readonly region: boolean;
}

interface Draft { name: string; admin?: string; country?: string; countryCode?: string; capitals: boolean }

/** Turns segments into places with their regions. */
export function readPlaces(text: string, segments: readonly Segment[]): ReadPlaces {
  const drafts: Draft[] = [];
  let region = false;
  for (const segment of segments) {
    const written = text.slice(segment.start, segment.end).trim();
    const last = drafts.at(-1);
    if (last !== undefined && segment.joint !== 'slash') {
      const known = regionNamed(written);
      const after = last.admin === undefined || last.country === undefined;
      const bracket = segment.joint === 'bracket';
      const initialled = segment.joint === 'comma' && /^(?:\p{Lu}\.){2,}$/u.test(written);
      const lowerThanPlace = last.capitals && !allCapitals(written);
      if (after && (bracket || segment.joint === 'dash' || known !== null || initialled || (lowerThanPlace && segment.joint === 'comma'))) {
        if (known !== null) {
          region = true;
          last.countryCode ??= known.countryCode;
          if (known.isCountry) last.country = written; else last.admin = written;
        } else last.admin = written;
        continue;
      }
    }
    for (const name of splitJoined(written)) drafts.push({ name, capitals: allCapitals(name) });
  }
  let rank = -1;
  let known = 0;
  const places = drafts.map((draft): DatelinePlace => {
    const { name, admin, country, countryCode } = draft;
    const candidates = placesNamed(name);
    const found = countryCode === undefined ? candidates[0] : (candidates.find((place) => place.countryCode === countryCode) ?? undefined);
    const best = found ?? (countryCode === undefined ? undefined : candidates[0]);
    const asRegion = regionNamed(name);
    if (best !== undefined || asRegion !== null || special.has(fold(name))) known++;
    rank = Math.max(rank, best?.rank ?? -1, asRegion === null ? -1 : 1, special.has(fold(name)) ? 2 : -1);
    const code = countryCode ?? found?.countryCode ?? asRegion?.countryCode;
    return {
      name,
      ...(admin === undefined ? {} : { admin }),
      ...(country === undefined ? {} : { country }),
      ...resolved(found),
      ...(code === undefined ? {} : { countryCode: code }),
    };
  });
  return { places, rank, known, region };
}

/** Places that no gazetteer of cities lists but that datelines name. */
const special = new Set(['united nations', 'un', 'vatican', 'vatican city', 'dead sea', 'west bank', 'gaza', 'gaza strip', 'gaza city', 'on board', 'aboard air force one', 'nations unies', 'naciones unidas', '联合国', '聯合國', 'оон', 'الامم المتحده', 'capitol hill', 'wall street', 'silicon valley', 'hollywood', 'flushing meadows', 'wimbledon', 'roland garros']);

const resolved = (found: KnownPlace | undefined): { englishName?: string } =>
  found?.englishName === undefined || found.englishName === null ? {} : { englishName: found.englishName };

/** "NATAL E SÃO PAULO": two places where both sides are known, one where not ("Trinidad and Tobago"). */
function splitJoined(name: string): string[] {
  const words = name.split(/\s+/u);
  for (let i = 1; i < words.length - 1; i++) {
    if (!joiningWords.has((words[i] ?? '').toLowerCase())) continue;
    const left = words.slice(0, i).join(' ');
    const right = words.slice(i + 1).join(' ');
    if (placesNamed(name).length === 0 && placesNamed(left).length > 0 && placesNamed(right).length > 0) return [left, right];
  }
  return [name];
}
