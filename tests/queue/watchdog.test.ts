import { expect, test } from 'vitest';
import { Watchdog } from '../../src/queue/index.js';

test('a worker silent while work waits is made anew; a busy or idle one is not', async () => {
  let now = 0;
  let waiting = 0;
  let sign = (): void => undefined;
  const opened: number[] = [];
  const closed: number[] = [];
  const dog = new Watchdog({
    open: (give) => {
      sign = give;
      const number = opened.push(now);
      return { close: () => Promise.resolve(void closed.push(number)) };
    },
    waiting: () => Promise.resolve(waiting), silentMs: 60_000, onSilent: () => undefined, now: () => now,
  });
  now = 100_000;
  expect(await dog.look()).toBe(false);
  waiting = 3;
  now = 150_000;
  sign();
  now = 200_000;
  expect(await dog.look()).toBe(false);
  now = 215_000;
  expect(await dog.look()).toBe(true);
  expect([opened, closed, dog.restarts]).toEqual([[0, 215_000], [1], 1]);
  await dog.close();
});
