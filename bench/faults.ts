/** The real service under kill -9, stops, full disks, wrong clocks and bad hosts: is every story delivered, and once? */
import type { Benchmark, BenchmarkRun } from './benchmark.js';
import { showProgress } from './faults/progress.js';
import { report } from './faults/report.js';
import { runFaults } from './faults/run.js';
import { FAULT_KINDS, type FaultKind } from './faults/schedule.js';

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

export const faults: Benchmark = {
  about: 'the service under kill -9, stops, full disks, wrong clocks, bad hosts: lost, doubled, time to full speed ([--items N --faults N --seed S,S --sources N --backlog N])',
  async run(run) {
    let failed = false;
    for (const seed of seedsOf(run)) {
      const kinds = kindsOf(run);
      const backlog = run.flags['backlog'] === undefined ? undefined : numberOf(run, 'backlog', 0);
      const result = await runFaults({
        seed, items: numberOf(run, 'items', 100_000), faults: numberOf(run, 'faults', 100), sources: numberOf(run, 'sources', 200),
        stopMs: numberOf(run, 'stop', 30) * 1_000, processes: { poll: 1, article: 2, deliver: 2 }, keep: run.flags['keep'] === true,
        onProgress: showProgress(), ...(kinds === undefined ? {} : { kinds }), ...(backlog === undefined ? {} : { backlog }),
      });
      console.log(report(result).join('\n'));
      if (run.flags['keep'] === true) console.log(`  kept: ${result.dir}`);
      failed ||= result.failures.length > 0;
    }
    return failed ? 1 : 0;
  },
};
