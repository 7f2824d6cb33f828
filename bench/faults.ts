/** The real service under kill -9, stops, full disks, wrong clocks and bad hosts: is every story delivered, and once? */
import type { Benchmark, BenchmarkRun } from './benchmark.js';
import { progressLine, report } from './faults/report.js';
import { runFaults } from './faults/run.js';
import { FAULT_KINDS, type FaultKind } from './faults/schedule.js';
import type { RunOptions } from './faults/types.js';

const numberOf = ({ flags }: BenchmarkRun, name: string, otherwise: number): number => {
  const value = Number(flags[name] ?? otherwise);
  if (!Number.isFinite(value) || value < 0) throw new Error(`--${name} takes a number`);
  return value;
};

const listOf = ({ flags }: BenchmarkRun, name: string): readonly string[] | undefined => {
  const value = flags[name];
  return typeof value === 'string' ? value.split(',') : undefined;
};
/** Several seeds make several runs: `--seed 1,2,3`. */
const seedsOf = (run: BenchmarkRun): number[] => (listOf(run, 'seed') ?? ['1']).map(Number);
function kindsOf(run: BenchmarkRun): readonly FaultKind[] | undefined {
  const named = listOf(run, 'kinds');
  const unknown = named?.find((name) => !FAULT_KINDS.some((kind) => kind === name));
  if (unknown !== undefined) throw new Error(`there is no fault "${unknown}"; there are: ${FAULT_KINDS.join(', ')}`);
  return named === undefined ? undefined : FAULT_KINDS.filter((kind) => named.includes(kind));
}

const SHOWN_EVERY_S = process.stdout.isTTY ? 0.5 : 10;

function progress(): NonNullable<RunOptions['onProgress']> {
  let shown = -Infinity;
  return (now) => {
    if (now.seconds - shown < SHOWN_EVERY_S) return;
    shown = now.seconds;
    process.stdout.write(process.stdout.isTTY ? `\r\u001B[2K${progressLine(now)}` : `${progressLine(now)}\n`);
  };
}

export const faults: Benchmark = {
  about: 'the service under kill -9, stops, full disks, wrong clocks, bad hosts: lost, doubled, time to full speed ([--items N --faults N --seed S,S --sources N])',
  async run(run) {
    let failed = false;
    for (const seed of seedsOf(run)) {
      const kinds = kindsOf(run);
      const result = await runFaults({
        seed, items: numberOf(run, 'items', 100_000), faults: numberOf(run, 'faults', 100), sources: numberOf(run, 'sources', 200),
        stopMs: numberOf(run, 'stop', 30) * 1_000, processes: { poll: 1, article: 2, deliver: 2 }, keep: run.flags['keep'] === true,
        onProgress: progress(), ...(kinds === undefined ? {} : { kinds }),
      });
      console.log(report(result).join('\n'));
      if (run.flags['keep'] === true) console.log(`  kept: ${result.dir}`);
      failed ||= result.failures.length > 0;
    }
    return failed ? 1 : 0;
  },
};
