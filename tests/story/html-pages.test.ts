import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readPage, type Story } from '../../src/story/index.js';

const folder = new URL('pages/', import.meta.url);
const goldSchema = z.array(z.object({
  page: z.string(),
  language: z.string(),
  byline: z.string(),
  /** What the article stage still gets wrong on this page; its body is then not compared. */
  awaits: z.string().optional(),
  /** A teaser's headline: in no story. */
  teaser: z.string(),
  stories: z.array(z.object({
    headline: z.string().nullable(),
    places: z.array(z.string()),
    agency: z.string().nullable(),
    /** Number of the story that gives the dateline. */
    from: z.number().nullable(),
    bodyStart: z.string(),
    bodyEnd: z.string(),
  })),
}));
const gold = goldSchema.parse(JSON.parse(readFileSync(new URL('gold.json', folder), 'utf8')));

const bodyOf = (story: Story): string => story.body.map(({ text }) => text).join('\n');

test('at least thirty pages in at least twelve languages', () => {
  expect(gold.length).toBeGreaterThanOrEqual(30);
  expect(new Set(gold.map(({ language }) => language)).size).toBeGreaterThanOrEqual(12);
});

describe.each(gold)('$page', ({ page, language, byline, teaser, stories, awaits }) => {
  const { split } = readPage(readFileSync(new URL(`${page}.html`, folder)), { url: `https://pages.example/${page}.html` });

  test('its stories, by headline', () => {
    expect(split.stories.map(({ headline }) => headline)).toEqual(stories.map(({ headline }) => headline));
  });

  test('their datelines', () => {
    const seen = split.stories.map(({ dateline, datelineFrom }) => ({ places: dateline?.places.map(({ name }) => name), agency: dateline?.agency?.id ?? null, from: datelineFrom }));
    expect(seen).toEqual(stories.map(({ places, agency, from }) => ({ places, agency, from })));
  });

  test.skipIf(awaits !== undefined)('their bodies, whole and without furniture', () => {
    const bodies = split.stories.map(bodyOf);
    expect(bodies.map((body, at) => body.slice(0, stories[at]?.bodyStart.length))).toEqual(stories.map(({ bodyStart }) => bodyStart));
    expect(bodies.map((body, at) => body.slice(-(stories[at]?.bodyEnd.length ?? 0)))).toEqual(stories.map(({ bodyEnd }) => bodyEnd));
    expect(bodies.join('\n')).not.toContain(teaser);
    expect(bodies.join('\n')).not.toContain(byline);
  });

  test('their byline and language', () => {
    expect(split.stories.map(({ bylines }) => bylines)).toEqual(stories.map(() => [byline]));
    expect(split.stories.map((story) => story.language.tag.split('-')[0])).toEqual(stories.map(() => language));
  });
});
