import { describe, expect, test } from 'vitest';
import { learnPace, nextPollIn, PACE_STEPS } from '../../src/poll/pace.js';

const MINUTE = 60_000;
const BOUNDS = { minMs: MINUTE, maxMs: 60 * MINUTE, startMs: 5 * MINUTE };

describe('the learned interval', () => {
  test('begins at the default, for the first poll teaches nothing', () => {
    expect(learnPace(null, { listed: 20, fresh: 20 }, BOUNDS)).toBe(5 * MINUTE);
  });
  test.each([
    [0, 1.2], [1, 0.9], [5, 0.9], [6, 0.65], [10, 0.65], [11, 0.4], [19, 0.4], [20, 0.25],
  ])('%i new items of 20 make it %f of what it was', (fresh, factor) => {
    expect(learnPace(10 * MINUTE, { listed: 20, fresh }, BOUNDS)).toBe(Math.round(10 * MINUTE * factor));
  });
  test('an empty list, and a 304, are polls without news', () => {
    expect(learnPace(10 * MINUTE, { listed: 0, fresh: 0 }, BOUNDS)).toBe(12 * MINUTE);
  });
  test('every step is reached, from the greatest share down', () => {
    const shares = PACE_STEPS.map(({ shareAbove }) => shareAbove);
    const factors = PACE_STEPS.map(({ factor }) => factor);
    expect(shares).toEqual(shares.toSorted((one, other) => other - one));
    expect(factors).toEqual(factors.toSorted((one, other) => one - other));
  });
  test('stays within the bounds of the source', () => {
    let busy = 5 * MINUTE;
    let quiet = 5 * MINUTE;
    for (let poll = 0; poll < 100; poll += 1) {
      busy = learnPace(busy, { listed: 20, fresh: 15 }, BOUNDS);
      quiet = learnPace(quiet, { listed: 20, fresh: 0 }, BOUNDS);
    }
    expect([busy, quiet]).toEqual([BOUNDS.minMs, BOUNDS.maxMs]);
  });
  test.each([[10], [30], [3]])('settles near the rhythm of a source with an item every %i minutes, and loses none', (every) => {
    let interval = BOUNDS.startMs;
    let now = 0;
    let seen = 0;
    let polls = 0;
    const half = 20 * every * MINUTE * 5;
    while (now < 2 * half) {
      now += interval;
      if (now > half) polls += 1;
      const published = Math.floor(now / (every * MINUTE));
      const fresh = published - seen;
      expect(fresh).toBeLessThan(20);
      seen = published;
      interval = learnPace(interval, { listed: 20, fresh }, BOUNDS);
    }
    const mean = half / polls;
    expect(mean).toBeGreaterThan(0.3 * every * MINUTE);
    expect(mean).toBeLessThan(1.5 * every * MINUTE);
  });
});

describe('the next poll', () => {
  const base = { learnedMs: 10 * MINUTE, askedMs: 0, failures: 0, retryAfterMs: 0 };
  const next = (poll: Partial<Parameters<typeof nextPollIn>[0]>, random = 0) => nextPollIn({ ...base, ...poll }, BOUNDS, random);
  test('comes at the learned interval, a tenth later at most', () => {
    expect([next({}), next({}, 0.5), next({}, 1)]).toEqual([10 * MINUTE, 10.5 * MINUTE, 11 * MINUTE]);
  });
  test('before anything is learned, at the default', () => {
    expect(next({ learnedMs: null })).toBe(5 * MINUTE);
  });
  test('what the feed asks for is a floor, up to the longest interval', () => {
    expect([next({ askedMs: 30 * MINUTE }), next({ askedMs: MINUTE }), next({ askedMs: 600 * MINUTE })]).toEqual([30 * MINUTE, 10 * MINUTE, 60 * MINUTE]);
  });
  test('an interval of the user\'s own is kept', () => {
    expect(next({ fixedMs: 2_000, askedMs: 30 * MINUTE })).toBe(2_000);
  });
  test('failures lengthen it by its own length each, up to a day, and never end it', () => {
    expect([1, 2, 3].map((failures) => next({ failures }))).toEqual([20 * MINUTE, 30 * MINUTE, 40 * MINUTE]);
    expect(next({ failures: 0.25 })).toBe(12.5 * MINUTE);
    expect(next({ failures: 1_000_000 })).toBe(24 * 60 * MINUTE);
    expect(next({ fixedMs: 2_000, failures: 1 })).toBe(4_000);
    expect(nextPollIn({ ...base, fixedMs: 48 * 60 * MINUTE, failures: 9 }, BOUNDS, 0)).toBe(48 * 60 * MINUTE);
  });
  test('Retry-After is kept in full', () => {
    expect([next({ retryAfterMs: 2_000 * MINUTE }), next({ retryAfterMs: MINUTE })]).toEqual([2_000 * MINUTE, 10 * MINUTE]);
  });
});
