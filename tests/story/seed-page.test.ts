import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { splitStories } from '../../src/story/index.js';

const corpus = new URL('../../../shared/corpora/segmentation/dev.jsonl', import.meta.url);
const pageSchema = z.object({
  kind: z.string(),
  lang: z.string(),
  blocks: z.array(z.object({ type: z.string(), text: z.string() })),
  segments: z.array(z.object({ start: z.number(), end: z.number() })),
});

test.skipIf(!existsSync(corpus))('the seed page is its three stories, the later two with the dateline of the first (skipped where its corpus is absent)', () => {
  const seed = readFileSync(corpus, 'utf8').split('\n').filter((line) => line.includes('"kind":"seed"') || line.includes('"kind": "seed"')).map((line) => pageSchema.parse(JSON.parse(line)))[0];
  expect(seed).toBeDefined();
  if (seed === undefined) return;
  const { stories, furniture } = splitStories({
    blocks: seed.blocks.map(({ type, text }, index) => ({ index, kind: type === 'heading' ? 'heading' : 'paragraph', text })),
    language: seed.lang,
  });
  expect(stories.map(({ start, end }) => ({ start, end }))).toEqual(seed.segments.map(({ start, end }) => ({ start, end })));
  expect(stories.map(({ dateline, datelineInherited, datelineFrom }) => [dateline?.places[0]?.name, dateline?.agency?.id, datelineInherited, datelineFrom])).toEqual([
    ['Geneva', 'sana', false, null], ['Geneva', 'sana', true, 0], ['Geneva', 'sana', true, 0],
  ]);
  expect(stories.map(({ bylines }) => bylines)).toEqual([['Hazem Sabbagh'], ['Hazem Sabbagh'], ['Hazem Sabbagh']]);
  expect(furniture.map(({ position, kind }) => [position, kind])).toEqual([[16, 'byline'], [17, 'teaser'], [18, 'teaser'], [19, 'teaser']]);
});
