import { expect, test } from 'vitest';
import type { StoryFilter } from '../../src/config/index.js';
import { isRouted, routes, routingFacts, type SinkPlan } from '../../src/sink/index.js';

const record = (change: object = {}): string => JSON.stringify({
  source: { id: 'sana-ar', name: 'SANA', feedUrl: 'https://wire.example/feed' }, language: { tag: 'zh-Hant-TW' }, status: 'corrected',
  dateline: {
    places: [{ name: 'São Tomé', countryCode: 'ST' }, { name: 'دمشق', englishName: 'Damascus', countryCode: 'SY' }],
    agency: { id: 'sana', raw: 'SANA' },
  },
  ...change,
});
const bare = record({ dateline: null });

test.each<[string, StoryFilter, boolean, boolean]>([
  ['its source', { sources: ['other', 'sana-ar'] }, true, true],
  ['another source', { sources: ['sana'] }, false, false],
  ['a wider language', { languages: ['en', 'ZH'] }, true, true],
  ['language and script', { languages: ['zh-hant'] }, true, true],
  ['a language that only begins alike', { languages: ['zha'] }, false, false],
  ['a country of any of its places', { countries: ['sy'] }, true, false],
  ['a country that is not its', { countries: ['FR'] }, false, false],
  ['a place without its accents', { places: ['SAO TOME'] }, true, false],
  ['a place in English', { places: ['damascus'] }, true, false],
  ['a place as written', { places: ['دمشق'] }, true, false],
  ['its agency', { agencies: ['SANA'] }, true, false],
  ['its standing', { statuses: ['corrected', 'withdrawn'] }, true, true],
  ['another standing', { statuses: ['usable'] }, false, false],
  ['every key at once', { sources: ['sana-ar'], languages: ['zh'], countries: ['ST'] }, true, false],
  ['every key but one', { sources: ['sana-ar'], languages: ['en'] }, false, false],
])('%s: with a dateline %j is %j, without one %j', (_, filter, withDateline, without) => {
  expect(isRouted({ only: filter, except: null }, routingFacts(record()))).toBe(withDateline);
  expect(isRouted({ only: filter, except: null }, routingFacts(bare))).toBe(without);
  expect(isRouted({ only: null, except: filter }, routingFacts(record()))).toBe(!withDateline);
});

const plan = (name: string, only: StoryFilter | null = null): SinkPlan =>
  ({ name, format: 'dateline', only, except: null, concurrency: 1, batch: 1, timeoutMs: 1, maxDeliveries: 1, spillFrom: { deliveries: 1, bytes: 1 }, maxBytes: 1 });

test('a page goes to every sink that wants one of its stories, and the others are told how many they miss', () => {
  const { routed, unrouted } = routes([plan('all'), plan('syria', { countries: ['SY'] }), plan('french', { languages: ['fr'] })], [record(), bare]);
  expect(routed.map(({ name }) => name)).toEqual(['all', 'syria']);
  expect([...unrouted]).toEqual([['french', 2]]);
});

test('without filters no record is read', () => {
  expect(routes([plan('all')], ['no JSON at all']).routed).toHaveLength(1);
});

test('a notice of withdrawal, which has no dateline, reaches every sink that the story may have reached', () => {
  const notice = routingFacts(record({ status: 'withdrawn', dateline: null }));
  const syria: StoryFilter = { countries: ['SY'], agencies: ['sana'], places: ['damascus'] };
  expect(isRouted({ only: syria, except: null }, notice)).toBe(true);
  expect(isRouted({ only: null, except: syria }, notice)).toBe(true);
  expect(isRouted({ only: { sources: ['other'], countries: ['SY'] }, except: null }, notice)).toBe(false);
});
