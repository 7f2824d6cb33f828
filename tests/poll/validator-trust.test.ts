import { expect, test } from 'vitest';
import { DISTRUST_MS, howToAsk, judgeValidators, NO_TRUST_YET, PROBE_SHARE, type AskedPoll } from '../../src/poll/validator-trust.js';

const HOUR = 3_600_000;
const poll = (more: Partial<AskedPoll>): AskedPoll => ({ asking: 'conditional', notModified: false, sameValidators: false, fresh: 0, oldestFreshAt: null, ...more });
const unmodified = poll({ notModified: true });

test('a small share of polls asks in full', () => {
  expect(howToAsk(NO_TRUST_YET, 0, PROBE_SHARE)).toBe('conditional');
  expect(howToAsk(NO_TRUST_YET, 0, PROBE_SHARE - 0.001)).toBe('probe');
});

test('news under the same validators is a lie', () => {
  const caught = judgeValidators(NO_TRUST_YET, poll({ asking: 'probe', fresh: 1, sameValidators: true }), HOUR);
  expect(caught.caughtAt).toBe(HOUR);
  expect(howToAsk(caught, 2 * HOUR, 0.99)).toBe('in-full');
});

test('news older than the last 304 is a lie when it happens twice', () => {
  const probe = poll({ asking: 'probe', fresh: 3, oldestFreshAt: 2 * HOUR });
  const once = judgeValidators(judgeValidators(NO_TRUST_YET, unmodified, 5 * HOUR), probe, 6 * HOUR);
  expect(once).toMatchObject({ suspicions: 1, caughtAt: null });
  const twice = judgeValidators(judgeValidators(once, unmodified, 7 * HOUR), probe, 8 * HOUR);
  expect(twice.caughtAt).toBe(8 * HOUR);
});

test.each([
  ['news of after the 304', poll({ asking: 'probe', fresh: 1, oldestFreshAt: 5 * HOUR })],
  ['news about as old as the 304', poll({ asking: 'probe', fresh: 1, oldestFreshAt: 5 * HOUR - 60_000 })],
  ['news without a date', poll({ asking: 'probe', fresh: 1 })],
  ['old news in a conditional answer', poll({ fresh: 1, oldestFreshAt: HOUR })],
  ['no news', poll({ asking: 'probe', sameValidators: true })],
])('%s is none', (_, answer) => {
  const before = judgeValidators(NO_TRUST_YET, unmodified, 5 * HOUR);
  expect(judgeValidators(before, answer, 6 * HOUR)).toMatchObject({ suspicions: 0, caughtAt: null });
});

test('an honest probe clears a suspicion', () => {
  const suspected = { notModifiedAt: 5 * HOUR, suspicions: 1, caughtAt: null };
  expect(judgeValidators(suspected, poll({ asking: 'probe' }), 6 * HOUR).suspicions).toBe(0);
});

test('a host that was caught gets another chance after a month, under closer watch', () => {
  const caught = { notModifiedAt: null, suspicions: 0, caughtAt: 0 };
  const then = DISTRUST_MS + HOUR;
  expect(howToAsk(caught, DISTRUST_MS - 1, 0.9)).toBe('in-full');
  expect([howToAsk(caught, then, 0.2), howToAsk(caught, then, 0.3)]).toEqual(['probe', 'conditional']);
  const watched = judgeValidators(caught, unmodified, then);
  expect(judgeValidators(watched, poll({ asking: 'probe' }), then + HOUR).caughtAt).toBeNull();
  expect(judgeValidators(watched, poll({ asking: 'probe', fresh: 1, sameValidators: true }), then + HOUR).caughtAt).toBe(then + HOUR);
});
