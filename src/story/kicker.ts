import { wordTable } from './word-table.js';

const KINDS = ['usable', 'corrected', 'withdrawn'] as const;
export type KickerStatus = (typeof KINDS)[number];

export const kickerTable = wordTable('kickers.yaml', KINDS);

export interface KickedHeadline {
  /** As written, without the mark that ends it; null without one. */
  readonly kicker: string | null;
  readonly headline: string;
  readonly status: KickerStatus;
}

const fold = (text: string): string => text.normalize('NFKC').toLocaleLowerCase('en').replace(/[’‘`´]/g, "'");

const rows = KINDS.flatMap((status) => Object.values(kickerTable[status]).flat().map((row) => ({ status, folded: fold(row), length: row.length })))
  .sort((a, b) => b.length - a.length);

/** `2`, ` 2`, `-2`, `#2`: which update it is; or a day in parentheses. */
const NUMBER = /^(?:[\s#-]{0,2}\d{1,2}(?=[\s\p{P}\p{S}])|\s?\([^()]{1,24}\))/u;
const OPEN = /^[\s[【(（<*]+/u;
const MARK = /^\s?[\])】）>*]*\s*(?:[:：|!！\]】)）>*]|-{1,2}|[–—])[\s\-–—:：|*]*/u;
const hasLower = /\p{Ll}/u;

/**
 * Splits off what wires put before a headline (`UPDATE 2-`, `URGENT:`, `【更正】`), several in a row too.
 * Who speaks (`Lavrov: …`) is no kicker and stays.
 */
export function splitKicker(written: string): KickedHeadline {
  const kickers: string[] = [];
  let status: KickerStatus = 'usable';
  let headline = written.trim();
  // Two are common (`UPDATE 1-CORRECTED-`); more than four are not a headline.
  for (let round = 0; round < 4; round += 1) {
    const found = oneKicker(headline);
    if (found === null) break;
    kickers.push(found.kicker);
    if (status === 'usable' || found.status === 'withdrawn') status = found.status === 'usable' ? status : found.status;
    headline = found.rest;
  }
  return { kicker: kickers.length === 0 ? null : kickers.join(' '), headline, status };
}

/** The mark that ends a kicker. A hyphen with no space is one only between capitals and an ordinary word: `UPDATE 2-Oil`, not `Live-Ticker`. */
function markOf(written: string, numbered: boolean, tail: string): string | undefined {
  const mark = MARK.exec(tail)?.[0];
  if (mark !== '-' || (numbered && !hasLower.test(written))) return mark;
  const rest = tail.slice(1);
  const ordinary = /^(?:\p{Lu}\P{Lu}|\p{Lo}|\p{Lu}\.)/u.test(rest) || oneKicker(rest) !== null;
  return hasLower.test(written) || !ordinary ? undefined : mark;
}

function oneKicker(headline: string): { kicker: string; rest: string; status: KickerStatus } | null {
  const opened = OPEN.exec(headline)?.[0] ?? '';
  const start = headline.slice(opened.length);
  const folded = fold(start.slice(0, 40));
  for (const { status, folded: row, length } of rows) {
    if (!folded.startsWith(row)) continue;
    const written = start.slice(0, length);
    // Wires shout what they take back; "Cancelled: the summer fair" is news.
    if (status === 'withdrawn' && hasLower.test(written)) continue;
    const after = start.slice(length);
    const number = NUMBER.exec(after)?.[0] ?? '';
    const tail = after.slice(number.length);
    const mark = markOf(written, number !== '', tail);
    const rest = tail.slice(mark?.length ?? 0).trim();
    if (rest === '') return null;
    // Without a mark only capitals before an ordinary headline are a kicker: `URGENT Telescope sees first light`.
    const shouted = mark === undefined && /^\s/u.test(tail) && !hasLower.test(written) && /\p{Lu}/u.test(written) && /\p{Ll}/u.test(tail.trimStart().split(/\s/, 1)[0] ?? '');
    if (mark !== undefined || shouted) return { kicker: `${written}${number}`.trim(), rest, status };
  }
  return null;
}
