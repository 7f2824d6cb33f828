import { cpus, loadavg } from 'node:os';
import { quantile } from './recovery.js';
import type { Progress, RunResult, TimedFault } from './types.js';

const secondsOf = (ms: number): string => (ms / 1_000).toFixed(1);

/** One line that tells how a run is getting on. */
export const progressLine = ({ seconds, published, settled, rate, faultsDone, faults, doing, memory }: Progress): string =>
  `${String(Math.floor(seconds / 60)).padStart(3)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}  ${published} items published, ${settled} versions at sinks, `
  + `${rate.toFixed(0)}/s; ${faultsDone}/${faults} faults; ${doing}; `
  + `${[...memory].map(([name, mib]) => `${name} ${mib.toFixed(0)}`).join(' ')} MiB`;

interface KindRow {
  readonly kind: string;
  readonly times: number;
  readonly measured: readonly number[];
}

function byKind(faults: readonly TimedFault[]): KindRow[] {
  const kinds = [...new Set(faults.map(({ kind }) => kind))].sort();
  return kinds.map((kind) => {
    const those = faults.filter((fault) => fault.kind === kind);
    return { kind, times: those.length, measured: those.flatMap(({ recovery }) => (recovery === null ? [] : [recovery])) };
  });
}

/** What a run found, for people. */
export function report(result: RunResult): string[] {
  const { options, seconds, published, stories, sinks, totals, faults, quietRate, repeats, deaths, untried, failures, lives, imbalances } = result;
  const rows = byKind(faults).map(({ kind, times, measured }) => measured.length === 0
    ? `  ${kind.padEnd(14)} ${String(times).padStart(3)}          not measured`
    : `  ${kind.padEnd(14)} ${String(times).padStart(3)}    ${secondsOf(quantile(measured, 0.5)).padStart(6)} ${secondsOf(quantile(measured, 0.95)).padStart(8)} ${secondsOf(Math.max(...measured)).padStart(8)}`
      + (measured.length < times ? `    ${times - measured.length} not measured` : ''));
  const all = faults.flatMap(({ recovery }) => (recovery === null ? [] : [recovery]));
  const columns = [...totals.columns].sort(([one], [other]) => one.localeCompare(other)).map(([column, count]) => `${column} ${count}`).join(', ');
  return [
    '',
    `seed ${options.seed}: ${published} items of ${options.sources} sources and ${faults.length} faults in ${seconds.toFixed(0)} s`
      + ` (${(published / seconds).toFixed(0)} items/s all in all; ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1) ?? '?'})`,
    '',
    '  sink               stories  records     lost    stale  doubled  foreign',
    ...[...sinks].map(([name, { records, lost, stale, doubled, foreign }]) =>
      `  ${name.padEnd(17)} ${String(stories).padStart(8)} ${String(records).padStart(8)} ${String(lost.length).padStart(8)} ${String(stale.length).padStart(8)} ${String(doubled.length).padStart(8)} ${String(foreign.length).padStart(8)}`),
    `  the webhook's receiver knew ${repeats} deliveries again by their key, and took them once`,
    '',
    `  books: ${totals.seen} seen = ${columns}${totals.inFlight > 0 ? `, in flight ${totals.inFlight}` : ''}; ${imbalances.length === 0 ? 'recounted, balanced' : 'NOT BALANCED'}`,
    `  processes that ended by themselves: ${deaths.length}`,
    ...deaths.slice(0, 5).map((line) => `    ${line}`),
    '',
    `  seconds from a fault's end to full speed (${quietRate.toFixed(0)} versions/s at all sinks between faults)`,
    '  fault          times    median      95 %     worst',
    ...rows,
    ...(all.length === 0 ? [] : [`  ${'all'.padEnd(14)} ${String(faults.length).padStart(3)}    ${secondsOf(quantile(all, 0.5)).padStart(6)} ${secondsOf(quantile(all, 0.95)).padStart(8)} ${secondsOf(Math.max(...all)).padStart(8)}`]),
    ...untried.map((line) => `  NOT TRIED HERE: ${line}`),
    '',
    ...(failures.length === 0 ? ['  nothing lost, nothing doubled, the books balance'] : ['  FAILED', ...failures.slice(0, 30).map((line) => `    ${line}`)]),
    ...(lives.length === 0 ? [] : ['  of the first that were lost the service says', ...lives.map((line) => `    ${line}`)]),
  ];
}
