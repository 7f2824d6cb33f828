import { describe, expect, test } from 'vitest';
import { afterAnswer, afterFailure, healthOf, newHistory, planPoll, readHistory, type PollAnswered, type SourceHistory } from '../../src/poll/index.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const URL = 'https://wire.example/feed';
const RULES = { minMs: MINUTE, maxMs: HOUR, startMs: 5 * MINUTE };
/** A Monday, 00:00 UTC. */
const START = Date.UTC(2026, 5, 1);
const answer = (more: Partial<PollAnswered>): PollAnswered =>
  ({ asking: 'conditional', notModified: false, listed: 20, fresh: 0, sameValidators: false, freshPublished: [], movedTo: null, askedMs: 0, ...more });
const fault = (code: string) => ({ code, message: `${URL}: ${code}` });

interface World { history: SourceHistory; now: number; step: number }
const world = (): World => ({ history: afterAnswer(newHistory(URL, START), answer({ fresh: 20 }), RULES, START, 0).history, now: START, step: 0 });
const poll = (at: World, more: Partial<PollAnswered>, after = 10 * MINUTE) => {
  at.now += after;
  const verdict = afterAnswer(at.history, answer(more), RULES, at.now, 0);
  at.history = verdict.history;
  return verdict;
};
const fail = (at: World, code: string, after = 10 * MINUTE) => {
  at.now += after;
  const verdict = afterFailure(at.history, fault(code), RULES, at.now, 0);
  at.history = verdict.history;
  return verdict;
};
/** A wire that works from 06 to 22 UTC, an item about every quarter of an hour, less at week-ends. */
function live(at: World, until: number): void {
  while (at.now + 10 * MINUTE <= until) {
    const hour = new Date(at.now + 10 * MINUTE).getUTCHours();
    const weekday = new Date(at.now + 10 * MINUTE).getUTCDay();
    at.step += 1;
    const awake = hour >= 6 && hour < 22 && (weekday % 6 !== 0 || at.step % 5 === 0);
    poll(at, { fresh: awake && at.step % 3 !== 0 ? 1 : 0 });
  }
}

describe('silence', () => {
  const learned = world();
  live(learned, START + 15 * DAY);
  const { history } = learned;
  const standing = (hours: number) => healthOf(history, learned.now + hours * HOUR).state;

  test('a source at its own rhythm is healthy at every poll, nights and week-ends included', () => {
    const at = world();
    live(at, START + 7 * DAY);
    for (let day = 7; day < 14; day += 1) {
      for (let hour = 0; hour < 24; hour += 1) {
        live(at, START + day * DAY + hour * HOUR);
        expect({ at: new Date(at.now).toISOString(), state: healthOf(at.history, at.now).state }).toMatchObject({ state: 'healthy' });
      }
    }
  });

  test('a night is no silence, a day is', () => {
    // Monday, 00:00: the night goes on until six.
    expect([standing(0), standing(6)]).toEqual(['healthy', 'healthy']);
    expect(['late', 'silent']).toContain(standing(13));
    expect(standing(20)).toBe('silent');
    expect(standing(24 * 30)).toBe('silent');
  });

  test('silence tells since when and what was to be expected', () => {
    const health = healthOf(history, learned.now + 20 * HOUR);
    expect(health.reason).toMatch(/^no new item for \d+ h, where news in about \d+ polls were to be expected$/);
    expect(health.since).toBe(history.cadence?.newsAt);
  });

  test('late comes before silent, and news end both', () => {
    const at = { ...learned };
    const states = new Set<string>();
    while (at.now < learned.now + 20 * HOUR) states.add(poll(at, {}).health.state);
    expect([...states]).toEqual(['healthy', 'late', 'silent']);
    expect(poll(at, { fresh: 2 }).health.state).toBe('healthy');
  });

  test('the times of the first list tell the rhythm: a monthly source is not silent after a week, nor one that died unnoticed healthy', () => {
    const monthly = Array.from({ length: 12 }, (_, month) => START - (month * 30 + 10) * DAY);
    const first = (now: number) => afterAnswer(newHistory(URL, now), answer({ listed: 12, fresh: 12, freshPublished: monthly }), RULES, now, 0);
    expect(first(START).health.state).toBe('healthy');
    const at: World = { history: first(START).history, now: START, step: 0 };
    for (let month = 0; month < 6; month += 1) {
      for (let day = 0; day < 30; day += 1) expect(poll(at, { fresh: day === 20 ? 1 : 0 }, DAY).health.state).toBe('healthy');
    }
    expect(first(START + 100 * DAY).health).toMatchObject({ state: 'silent', since: START - 10 * DAY });
  });

  test('times to come, of long ago, or all the same, teach nothing', () => {
    for (const freshPublished of [[START + DAY, START + 2 * DAY], [0, 1_000], Array.from({ length: 20 }, () => START - HOUR)]) {
      const { history } = afterAnswer(newHistory(URL, START), answer({ fresh: 20, freshPublished }), RULES, START, 0);
      expect(history.cadence?.arrivals).toBe(0);
    }
  });

  test('a source that never brought anything is silent after a week', () => {
    const at = world();
    expect(healthOf(at.history, START + 6 * DAY).state).toBe('healthy');
    expect(healthOf(at.history, START + 8 * DAY)).toMatchObject({ state: 'silent', since: START, reason: 'no new item for 8 days, in fact none since the first poll' });
  });

  test('the first night of a new source raises no alarm', () => {
    const at = world();
    at.now += 8 * HOUR;
    for (let step = 0; step < 60; step += 1) poll(at, { fresh: 1 });
    for (let hour = 0; hour < 10; hour += 1) expect(poll(at, {}, HOUR).health.state).toBe('healthy');
  });
});

describe('what a list shows', () => {
  test('a list that shrinks is told after the second poll, and when it is whole again no more', () => {
    const at = world();
    for (let step = 0; step < 5; step += 1) poll(at, { fresh: 1 });
    expect(poll(at, { listed: 3 }).health.state).toBe('healthy');
    const shrunk = poll(at, { listed: 3 });
    expect(shrunk.health).toMatchObject({ state: 'shrunk', since: at.now - 10 * MINUTE });
    expect(shrunk.health.reason).toBe('it lists 3 items, where about 20 are usual');
    expect(poll(at, { listed: 0 }).health.state).toBe('shrunk');
    expect(poll(at, { listed: 20, fresh: 1 }).health.state).toBe('healthy');
  });

  test('a shorter list becomes the usual one in time', () => {
    const at = world();
    let polls = 0;
    while (poll(at, { listed: 8, fresh: 0 }, HOUR).health.state === 'shrunk' || polls < 3) polls += 1;
    expect(polls).toBeGreaterThan(20);
    expect(polls).toBeLessThan(200);
  });

  test('a poll without an item known from before has lost some, and the next one comes soon', () => {
    const at = world();
    poll(at, { fresh: 1 });
    const lost = poll(at, { fresh: 20 });
    expect(lost.health).toMatchObject({ state: 'overlap lost', since: at.now });
    expect(lost.nextMs).toBeLessThan(2 * MINUTE);
    expect(poll(at, { fresh: 1 }).health.state).toBe('overlap lost');
    at.now += DAY;
    expect(poll(at, { fresh: 1 }).health.state).toBe('healthy');
  });

  test('the first poll, an empty list before, and lists of one or two items have lost nothing', () => {
    expect(world().history.health.state).toBe('healthy');
    const at = world();
    poll(at, { listed: 0 });
    expect(poll(at, { fresh: 20 }).health.state).not.toBe('overlap lost');
    expect(poll(at, { listed: 2, fresh: 2 }).health.state).not.toBe('overlap lost');
  });
});

describe('failures', () => {
  test('one is weather, two in a row are trouble, with the reason and since when', () => {
    const at = world();
    expect(fail(at, 'http-500').health).toMatchObject({ state: 'healthy', reason: `the last poll failed: ${URL}: http-500` });
    const first = at.now;
    expect(fail(at, 'timeout-idle').health).toEqual({ state: 'failing', since: first, reason: `2 polls in a row failed; the last: ${URL}: timeout-idle` });
    expect(poll(at, {}).health.state).toBe('healthy');
    expect(fail(at, 'http-500').health.state).toBe('healthy');
  });

  test('waits grow by the weight of the failure', () => {
    const waits = (code: string) => {
      const at = world();
      return [1, 2, 3].map(() => fail(at, code).nextMs / MINUTE);
    };
    expect(waits('http-404')).toEqual([10, 15, 20]);
    expect(waits('http-503')).toEqual([7.5, 10, 12.5]);
    expect(waits('dns-failed')).toEqual([6.25, 7.5, 8.75]);
    expect(waits('request-stopped')).toEqual([5, 5, 5]);
  });

  test('Retry-After is kept', () => {
    const at = world();
    expect(afterFailure(at.history, { ...fault('http-429'), retryAfterMs: 2 * DAY }, RULES, at.now, 0).nextMs).toBe(2 * DAY);
  });

  test('the poll after trouble teaches no pace', () => {
    const at = world();
    const { paceMs } = at.history;
    fail(at, 'http-500', DAY);
    expect(poll(at, { fresh: 15 }).history.paceMs).toBe(paceMs);
  });

  test('410 parks, for a month; news from the dead unpark', () => {
    const at = world();
    const parked = fail(at, 'http-410');
    expect(parked.health).toMatchObject({ state: 'parked', since: at.now });
    expect(parked.nextMs).toBe(30 * DAY);
    expect(fail(at, 'http-410', 30 * DAY).health.since).toBe(at.now - 30 * DAY);
    expect(poll(at, { fresh: 1 }, 30 * DAY).health.state).not.toBe('parked');
  });

  test('nothing is given up for ever', () => {
    const at = world();
    for (let day = 0; day < 1_000; day += 1) expect(fail(at, 'http-404', DAY).nextMs).toBeLessThanOrEqual(DAY);
    expect(poll(at, { fresh: 1 }).health.state).toBe('healthy');
  });
});

test('a plan asks with validators, in full when the host was caught lying, and at the adopted address', () => {
  const at = world();
  expect(planPoll(at.history, at.now, 0.5)).toEqual({ url: URL, asking: 'conditional' });
  expect(planPoll(at.history, at.now, 0.001).asking).toBe('probe');
  poll(at, { asking: 'probe', fresh: 1, sameValidators: true });
  expect(planPoll(at.history, at.now, 0.5).asking).toBe('in-full');
  expect(healthOf(at.history, at.now).reason).toMatch(/^polls go well; asked in full/);
  for (let day = 0; day < 25; day += 1) poll(at, { movedTo: 'https://new.example/feed' }, DAY);
  expect(planPoll(at.history, at.now, 0.5).url).toBe('https://new.example/feed');
});

test('the first poll accuses nobody', () => {
  const first = afterAnswer(newHistory(URL, START), answer({ fresh: 20, sameValidators: true }), RULES, START, 0);
  expect(first.history.trust.caughtAt).toBeNull();
});

test('an interval of the user\'s own is kept and nothing learned', () => {
  const at = world();
  const verdict = afterAnswer(at.history, answer({ fresh: 20 }), { ...RULES, fixedMs: 3_000 }, at.now, 0);
  expect(verdict.nextMs).toBe(3_000);
  expect(verdict.history.paceMs).toBe(at.history.paceMs);
});

describe('kept between polls', () => {
  test('as JSON under 2 kB, read back as it was', () => {
    const at = world();
    live(at, START + 3 * DAY);
    fail(at, 'http-500');
    poll(at, { movedTo: 'https://new.example/feed' });
    const text = JSON.stringify(at.history);
    expect(text.length).toBeLessThan(3_000);
    expect(readHistory(text, URL, at.now)).toEqual(at.history);
  });
  test('another address, nothing, and what cannot be read begin anew', () => {
    const text = JSON.stringify(world().history);
    for (const stored of [null, undefined, '', 'nonsense', '{"url":1}', '[]']) expect(readHistory(stored, URL, 7)).toEqual(newHistory(URL, 7));
    expect(readHistory(text, 'https://other.example/', 7)).toEqual(newHistory('https://other.example/', 7));
  });
});

test('a source that has never answered is failing from its first try, and not healthy', () => {
  const start = newHistory('https://a.example/feed', 1_000);
  const { health } = afterFailure(start, { code: 'http-404', message: 'not there' }, { minMs: 1_000, maxMs: 10_000, startMs: 1_000 }, 2_000, 0);
  expect(health).toMatchObject({ state: 'failing', since: 2_000 });
  expect(health.reason).toContain('never answered well');
});
