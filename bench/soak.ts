/** News at full speed for a long while: does the memory of any process grow, and are the books right at the end? */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Benchmark } from './benchmark.js';
import { curvesOf, curvesSvg, judgeMemory, sparkline } from './faults/memory-curve.js';
import { showProgress } from './faults/progress.js';
import { report } from './faults/report.js';
import { runFaults } from './faults/run.js';

const SVG = 'out/soak.svg';

export const soak: Benchmark = {
  about: 'the service at full speed for a long while: memory of every process, as text and in out/soak.svg ([--minutes 20 --faults N --seed S])',
  async run({ flags }) {
    const minutes = Number(flags['minutes'] ?? 20);
    const result = await runFaults({
      seed: Number(flags['seed'] ?? 1), items: 0, faults: Number(flags['faults'] ?? 0), sources: Number(flags['sources'] ?? 200), stopMs: 30_000,
      processes: { poll: 1, article: 2, deliver: 2 }, seconds: minutes * 60, streamLength: 5_000, onProgress: showProgress(),
    });
    console.log(report(result).join('\n'));
    // What Redis keeps of every item it knows is asked for by the promise not to read it twice; it ends with the retention.
    const [redis, posts] = [curvesOf(result.memory).filter(({ name }) => name === 'redis'), curvesOf(result.memory).filter(({ name }) => name !== 'redis')];
    const verdicts = posts.map(judgeMemory);
    console.log(`\n  resident memory over ${(result.seconds / 60).toFixed(1)} minutes and ${result.published} items, MiB`);
    console.log(`  ${'process'.padEnd(12)} ${'2nd quarter'.padStart(11)} ${'last quarter'.padStart(12)} ${'peak'.padStart(6)}`);
    for (const [at, { name, early, late, peak, flat }] of verdicts.entries()) {
      const curve = posts[at];
      console.log(`  ${name.padEnd(12)} ${early.toFixed(0).padStart(11)} ${late.toFixed(0).padStart(12)} ${peak.toFixed(0).padStart(6)}  ${curve === undefined ? '' : sparkline(curve)}${flat ? '' : '  GROWS'}`);
    }
    for (const curve of redis) {
      const { early, late, peak } = judgeMemory(curve);
      const [first, last] = [curve.points[0]?.mib ?? 0, curve.points.at(-1)?.mib ?? 0];
      console.log(`  ${'redis (used)'.padEnd(12)} ${early.toFixed(0).padStart(11)} ${late.toFixed(0).padStart(12)} ${peak.toFixed(0).padStart(6)}  ${sparkline(curve)}`);
      console.log(`  Redis keeps ${(((last - first) * 1_024 ** 2) / Math.max(1, result.published)).toFixed(0)} bytes an item it has seen, the waiting jobs, and the stream's last 5,000 stories among them`);
    }
    await mkdir(dirname(SVG), { recursive: true });
    await writeFile(SVG, curvesSvg(`Memory in MiB over ${(result.seconds / 60).toFixed(0)} minutes at ${(result.published / result.seconds).toFixed(0)} items/s`, [...posts, ...redis]));
    console.log(`  the curves are in ${SVG}`);
    return result.failures.length > 0 || verdicts.some(({ flat }) => !flat) ? 1 : 0;
  },
};
