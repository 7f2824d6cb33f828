import { AgencyIndex, bundledAgencies, type Agency } from './agencies.js';
import { threshold, weigh, type Context, type Evidence } from './evidence.js';
import { fold } from './fold.js';
import { Matcher, type Match } from './match.js';
import { readPlaces, type ReadPlaces } from './places.js';
import { resolvePlace } from './east-asian-place.js';
import { isoDate } from './iso-date.js';
import type { Dateline, DatelineHints } from './types.js';

/** One reading of a text: what matched, where, and why it was believed or not. */
export interface Reading {
  readonly match: Match;
  readonly places: ReadPlaces;
  readonly evidence: Evidence;
  readonly accepted: boolean;
}

export interface DatelineParser {
  parseDateline(text: string, hints?: DatelineHints): Dateline | null;
  /** All readings weighed, the best first: what `explainDateline` shows. */
  readings(text: string, hints?: DatelineHints): readonly Reading[];
  readonly agencies: readonly Agency[];
}

export interface DatelineParserOptions {
  /** Rows beside the bundled ones; one with the id of a bundled row replaces it. */
  readonly agencies?: readonly Agency[];
  /** False to know only the rows given. */
  readonly bundled?: boolean;
}

/** Text looked at: a dateline stands in the first lines, and what a page puts there must not cost more than that. */
const lookedAt = 900;
const headLength = 300;
const maxStarts = 4;
const leading = /^[\s\ufeff\u200b-\u200f\u202a-\u202e\u2066-\u2069]*/u;
const letterOrBracket = /[\p{L}\p{N}([{（［【/«“"©<]/u;

/** Offsets a dateline may start at: the head, and the heads of the next lines, behind a byline or standfirst. */
function starts(text: string): number[] {
  const found: number[] = [];
  let at = leading.exec(text)?.[0].length ?? 0;
  while (found.length < maxStarts && at < text.length && at < lookedAt - headLength) {
    if (letterOrBracket.test(text.charAt(at)) || text.charCodeAt(at) > 0x2fff) found.push(at);
    const line = text.indexOf('\n', at);
    if (line < 0) break;
    at = line + 1;
    while (at < text.length && /\s/u.test(text.charAt(at))) at++;
  }
  return found;
}

/** 据新华社…: "according to Xinhua" before a dispatch head is part of it, not a place of its own. */
const lead = /^据(?=新华社|中新社|本报)/u;

export function createDatelineParser(options: DatelineParserOptions = {}): DatelineParser {
  const rows = new Map((options.bundled === false ? [] : bundledAgencies()).map((agency) => [agency.id, agency]));
  for (const agency of options.agencies ?? []) rows.set(agency.id, agency);
  const agencies = [...rows.values()];
  const index = new AgencyIndex(agencies);

  function readings(text: string, hints: DatelineHints = {}): Reading[] {
    const head = text.slice(0, lookedAt);
    const language = hints.language?.split('-', 1)[0]?.toLowerCase();
    const context: Context = {
      language,
      source: hints.source,
      // Reuters and its like are quoted in every language.
      writes: (id, lang) => (index.agency(id)?.languages ?? []).some((each) => each === lang || each.startsWith(`${lang}-`) || each === 'mul'),
    };
    const found: Reading[] = [];
    for (const start of starts(head)) {
      const line = head.slice(0, start + headLength);
      const matcher = new Matcher(line, index, language);
      const from = start + (lead.exec(line.slice(start, start + 6))?.[0].length ?? 0);
      const here: Reading[] = [];
      const read = new Map<object, ReadPlaces>();
      for (const match of matcher.match(from)) {
        const key = match.span ?? match.hplaces;
        let places = read.get(key);
        if (places === undefined) {
          places = match.hplaces.length > 0 ? resolvePlace(line, match.hplaces) : readPlaces(line, match.span?.segments ?? []);
          read.set(key, places);
        }
        const evidence = weigh(head, match, places, context);
        here.push({ match: from === start ? match : { ...match, start }, places, evidence, accepted: evidence.total >= threshold });
      }
      here.sort((a, b) => Number(b.accepted) - Number(a.accepted) || b.evidence.total - a.evidence.total || b.match.end - a.match.end);
      found.push(...here);
      // The first line that reads as a dateline is it; a prefix on a later line is none.
      if (here[0]?.accepted === true) break;
    }
    return found.sort((a, b) => Number(b.accepted) - Number(a.accepted) || (a.accepted ? 0 : b.evidence.total - a.evidence.total));
  }

  function parseDateline(text: string, hints: DatelineHints = {}): Dateline | null {
    const best = readings(text, hints)[0];
    if (best === undefined || !best.accepted) return null;
    if (best.match.order.prefix && best.match.start > (leading.exec(text)?.[0].length ?? 0)) return null;
    return toDateline(text, best, hints);
  }

  return { parseDateline, readings, agencies };
}

function toDateline(text: string, { match, places, evidence }: Reading, hints: DatelineHints): Dateline {
  const { date, agency } = match;
  let end = match.end;
  while (end < text.length && /[\s\u200e\u200f\u202a-\u202e]/u.test(text.charAt(end))) end++;
  return {
    raw: text.slice(match.start, match.markStart).trimEnd(),
    start: match.start,
    end,
    places: places.places,
    date: date === null ? null : { raw: text.slice(date.start, date.end).trim(), iso: isoDate(date.parts, hints.reference) },
    agency: agency === null ? null : { id: agency.id, raw: text.slice(agency.start, agency.end) },
    reporter: match.reporter,
    confidence: Math.round(Math.min(1, Math.max(0, 1 - Math.exp(-evidence.total / 2.5))) * 100) / 100,
    order: match.order.id,
  };
}

/** Whether two names are the same place name as written: capitals and accents do not count. */
export const sameName = (a: string, b: string): boolean => fold(a) === fold(b);
