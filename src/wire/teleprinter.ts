/**
 * The formats of the teleprinter lines: IPTC 7901 (Europe) and ANPA 1312 (North America). A header, the text between STX and ETX, a trailer
 * with the time. Neither has a place for the encoding or the language.
 */
import { escapeText, oneLine } from '../feed/index.js';
import type { WireItem } from './types.js';
import { silentItem, timeOf } from './wire-item.js';

const SOH = '\u{1}';
const STX = '\u{2}';
const ETX = '\u{3}';
/** A head of more lines than this is none. */
const HEAD_LINES = 20;
const MOST_NOTES = 10;

/** "Von Anna Beispiel, dpa": a line that names the writer. */
const BYLINE = /^(?:By|Von|Par|Por|Di|Da|Av|Door|Af|Przez|Od|От|Автор:?)\s+(?=\p{Lu}|\p{Lo})/u;

interface Frame {
  readonly header: string;
  /** Lines between the header and the text: keywords. */
  readonly between: string;
  readonly text: string;
  readonly trailer: string;
}

/** The parts of a message, told apart by control characters; what is missing is empty. */
function frameOf(message: string): Frame {
  const start = message.indexOf(SOH) + 1;
  const textAt = message.indexOf(STX, start);
  const endAt = textAt < 0 ? -1 : message.indexOf(ETX, textAt);
  const head = message.slice(start, textAt < 0 ? start : textAt);
  const [header = '', ...between] = head.split(/\r?\n/);
  return {
    header: header.trim(), between: between.join('\n').trim(),
    text: textAt < 0 ? message.slice(start) : message.slice(textAt + 1, endAt < 0 ? undefined : endAt), trailer: endAt < 0 ? '' : message.slice(endAt + 1, endAt + 200),
  };
}

/** A line that begins with white space, or follows an empty one, begins a paragraph. */
function paragraphs(text: string): string {
  const found: string[] = [];
  let open = false;
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') open = false;
    else if (!open || /^(?:\t|\s{3})/.test(line)) {
      found.push(line);
      open = true;
    } else found.push(`${found.pop() ?? ''} ${line}`);
  }
  return found.map((paragraph) => `<p>${escapeText(oneLine(paragraph))}</p>`).join('');
}

/** Notes in brackets before a headline, which may run over lines: "(Berichtigung: …)". */
function withoutNotes(head: string): { readonly head: string; readonly notes: readonly string[] } {
  const notes: string[] = [];
  let rest = head.trim();
  while (rest.startsWith('(') && notes.length < MOST_NOTES) {
    const close = rest.indexOf(')');
    if (close < 0) break;
    notes.push(oneLine(rest.slice(1, close)));
    rest = rest.slice(close + 1).trim();
  }
  return { head: rest, notes };
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** `040815 Jun 24`: day, hour and minute, month, year; UTC (IPTC 7901, 3.4). */
function trailerTime(trailer: string): string | null {
  const match = /(\d{2})(\d{2})(\d{2})\s+([A-Za-z]{3})[a-z]*\s+(\d{2})(?!\d)/.exec(trailer);
  if (match === null || !MONTHS.includes((match[4] ?? '').toLowerCase())) return null;
  return timeOf(`${match[1] ?? ''} ${match[4] ?? ''} 20${match[5] ?? ''} ${match[2] ?? ''}:${match[3] ?? ''} GMT`);
}

/** One message of IPTC 7901. */
export function readIptc7901(message: string): WireItem {
  const { header, between, text, trailer } = frameOf(message);
  const [, source, number, priority, category, words] = /^([a-z]{2,4})(\d{3,4})\s+(\d)\s+(\S{1,4})\s+(\d{1,6})/i.exec(header) ?? [];
  const lines = text.split(/\r?\n/);
  // the head ends with a line that ends in "="
  const last = lines.slice(0, HEAD_LINES).findIndex((line) => /=\s*$/.test(line));
  const { head, notes } = withoutNotes(lines.slice(0, last + 1).join('\n').replace(/=\s*$/, ''));
  const headLines = head.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !/^\(.*\)$/.test(line));
  const byline = headLines.find((line) => BYLINE.test(line));
  const headline = oneLine(headLines.filter((line) => line !== byline).join(' '));
  const slugline = oneLine(between.split('\n').find((line) => line.trim() !== '') ?? '').replace(/\/$/, '');
  return {
    ...silentItem('iptc7901'), type: 'text',
    uri: source === undefined || number === undefined ? null : `${source}${number}`, headline: headline || null, byline: byline ?? null, slugline: slugline || null, bodyHtml: paragraphs(lines.slice(last + 1).join('\n')) || null,
    subjects: category === undefined ? [] : [{ name: null, code: category }], urgency: priority ?? null, wordCount: words === undefined ? null : String(Number(words)), versionCreated: trailerTime(trailer),
    provider: source ?? null, edNote: notes[0] ?? null,
  };
}

/** ANPA's priorities: flash, bulletin, urgent, rush, daily … as the urgency of the other formats. */
const ANPA_URGENCY: Readonly<Record<string, string>> = { f: '1', b: '2', u: '3', r: '4', d: '5', a: '6', s: '7', n: '7', w: '8', z: '8' };

/** One message of ANPA 1312. */
export function readAnpa1312(message: string): WireItem {
  const { between, text, trailer } = frameOf(message);
  const lines = text.split(/\r?\n/);
  const isHead = (line: string): boolean => /^\s*\^?.*[<=]\s*$/.test(line) || /^\s*\^/.test(line);
  const firstText = lines.findIndex((line) => line.trim() !== '' && !isHead(line));
  const heads = lines.slice(0, firstText < 0 ? lines.length : firstText).map((line) => oneLine(line.replace(/^\s*\^/, '').replace(/[<=]\s*$/, ''))).filter((line) => line !== '');
  // the first line repeats the slug: "BC-Ferries-Night,31"
  const slug = heads.find((line) => /^[A-Z]{2}-/.test(line));
  const byline = heads.find((line) => BYLINE.test(line));
  const headline = heads.find((line) => line !== slug && line !== byline);
  // DC1 between priority and category is a control character
  // oxlint-disable-next-line no-control-regex -- part of the format
  const priority = /^([a-z])\s+[a-z]?[\x00-\x1f]/i.exec(between)?.[1]?.toLowerCase();
  const [, date, clock] = /(\d{2}-\d{2}-\d{2})\s+(\d{4})\s*GMT/i.exec(trailer) ?? [];
  const [month = '', day = '', year = ''] = (date ?? '').split('-');
  return {
    ...silentItem('anpa1312'), type: 'text',
    headline: headline ?? null, byline: byline?.replace(BYLINE, '') ?? null, slugline: slug?.replace(/,\d*$/, '') ?? null, bodyHtml: paragraphs(firstText < 0 ? '' : lines.slice(firstText).join('\n')) || null,
    urgency: ANPA_URGENCY[priority ?? ''] ?? null, versionCreated: clock === undefined ? null : timeOf(`20${year}-${month}-${day}T${clock.slice(0, 2)}:${clock.slice(2)}:00Z`),
  };
}
