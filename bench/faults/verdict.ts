import type { Audit } from './audit.js';
import type { Totals } from './watch.js';
import type { Expected } from './world.js';

/** Columns of the books that do not hold what was published. */
export const misbookedColumns = ({ columns: wanted }: Expected, { columns: booked }: Totals): string[] =>
  [...new Set([...wanted.keys(), ...booked.keys()])]
    .filter((column) => (wanted.get(column) ?? 0) !== (booked.get(column) ?? 0))
    .map((column) => `${column}: ${wanted.get(column) ?? 0} published, ${booked.get(column) ?? 0} booked`);

export interface Found {
  readonly sinks: ReadonlyMap<string, Audit>;
  readonly expected: Expected;
  readonly totals: Totals;
  readonly imbalances: readonly string[];
  readonly misbooked: readonly string[];
}

/** All that is wrong, a line each: nothing may be lost, doubled, made up, torn, left lying or booked wrongly. */
export function failuresOf({ sinks, expected, totals, imbalances, misbooked }: Found): string[] {
  const some = (sink: string, names: readonly string[], what: string): string[] =>
    names.length === 0 ? [] : [`${sink}: ${names.length} ${what}, the first ${names[0] ?? ''}`];
  return [
    ...[...sinks].flatMap(([sink, { lost, stale, doubled, foreign, torn }]) => [
      ...some(sink, lost, 'stories lost'), ...some(sink, stale, 'stories not at their last state'),
      ...some(sink, doubled, 'story versions doubled'), ...some(sink, foreign, 'stories that nobody published'),
      ...(torn > 0 ? [`${sink}: ${torn} torn lines`] : []),
    ]),
    ...(totals.inFlight > 0 ? [`${totals.inFlight} items never settled`] : []),
    ...(totals.seen === expected.items ? [] : [`${expected.items} items published, ${totals.seen} in the books`]),
    ...imbalances,
    ...misbooked,
  ];
}
