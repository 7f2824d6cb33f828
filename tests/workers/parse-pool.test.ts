import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { Fault } from '../../src/fault.js';
import { ParsePool } from '../../workers/parse-pool.js';

const file = fileURLToPath(new URL('wayward-thread.mjs', import.meta.url));
const pool = new ParsePool({ threads: 1, timeLimit: 1_000, memory: 32 * 1_048_576, file });
afterAll(() => pool.close());

const run = (order: string) => pool.run('feed', { bytes: new TextEncoder().encode(order), identity: null });

test.each([
  ['hang', 'read-timeout', 'retry-later'],
  ['eat', 'read-memory', 'give-up'],
  ['throw', 'unreadable', 'give-up'],
  ['exit', 'unreadable', 'give-up'],
  ['refuse', 'not-html', 'give-up'],
])('a page that makes the thread %s costs only itself', async (order, code, consequence) => {
  const [bad, good] = await Promise.all([run(order), run('good')]);
  expect(bad).toMatchObject({ ok: false, fault: { code, consequence } });
  expect(bad.ok ? null : bad.fault).toBeInstanceOf(Fault);
  expect(good).toEqual({ ok: true, value: { order: 'good', bytes: 4 } });
});

test('the time limit counts from when a thread takes the page up, not from when it was queued or the thread began to load', async () => {
  const outcomes = await Promise.all(Array.from({ length: 12 }, () => run('work')));
  expect(outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.fault.message))).toEqual(Array.from({ length: 12 }, () => 'ok'));
});

test('bytes are handed over; those of a shared buffer are copied first', async () => {
  const own = new TextEncoder().encode('own');
  await pool.run('feed', { bytes: own, identity: null });
  expect(own.byteLength).toBe(0);
  const shared = Buffer.from('shared');
  expect(await pool.run('feed', { bytes: shared, identity: null })).toMatchObject({ ok: true, value: { bytes: 6 } });
  expect(shared.toString()).toBe('shared');
});

test('an input given as a function is made when a thread is free, not when it is put into the line', async () => {
  let newest = 'known when it was put there';
  const before = run('work');
  const waiting = pool.run('feed', () => ({ bytes: new TextEncoder().encode(newest), identity: null }));
  await new Promise((resolve) => { setTimeout(resolve, 20); });
  newest = 'learnt meanwhile';
  expect(await waiting).toMatchObject({ ok: true, value: { order: 'learnt meanwhile' } });
  expect(await before).toMatchObject({ ok: true });
});
