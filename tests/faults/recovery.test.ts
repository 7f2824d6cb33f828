import { expect, test } from 'vitest';
import { quantile, rateBetween, recoveredAfter, type Sample } from '../../bench/faults/recovery.js';

/** Samples every 250 ms at the rate that holds then. */
function samples(rate: (second: number) => number, seconds: number): Sample[] {
  const list: Sample[] = [];
  let taken = 0;
  for (let at = 0; at <= seconds * 1_000; at += 250) {
    list.push({ at, taken });
    taken += rate(at / 1_000) / 4;
  }
  return list;
}

test('the rate between two moments', () => {
  expect(rateBetween(samples(() => 100, 10), 2_000, 6_000)).toBe(100);
  expect(rateBetween(samples(() => 100, 10), 8_000, 12_000)).toBeNull();
});

test('full speed is back when two seconds in a row bear it', () => {
  const dip = samples((second) => (second >= 10 && second < 14 ? 0 : 100), 30);
  expect(recoveredAfter(dip, 10_000, 100)).toBeGreaterThanOrEqual(3_500);
  expect(recoveredAfter(dip, 10_000, 100)).toBeLessThanOrEqual(4_000);
  expect(recoveredAfter(dip, 20_000, 100)).toBe(0);
});

test('a rate that never comes back, and one not yet known, are no recovery', () => {
  expect(recoveredAfter(samples((second) => (second >= 10 ? 50 : 100), 30), 10_000, 100)).toBeNull();
  expect(recoveredAfter(samples(() => 100, 11), 10_000, 100)).toBeNull();
});

test('quantiles', () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(3);
  expect(quantile([], 0.5)).toBe(0);
});
