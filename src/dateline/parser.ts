import { AgencyIndex, bundledAgencies, type Agency } from './agencies.js';
import { threshold, weigh, type Context, type Evidence } from './evidence.js';
import { Matcher, type Match } from './match.js';
import { closingTree } from './orders.js';
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
  /** Datelines that stand one behind the other at the head: a portal's label and the wire's own ("Canadian Press - HALIFAX (CP) - …"). */
  parseDatelines(text: string, hints?: DatelineHints): readonly Dateline[];
  /** The dateline in the bracket that closes a text, "（新华社北京3月3日电）", "(APA, 3.3.2015)"; the body ends at its `start`. */
  closingDateline(text: string, hints?: DatelineHints): Dateline | null;
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
const maxJoined = 3;
const sure = 0.75;
/** Brackets at the end are short. */
const closingLength = 80;
/** A bracket that ends the text and names an agency of the table is nearly always what it seems. */
const closingEvidence = 4;
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

  const contextOf = (hints: DatelineHints): Context => ({
    language: hints.language?.split('-', 1)[0]?.toLowerCase(),
    source: hints.source,
    writes: (id, language) => (index.agency(id)?.languages ?? []).some((each) => each === language || each === 'mul' || each.startsWith(`${language}-`)),
  });

  function readings(text: string, hints: DatelineHints = {}): Reading[] {
    const head = text.slice(0, lookedAt);
    const context = contextOf(hints);
    const found: Reading[] = [];
    for (const start of starts(head)) {
      const line = head.slice(0, start + headLength);
      const matcher = new Matcher(line, index, context.language);
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

  function parseDatelines(text: string, hints: DatelineHints = {}): Dateline[] {
    const found: Dateline[] = [];
    let at = 0;
    while (found.length < maxJoined) {
      const next = parseDateline(text.slice(at, at + lookedAt), hints);
      // Behind the first, only one that follows at once and leaves little doubt: the body may open with a place of its own.
      if (next === null || (found.length > 0 && (next.start > 0 || next.confidence < sure))) break;
      found.push({ ...next, start: next.start + at, end: next.end + at });
      at += next.end;
    }
    return found;
  }

  function closingDateline(text: string, hints: DatelineHints = {}): Dateline | null {
    const end = text.trimEnd().length;
    const from = Math.max(0, end - closingLength);
    const tail = text.slice(from, end);
    const open = Math.max(...['(', '（', '[', '［', '【'].map((bracket) => tail.lastIndexOf(bracket)));
    if (open < 0) return null;
    const matcher = new Matcher(tail, index, contextOf(hints).language);
    const whole = matcher.match(open, closingTree).filter((match) => match.end === tail.length && (match.agency?.strength === 'known' || match.agency?.strength === 'bare'));
    const [best] = whole
      .map((match) => ({ match, places: match.hplaces.length > 0 ? resolvePlace(tail, match.hplaces) : readPlaces(tail, match.span?.segments ?? []) }))
      .filter(({ match, places }) => match.order.prefix || places.rank >= 0)
      .sort((a, b) => Number(a.match.order.prefix) - Number(b.match.order.prefix) || b.match.order.weight - a.match.order.weight);
    if (best === undefined) return null;
    const dateline = toDateline(tail, { ...best, evidence: { total: closingEvidence, items: [] }, accepted: true }, hints);
    return { ...dateline, start: from + open, end };
  }

  return { parseDateline, parseDatelines, closingDateline, readings, agencies };
}

let shared: DatelineParser | undefined;
/** The parser with the bundled agencies alone; made once. */
export const datelineParser = (): DatelineParser => (shared ??= createDatelineParser());

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
