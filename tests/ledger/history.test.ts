import { beforeAll, describe, expect, test } from 'vitest';
import { readHistory, sharesOf, tallyOf, type HistoryPoint } from '../../src/ledger/index.js';
import { HISTORY_STEPS, historyPoints, MOST_LABELS } from '../../src/ledger/history.js';
import { sharedNow } from '../../src/queue/index.js';
import { useRedis } from '../redis.js';
import { acceptOne, keysOf, takeOne } from './items.js';

const own = useRedis();
const keys = keysOf(own);
const STEPS = ['minute', 'hour', 'day'] as const;
const english = { language: 'en', agency: 'reuters' };
const sum = (points: readonly HistoryPoint[]): number => points.reduce((total, { stories }) => total + stories, 0);

describe('a tally', () => {
  test.each([
    ['nothing', [], ''],
    ['languages and agencies', [english, english, { language: 'ar', agency: null }], 'all=3;l:en=2;a:reuters=2;l:ar=1'],
    ['an agency that no table knows', [{ language: 'zh-Hant', agency: '' }], 'all=1;l:zh-Hant=1;a:other=1'],
    ['what is no tag, so that it cannot write the tally', [{ language: 'en=9;all=900', agency: 'x\u202E:y' }], 'all=1;l:other=1;a:other=1'],
    ['what is too long', [{ language: 'x'.repeat(36), agency: null }], 'all=1;l:other=1'],
  ] as const)('of %s', (_, stories, tally) => expect(tallyOf(stories)).toBe(tally));
});

describe('points', () => {
  const now = 7_200_000 + 90_000;
  test('cover the steps up to now, oldest first, and leave out what is of others', () => {
    const points = historyPoints([['121:all', '3'], ['121:l:en', '2'], ['121:a:other', '1'], ['120:all', '1'], ['118:all', '9'], ['122:all', '9'], ['all', '9'], ['121:x:en', '9']], 'minute', 3, now);
    expect(points.map(({ begins, stories }) => [begins, stories])).toEqual([[7_140_000, 0], [7_200_000, 1], [7_260_000, 3]]);
    expect(points.at(-1)).toMatchObject({ languages: new Map([['en', 2]]), agencies: new Map([['other', 1]]) });
  });
  test.each(STEPS)('of a %s are no more than are kept, whatever is asked for', (step) => {
    const points = historyPoints([], step, 1_000_000, Date.now());
    expect(points).toHaveLength(HISTORY_STEPS[step].most);
    expect(points.length * HISTORY_STEPS[step].seconds).toBeLessThanOrEqual(HISTORY_STEPS[step].keptSeconds);
  });
});

describe('shares', () => {
  const counts = [new Map([['en', 2], ['ar', 5], ['other', 1]]), new Map([['en', 4], ['fr', 1], ['de', 1]])];
  test('are summed, the greatest first, equals by name', () => {
    expect(sharesOf(counts, 9)).toEqual([{ label: 'en', stories: 6 }, { label: 'ar', stories: 5 }, { label: 'de', stories: 1 }, { label: 'fr', stories: 1 }, { label: 'other', stories: 1 }]);
  });
  test('beyond the most are one, at the end', () => {
    expect(sharesOf(counts, 2)).toEqual([{ label: 'en', stories: 6 }, { label: 'ar', stories: 5 }, { label: 'other', stories: 3 }]);
    expect(sharesOf([], 2)).toEqual([]);
  });
});

describe('what is accepted', () => {
  const outcomes: string[] = [];
  beforeAll(async () => {
    const ref = await takeOne(own, 'history', 'item-one');
    const told = [english, { language: 'ar', agency: null }];
    // A full store: the job comes again.
    await acceptOne(own, await takeOne(own, 'history', 'item-before'));
    outcomes.push(await acceptOne(own, ref, { told, bounds: { maxSize: 1, maxStories: 1 } }));
    outcomes.push(await acceptOne(own, ref, { told }));
    // Run twice, as after a crash.
    outcomes.push(await acceptOne(own, ref, { told }));
  });
  test('is accepted by one of the three runs of its job', () => expect(outcomes).toEqual(['full', 'accepted', 'settled']));
  test.each(STEPS)('counts once by %s, by language and agency, however often the job runs', async (step) => {
    // The turn of a minute may lie between writing and reading.
    const points = (await readHistory(own.redis, keys, step, 2, await sharedNow(own.redis)));
    expect(sum(points)).toBe(2);
    expect(sharesOf(points.map(({ languages }) => languages), 9)).toEqual([{ label: 'ar', stories: 1 }, { label: 'en', stories: 1 }]);
    expect(sharesOf(points.map(({ agencies }) => agencies), 9)).toEqual([{ label: 'reuters', stories: 1 }]);
  });
  test('that goes to no sink counts for nothing', async () => {
    const before = sum(await readHistory(own.redis, keys, 'day', 2, await sharedNow(own.redis)));
    expect(await acceptOne(own, await takeOne(own, 'history', 'item-nowhere'), { sinks: [], told: [english] })).toBe('not-routed');
    expect(sum(await readHistory(own.redis, keys, 'day', 2, await sharedNow(own.redis)))).toBe(before);
  });
  test('goes by its expiry: every key has one, within what its step is kept', async () => {
    const found = await own.redis.keys(`${keys.history}:*`);
    expect(found.length).toBeGreaterThanOrEqual(STEPS.length);
    for (const key of found) {
      const ttl = await own.redis.ttl(key);
      expect(ttl).toBeGreaterThan(0);
      expect(ttl).toBeLessThanOrEqual(HISTORY_STEPS.day.keptSeconds);
    }
    const [minutes = ''] = found.filter((key) => key.includes(':minute:'));
    expect(await own.redis.ttl(minutes)).toBeLessThanOrEqual(HISTORY_STEPS.minute.keptSeconds);
  });
  test('in more languages than are told apart is counted as other', async () => {
    const told = Array.from({ length: MOST_LABELS + 10 }, (_, at) => ({ language: `x-${at}`, agency: `agency-${at}` }));
    expect(await acceptOne(own, await takeOne(own, 'history', 'item-many'), { told })).toBe('accepted');
    const points = await readHistory(own.redis, keys, 'day', 2, await sharedNow(own.redis));
    // At the turn of a day two days each have their names.
    for (const { languages, agencies } of points) for (const named of [languages, agencies]) expect([...named.keys()].filter((name) => name !== 'other').length).toBeLessThanOrEqual(MOST_LABELS);
    const languages = sharesOf(points.map((point) => point.languages), 1_000);
    expect(languages.find(({ label }) => label === 'other')?.stories).toBeGreaterThanOrEqual(10);
    expect(languages.reduce((total, { stories }) => total + stories, 0)).toBe(sum(points));
  });
});
