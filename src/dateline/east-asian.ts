import { placesNamed } from './gazetteer.js';
import { leadingCountry, regionNamed } from './regions.js';

export interface EastAsianPlace {
  readonly start: number;
  readonly end: number;
  /** Length of a country name the run begins with ("德国慕尼黑"), 0 for none. */
  readonly country: number;
}

const letters = /[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}\p{Script=Hangul}ー・·]/u;
const joints = /[、・,，/／·]/u;
const maxRun = 14;

const place = (text: string, start: number, end: number): EastAsianPlace => {
  const run = text.slice(start, end);
  const country = isKnown(run) ? 0 : leadingCountry(run);
  return { start, end, country: country > 0 && country < end - start ? country : 0 };
};

/** Runs from an offset that may be places of a script without blanks: every end, the shortest first, then lists of places. */
export function eastAsianPlaces(text: string, at: number): EastAsianPlace[][] {
  const found: EastAsianPlace[][] = [];
  let listed: EastAsianPlace[] = [];
  let start = at;
  for (let end = at + 1; end <= text.length && end - at <= maxRun * 2; end++) {
    const character = text.charAt(end - 1);
    if (!letters.test(character) && !(joints.test(character) && end - 1 > start)) break;
    if (end - start >= 2 || (end - start === 1 && placesNamed(text.slice(start, end)).length > 0)) found.push([...listed, place(text, start, end)]);
    if (joints.test(text.charAt(end)) && letters.test(text.charAt(end + 1)) && listed.length < 4 && end - start >= 2) {
      listed = [...listed, place(text, start, end)];
      start = end + 1;
      end++;
    }
  }
  return found;
}

export const isKnown = (name: string): boolean => placesNamed(name).length > 0 || regionNamed(name) !== null || name === '联合国' || name === '聯合國' || name === '国連';

/**
 * Reporter and place run together. `nameFirst`: 劉世怡台北 up to the day or 電; otherwise pairs, ロンドン矢野純一、ワシントン会川晴之, up to the bracket.
 */
export function eastAsianNames(text: string, at: number, nameFirst: boolean): { readonly end: number; readonly places: EastAsianPlace[]; readonly names: string } | null {
  if (nameFirst) {
    let end = at;
    while (end < text.length && end - at < 30 && (letters.test(text.charAt(end)) || /[、，\s]/u.test(text.charAt(end))) && !/[電电]/u.test(text.charAt(end))) end++;
    const run = text.slice(at, end);
    if (run.length < 4) return null;
    // The longest known place at the end; two characters where none is known.
    let start = end - 2;
    for (let length = Math.min(8, run.length - 2); length >= 2; length--) {
      if (isKnown(text.slice(end - length, end))) { start = end - length; break; }
    }
    return { end, places: [place(text, start, end)], names: text.slice(at, start).trim() };
  }
  const places: EastAsianPlace[] = [];
  const names: string[] = [];
  let start = at;
  while (start < text.length && places.length < 5) {
    let end = start;
    while (end < text.length && end - start < 16 && letters.test(text.charAt(end)) && text.charAt(end) !== '・') end++;
    const run = text.slice(start, end);
    let length = Math.min(10, run.length - 2);
    while (length >= 2 && !isKnown(run.slice(0, length))) length--;
    if (length < 2 || run.length - length > 7) return null;
    places.push(place(text, start, start + length));
    names.push(run.slice(length));
    if (text.charAt(end) !== '、') return { end, places, names: names.join('、') };
    start = end + 1;
  }
  return null;
}

const hangul = /[\p{Script=Hangul}\dA-Za-z]/u;
const mediaEnd = /[社网網报報台闻聞刊线線端]/u;

/** Ends of a run that reads as an agency or paper nobody listed: a Korean word that is no reporter's title, Chinese up to 社, 网, 报 and their like; the longest first. */
export function eastAsianAgencies(text: string, at: number): number[] {
  let end = at;
  if (/\p{Script=Hangul}/u.test(text.charAt(at))) {
    while (end < text.length && end - at < 12 && hangul.test(text.charAt(end))) end++;
    return end - at < 2 || /(?:기자|특파원)$/u.test(text.slice(at, end)) ? [] : [end];
  }
  const ends: number[] = [];
  for (; end < text.length && end - at < 10 && /\p{Script=Han}/u.test(text.charAt(end)); end++) {
    if (end - at >= 1 && mediaEnd.test(text.charAt(end))) ends.push(end + 1);
  }
  return ends.reverse();
}
