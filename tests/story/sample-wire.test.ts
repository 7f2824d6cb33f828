import { readdirSync, readFileSync } from 'node:fs';
import { load } from 'cheerio';
import { expect, test } from 'vitest';
import { z } from 'zod';

const wire = new URL('../../config/sample-wire/', import.meta.url);

const gold = z
  .array(z.object({ page: z.string(), language: z.string(), furnitureMustHold: z.array(z.string()), stories: z.array(z.object({ headline: z.string() })).min(1) }))
  .parse(JSON.parse(readFileSync(new URL('sample-wire-gold.json', import.meta.url), 'utf8')));

test('every item of the sample feed has its page, and every page its item', () => {
  const $ = load(readFileSync(new URL('feed.xml', wire), 'utf8'), { xml: true });
  const names = $('item > link').map((_, link) => new URL($(link).text()).pathname.slice(1)).get().sort();
  expect(names).toEqual(readdirSync(new URL('pages/', wire)).sort());
});

test('the sample wire covers eight languages, several stories a page, and single stories', () => {
  expect([...new Set(gold.map(({ language }) => language))]).toEqual(expect.arrayContaining(['ar', 'en', 'es', 'fr', 'he', 'ru', 'tr', 'zh']));
  expect(gold.filter(({ stories }) => stories.length > 1).length).toBeGreaterThanOrEqual(5);
  expect(gold.filter(({ stories }) => stories.length === 1).length).toBeGreaterThanOrEqual(5);
});
