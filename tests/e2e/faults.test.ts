import { join } from 'node:path';
import { expect, test } from 'vitest';
import { report } from '../../bench/faults/report.js';
import { runFaults } from '../../bench/faults/run.js';
import { packageRoot } from '../../src/package-root.js';

const small = { sources: 30, items: 600, processes: { poll: 1, article: 2, deliver: 2 }, recoveryMs: 4_000 } as const;

test('through kills, a stop longer than every lease, refused writes and a wrong clock nothing is lost or doubled, and the books balance', async () => {
  const result = await runFaults({
    ...small, seed: 11, faults: 7, stopMs: 17_000,
    kinds: ['kill deliver', 'kill article', 'kill two', 'kill redis', 'stop deliver', 'file limit', 'clock jump'],
  });
  if (result.failures.length > 0) console.error(report(result).join('\n'));
  expect(result.failures).toEqual([]);
  expect(result.published).toBeGreaterThanOrEqual(600);
  expect(result.faults).toHaveLength(7);
}, 600_000);

test('with the order of one write turned round, the same harness finds stories lost', async () => {
  const result = await runFaults({
    ...small, seed: 12, faults: 3, stopMs: 1_000, kinds: ['kill deliver'],
    imports: [join(packageRoot, 'dist', 'bench', 'faults', 'turned-round.js')],
  });
  expect(result.faults).toHaveLength(3);
  const lost = [...result.sinks.values()].reduce((sum, sink) => sum + sink.lost.length, 0);
  expect(lost).toBeGreaterThan(0);
  expect(result.failures.join('\n')).toMatch(/stories lost/);
}, 600_000);
