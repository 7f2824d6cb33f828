import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parseFeed, type FeedItem } from '../../src/feed/index.js';
import type { RecordFacts } from '../../src/story/index.js';
import { parseWire, wireFeed } from '../../src/wire/index.js';
import { givenPage } from '../../workers/given-page.js';
import { jsonLinesFiles, readJsonLines } from '../benchmark.js';

const caseShape = z.object({
  id: z.string(), file: z.string().optional(), kind: z.string(), url: z.string().optional(), headers: z.record(z.string(), z.string()).optional(),
});

const FEED = 'https://corpus.example/feed';

/** An item as a page of its own, made of what its feed carries, with the facts that a record takes from the feed. */
export interface FeedItemPage {
  readonly id: string;
  readonly url: string;
  readonly bytes: Uint8Array;
  /** Words that the feed carries of it beside its title. */
  readonly words: number;
  readonly facts: Omit<RecordFacts, 'source'>;
}

/** Every item of every feed and wire document of a corpus that can be read. */
export function* feedItemPages(folder: string): Generator<FeedItemPage> {
  for (const one of jsonLinesFiles(folder).flatMap(readJsonLines).map((json) => caseShape.parse(json))) {
    if (one.file === undefined) continue;
    const bytes = readFileSync(join(folder, 'raw', one.file));
    const options = { url: one.url, contentType: one.headers?.['content-type'] };
    const feed = parseFeed(bytes, options);
    const wire = feed.ok ? null : parseWire(bytes, options);
    const items: readonly FeedItem[] = feed.ok ? feed.value.items : wire?.ok === true ? wireFeed(wire.value) : [];
    for (const [at, item] of items.entries()) yield pageOf(`${one.id}#${at}`, item, feed.ok ? feed.value.language : null);
  }
}

function pageOf(id: string, item: FeedItem, feedLanguage: string | null): FeedItemPage {
  const url = item.link ?? FEED;
  const content = item.content ?? item.summary ?? '';
  const { bytes, fetchedAt } = givenPage({ url }, { title: item.title, content }, new Date('2026-01-01T00:00:00Z'));
  const words = content.replaceAll(/<(?:style|script)[\s\S]*?<\/|<[^>]*>|&[#\w]+;/g, ' ').match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  const { title, published, updated, status, urgency, embargoedUntil } = item;
  return { id, url, bytes, words, facts: { url, itemId: item.id ?? url, feedLanguage, itemTitle: title, itemPublished: published, itemUpdated: updated, fetchedAt, status, urgency, embargoedUntil } };
}
