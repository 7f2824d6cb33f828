import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readPage, type Story } from '../../src/story/index.js';

const goldStory = z.object({
  headline: z.string(),
  kicker: z.string().nullable(),
  language: z.string(),
  dateline: z.object({ places: z.array(z.string()), agency: z.string().nullable(), date: z.string().optional(), reporter: z.string().optional(), from: z.number().optional() }),
  bylines: z.array(z.string()),
  bodyStart: z.string(),
  bodyEnd: z.string(),
});
const gold = z
  .array(z.object({ page: z.string(), language: z.string(), furnitureMustHold: z.array(z.string()), stories: z.array(goldStory) }))
  .parse(JSON.parse(readFileSync(new URL('sample-wire-gold.json', import.meta.url), 'utf8')));

const bodyOf = (story: Story): string => story.body.map(({ text }) => text).join('\n');

describe.each(gold)('sample wire, $page', ({ page, language, stories, furnitureMustHold }) => {
  const bytes = readFileSync(new URL(`../../config/sample-wire/pages/${page}.html`, import.meta.url));
  const reading = readPage(bytes, { url: `https://sample.dateline.invalid/${page}.html`, declaredLanguage: language });
  const found = reading.split.stories;

  test('headlines, in order', () => {
    expect(found.map(({ headline, kicker }) => ({ headline, kicker }))).toEqual(stories.map(({ headline, kicker }) => ({ headline, kicker })));
  });

  test('datelines, own and inherited', () => {
    const seen = found.map(({ dateline, datelineInherited, datelineFrom }) => ({
      places: dateline?.places.map(({ name }) => name), agency: dateline?.agency?.id ?? null, inherited: datelineInherited, from: datelineFrom,
    }));
    expect(seen).toEqual(stories.map(({ dateline: { places, agency, from } }) => ({ places, agency, inherited: from !== undefined, from: from ?? null })));
    // Where the gold tells a date or a reporter, that one; elsewhere whatever was read.
    expect(found.map((story) => story.dateline?.date?.iso)).toEqual(stories.map(({ dateline }, place) => dateline.date ?? found[place]?.dateline?.date?.iso));
    expect(found.map((story) => story.dateline?.reporter)).toEqual(stories.map(({ dateline }, place) => dateline.reporter ?? found[place]?.dateline?.reporter));
  });

  test('bodies begin and end where the story does, without teasers', () => {
    expect(found.length).toBe(stories.length);
    for (const [place, { bodyStart, bodyEnd }] of stories.entries()) {
      const story = found[place];
      if (story === undefined) continue;
      const body = bodyOf(story);
      expect(body.startsWith(bodyStart), `body of ${String(place)} starts ${body.slice(0, 60)}`).toBe(true);
      expect(body.endsWith(bodyEnd), `body of ${String(place)} ends ${body.slice(-60)}`).toBe(true);
      for (const teaser of furnitureMustHold) expect(body).not.toContain(teaser);
    }
  });

  test('bylines', () => {
    expect(found.map(({ bylines }) => bylines)).toEqual(stories.map(({ bylines }) => bylines));
  });

  test('languages', () => {
    expect(found.map((story) => story.language.tag.split('-')[0])).toEqual(stories.map((story) => story.language));
  });

  test('the reading can be sent between threads', () => {
    expect(structuredClone(reading)).toEqual(reading);
  });
});
