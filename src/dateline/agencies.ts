import { z } from 'zod';
import { fold } from './fold.js';
import { readTable } from './tables.js';

export const agencySchema = z.strictObject({
  /** Stable name in records. */
  id: z.string().regex(/^[a-z0-9-]+$/),
  /** Every form the agency writes of itself, in every script. */
  names: z.array(z.string().min(2)).min(1),
  /** ISO 3166-1 alpha-2; XX for international ones. */
  country: z.string().regex(/^[A-Z]{2}$/),
  languages: z.array(z.string()).min(1),
  home: z.url(),
  /** Whether it writes its name without brackets ("Damascus, SANA -"). */
  bare: z.boolean().default(false),
  examples: z.array(z.strictObject({ text: z.string(), place: z.string().nullable() })).min(1),
});

export type Agency = z.output<typeof agencySchema>;
export const agencyFileSchema = z.strictObject({ agencies: z.array(agencySchema) });

let bundled: readonly Agency[] | undefined;
/** The agencies that ship with Dateline; read once. */
export const bundledAgencies = (): readonly Agency[] => (bundled ??= readTable('agencies.yaml', agencyFileSchema).agencies);

const deskSchema = z.object({ words: z.record(z.string(), z.array(z.string())) });
const deskWords = Object.values(readTable('desks.yaml', deskSchema).words).flat().map((word) => fold(word));

interface Name { readonly agency: Agency; readonly key: string; readonly written: string }
export interface AgencyMatch { readonly id: string | null; readonly start: number; readonly end: number }
/** `known`: a row of the table; `mixed`: a row beside other words; `desk`: a desk word; `shape`: only looks like one. */
export interface BracketMatch extends AgencyMatch { readonly strength: 'known' | 'mixed' | 'desk' | 'shape' }

const noBoundary = /[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}\p{Script=Hangul}ー]/u;
const letter = /[\p{L}\p{M}\p{N}]/u;
const skipped = /[\s.\-‐–—_'’«»"“”&·・]/u;
const agencyShape = /^(?:\p{Ll}{2,12}(?:\/\p{L}{2,8})?|[\p{Lu}\p{N}][\p{Lu}\p{N}.\-/&]{1,9}|\p{Lu}[\p{L}.\-/&’']{2,20}(?: \p{L}[\p{L}.\-/&’']{1,14}){0,2}|[\p{L}\d-]{2,20}\.(?:com|net|org|co|ru|info)(?:\.\p{L}{2})?)$/u;
const caseless = /^[\p{Lo}\p{M}\s.\-/+،,‌]{2,40}$/u;

const folding = new Map<string, string>();
const foldedAscii = Array.from({ length: 128 }, (_, code) => foldAnew(String.fromCharCode(code)));

function foldAnew(character: string): string {
  return skipped.test(character) ? '' : fold(character);
}

function foldOne(character: string): string {
  const ascii = foldedAscii[character.charCodeAt(0)];
  if (ascii !== undefined && character.length === 1) return ascii;
  let folded = folding.get(character);
  if (folded === undefined) {
    folded = foldAnew(character);
    // Bounded: a text cannot hold more distinct UTF-16 units than this.
    folding.set(character, folded);
  }
  return folded;
}
const keyOf = (text: string): string => Array.from(text, foldOne).join('');

export class AgencyIndex {
  readonly #byFirst = new Map<string, Name[]>();
  /** Of {@link #byFirst}, the names written without brackets: asked for at every word, and few. */
  readonly #bareByFirst = new Map<string, Name[]>();
  readonly #byId = new Map<string, Agency>();

  constructor(agencies: readonly Agency[]) {
    for (const agency of agencies) {
      this.#byId.set(agency.id, agency);
      for (const written of agency.names) {
        const key = keyOf(written);
        const first = key.charAt(0);
        const held = this.#byFirst.get(first) ?? [];
        held.push({ agency, key, written });
        this.#byFirst.set(first, held);
      }
    }
    for (const [first, names] of this.#byFirst) {
      names.sort((a, b) => b.key.length - a.key.length);
      const bare = names.filter(({ agency }) => agency.bare);
      if (bare.length > 0) this.#bareByFirst.set(first, bare);
    }
  }

  agency(id: string): Agency | undefined {
    return this.#byId.get(id);
  }

  get agencies(): Iterable<Agency> {
    return this.#byId.values();
  }

  /** The longest name of the table that starts here; `bare` keeps to agencies that write it without brackets, in their own case. */
  at(text: string, start: number, bare: boolean): AgencyMatch | null {
    const names = (bare ? this.#bareByFirst : this.#byFirst).get(foldOne(text.charAt(start)));
    if (names === undefined) return bare ? domainAt(text, start) : null;
    for (const { agency, key, written } of names) {
      const end = matchKey(text, start, key);
      if (end < 0) continue;
      if (letter.test(text.charAt(end)) && !noBoundary.test(text.charAt(end - 1))) continue;
      if (bare && written.length <= 6 && written !== text.slice(start, end) && written.toUpperCase() !== written.toLowerCase() && written.toUpperCase() !== text.slice(start, end)) continue;
      // "USATODAY.com" is the site of USA TODAY.
      const site = bare && text.charAt(end) === '.' ? domainAt(text, start) : null;
      if (site !== null && site.end > end) return { ...site, id: agency.id };
      return { id: agency.id, start, end: written.endsWith('.') && text.charAt(end) === '.' ? end + 1 : end };
    }
    return bare ? domainAt(text, start) : null;
  }

  /** Short Latin names count in their own case or in capitals: "(beta)" is no agency, "(Beta)" may be. */
  #writtenSo(id: string | null, written: string): boolean {
    if (written.length > 6 || !/\p{Ll}/u.test(written)) return true;
    const row = id === null ? undefined : this.#byId.get(id);
    return row === undefined || row.names.includes(written);
  }

  /** What stands between two brackets, read as an agency or desk. */
  inBrackets(text: string, start: number, end: number): BracketMatch | null {
    let from = start;
    let to = end;
    while (from < to && /\s/u.test(text.charAt(from))) from++;
    while (to > from && /\s/u.test(text.charAt(to - 1))) to--;
    if (to - from < 2 || to - from > 60) return null;
    const whole = this.at(text, from, false);
    if (whole !== null && whole.end === to) return { ...whole, strength: this.#writtenSo(whole.id, text.slice(from, to)) ? 'known' : 'mixed' };
    const words = text.slice(from, to);
    if (/[!?:;]/u.test(words)) return null;
    if (/\d/u.test(words.replace(/\.\p{L}+$/u, ''))) return null;
    if (whole !== null && /[\s/+,،&:-]/u.test(text.charAt(whole.end))) return { id: whole.id, start: from, end: to, strength: 'mixed' };
    for (let at = from + 1; at < to; at++) {
      if (!/[\s/+,،&.-]/u.test(text.charAt(at - 1))) continue;
      const inner = this.at(text, at, false);
      if (inner !== null && inner.end === to) return { id: inner.id, start: from, end: to, strength: 'mixed' };
    }
    const folded = fold(words);
    const padded = ` ${folded.replace(/[+,،/]/gu, ' ')} `;
    if (deskWords.some((word) => padded.includes(` ${word} `) || (word.startsWith(' ') && padded.includes(word)))) return { id: null, start: from, end: to, strength: 'desk' };
    if (agencyShape.test(words)) return { id: null, start: from, end: to, strength: 'shape' };
    if (caseless.test(words) && words.split(/\s+/u).length <= 4) return { id: null, start: from, end: to, strength: 'shape' };
    return null;
  }
}

/** A site's name as news portals put it before a teaser: "FT.com - ". */
const domain = /(?:[\p{L}\d-]{2,24}\.)+(?:com|net|org|info|news|co|ru|ua|by|kz|id|vn|tv|it|de|es|br|mx)(?![\p{L}\d])/uy;
/** UTF-16 units of a label and its stop: a letter may take two. */
const longestLabel = 2 * 24 + 1;
function domainAt(text: string, start: number): AgencyMatch | null {
  // Nearly no word has a stop so near, which is asked faster than the whole form.
  if (!text.slice(start, start + longestLabel).includes('.')) return null;
  domain.lastIndex = start;
  const found = domain.exec(text);
  return found === null ? null : { id: null, start, end: start + found[0].length };
}

/** Walks name and text together, blind to blanks, dots and hyphens inside the name; the end, or -1. */
function matchKey(text: string, start: number, key: string): number {
  let matched = 0;
  let at = start;
  while (matched < key.length && at < text.length) {
    const folded = foldOne(text.charAt(at));
    if (folded === '') {
      if (matched === 0) return -1;
      // One gap between letters at most: "ا ف ب" is a name, "AP ... " is not.
      if (at - start > key.length * 2 + 2) return -1;
    } else if (key.startsWith(folded, matched)) matched += folded.length;
    else return -1;
    at++;
  }
  return matched === key.length ? at : -1;
}
