import { threshold } from './evidence.js';
import { datelineParser, type DatelineParser } from './parser.js';
import type { DatelineHints } from './types.js';

/** What was understood of a text, as lines for a person: each part with its offsets, the order, and the evidence for and against. */
export function explainDateline(text: string, hints: DatelineHints = {}, parser: DatelineParser = datelineParser()): string {
  const readings = parser.readings(text, hints);
  const [best] = readings;
  if (best === undefined) return 'No order of the table fits the head of this text.';
  const dateline = parser.parseDateline(text, hints);
  const { match, places, evidence } = best;
  const lines = [
    dateline === null ? `No dateline: the best reading has evidence ${evidence.total.toFixed(1)}, below ${threshold}.` : dateline.places.length === 0 ? 'A prefix without a place: cut, but no dateline.' : 'A dateline.',
    `  order     ${match.order.id}`,
    `  text      ${match.start}–${match.markStart} ${JSON.stringify(text.slice(match.start, match.markStart))}, body from ${dateline?.end ?? match.end}`,
  ];
  for (const place of places.places) {
    const parts = [place.admin, place.country].filter((part) => part !== undefined);
    const known = [place.englishName, place.countryCode].filter((part) => part !== undefined);
    lines.push(`  place     ${place.name}${parts.length > 0 ? `, ${parts.join(', ')}` : ''}${known.length > 0 ? ` → ${known.join(', ')}` : ' (not in the table of places)'}`);
  }
  if (match.date !== null) {
    const written = text.slice(match.date.start, match.date.end);
    lines.push(`  date      ${match.date.start}–${match.date.end} ${JSON.stringify(written)}, ${match.date.parts.calendar}${dateline?.date?.iso ? ` → ${dateline.date.iso}` : ''}`);
  }
  if (match.agency !== null) lines.push(`  agency    ${match.agency.start}–${match.agency.end} ${JSON.stringify(text.slice(match.agency.start, match.agency.end))} → ${match.agency.id ?? 'not in the table'}`);
  if (match.reporter !== null) lines.push(`  reporter  ${match.reporter}`);
  lines.push(`  mark      ${match.mark}`);
  for (const [name, value] of evidence.items) lines.push(`  ${value > 0 ? '+' : '−'}${Math.abs(value).toFixed(1).padStart(4)}    ${name}`);
  lines.push(`  = ${evidence.total.toFixed(1)}   needed ${threshold}${dateline === null ? '' : `, confidence ${dateline.confidence}`}`);
  return lines.join('\n');
}
