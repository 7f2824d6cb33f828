import { z } from 'zod';
import type { PageReading } from './types.js';

/** What is held to of a page's reading: everything that an editor would call right or wrong, and nothing that only explains it. */
export const pageVerdictSchema = z.strictObject({
  rejection: z.string().nullable(),
  headline: z.string().nullable(),
  published: z.string().nullable(),
  language: z.string(),
  stories: z.array(z.strictObject({
    headline: z.string().nullable(), kicker: z.string().nullable(), status: z.string(), bylines: z.array(z.string()), language: z.string(), direction: z.string(),
    dateline: z.strictObject({ raw: z.string(), places: z.array(z.string()), date: z.string().nullable(), agency: z.string().nullable(), inherited: z.boolean() }).nullable(),
    text: z.array(z.string()),
  })),
  furniture: z.array(z.strictObject({ kind: z.string(), text: z.string() })),
});

export type PageVerdict = z.infer<typeof pageVerdictSchema>;

/** The verdict on a page, to be compared with the one of another day. */
export const pageVerdict = ({ article, split, language }: PageReading): PageVerdict => ({
  rejection: article.rejection?.reason ?? null,
  headline: article.headline?.value ?? null,
  published: article.published?.value.iso ?? null,
  language: language.tag,
  stories: split.stories.map((story) => ({
    headline: story.headline, kicker: story.kicker, status: story.status, bylines: [...story.bylines], language: story.language.tag, direction: story.language.direction,
    dateline: story.dateline === null ? null : {
      raw: story.dateline.raw, places: story.dateline.places.map(({ englishName, name }) => englishName ?? name), date: story.dateline.date?.iso ?? null,
      agency: story.dateline.agency === null ? null : story.dateline.agency.id ?? story.dateline.agency.raw, inherited: story.datelineInherited,
    },
    text: story.body.map(({ text }) => text),
  })),
  furniture: split.furniture.map(({ position, kind }) => ({ kind, text: article.blocks[position]?.text ?? '' })),
});

/** Where two verdicts differ: a path and both values, at most `most`. */
export function verdictDifferences(expected: unknown, found: unknown, most = 20, path = ''): string[] {
  if (Object.is(expected, found)) return [];
  if (typeof expected !== 'object' || typeof found !== 'object' || expected === null || found === null) return [`${path}: ${brief(expected)} expected, ${brief(found)} found`];
  // The form of a verdict bounds the depth.
  const keys = [...new Set([...Object.keys(expected), ...Object.keys(found)])];
  const differences: string[] = [];
  for (const key of keys) {
    if (differences.length >= most) break;
    differences.push(...verdictDifferences(Reflect.get(expected, key), Reflect.get(found, key), most - differences.length, path === '' ? key : `${path}.${key}`));
  }
  return differences;
}

function brief(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
