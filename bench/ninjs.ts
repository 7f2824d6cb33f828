import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { toNinjs } from '../src/sink/index.js';
import { composeStories, readPage, type StoryRecord } from '../src/story/index.js';
import { cpuMilliseconds, jsonLinesFiles, readJsonLines, writeJsonLines, type Benchmark } from './benchmark.js';
import { feedItemPages } from './ninjs/feed-items.js';
import { ninjsValidator } from './ninjs/schema.js';

const row = z.looseObject({
  id: z.string(), file: z.string().nullish(), url: z.string().nullish(), text: z.string().nullish(),
  blocks: z.array(z.looseObject({ type: z.string(), text: z.string() })).nullish(),
});

/** A corpus' document as a page: its own bytes, else its blocks or its text in plain markup. */
function bytesOf(folder: string, { file, blocks, text }: z.infer<typeof row>): Uint8Array {
  if (typeof file === 'string') return gunzipSync(readFileSync(join(folder, file)));
  const escape = (part: string): string => part.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const body = blocks?.map((block) => (block.type === 'heading' ? `<h2>${escape(block.text)}</h2>` : `<p>${escape(block.text)}</p>`)).join('\n') ?? `<p>${escape(text ?? '')}</p>`;
  return new TextEncoder().encode(`<!doctype html><meta charset="utf-8"><title>A page</title><article>${body}</article>`);
}

const FACTS = { source: { id: 'corpus', name: 'Corpus', feedUrl: 'https://corpus.example/feed' }, feedLanguage: null, itemTitle: null, itemPublished: null, itemUpdated: null, fetchedAt: '2026-01-01T00:00:00.000Z' };

/** Less is a title or a test of one element, and no story. */
const FEW_WORDS = 12;

export const ninjs: Benchmark = {
  about: 'every record of every corpus as ninjs 3.1, held against IPTC\'s schema',
  run(run) {
    const root = resolve(run.corpus ?? join('..', 'shared', 'corpora'));
    const schema = join(root, 'feeds', 'schemas', 'ninjs-schema_3.1.json');
    if (!existsSync(schema)) {
      console.log(`skipped: no ${schema}. Name a folder that holds it with --corpus DIR; the schema is at https://iptc.org/std/ninjs/`);
      return Promise.resolve(0);
    }
    const validate = ninjsValidator(readFileSync(schema, 'utf8'));
    const wrong: { readonly id: string; readonly errors: string }[] = [];
    let records = 0;
    let spent = 0;
    const hold = (id: string, stories: readonly { readonly record: StoryRecord }[]): number => {
      for (const { record } of stories) {
        const started = cpuMilliseconds();
        const item = toNinjs(record);
        spent += cpuMilliseconds() - started;
        const errors = validate(JSON.parse(JSON.stringify(item)));
        if (errors !== null) wrong.push({ id, errors });
      }
      records += stories.length;
      return stories.length;
    };
    for (const name of ['extraction', 'segmentation', 'dateline'].filter((corpus) => existsSync(join(root, corpus)))) {
      const folder = join(root, name);
      let inCorpus = 0;
      for (const document of jsonLinesFiles(folder).flatMap(readJsonLines).map((json) => row.parse(json))) {
        const url = document.url ?? 'https://corpus.example/page';
        inCorpus += hold(document.id, composeStories(readPage(bytesOf(folder, document), { url }), { ...FACTS, url, itemId: document.id }, []).stories);
      }
      console.log(`${name}: ${inCorpus} records`);
    }
    let [items, inFeeds] = [0, 0];
    const without = { nothing: 0, few: 0, left: 0 };
    for (const { id, url, bytes, words, facts } of feedItemPages(join(root, 'feeds'))) {
      items += 1;
      const found = hold(id, composeStories(readPage(bytes, { url, contentType: 'text/html; charset=utf-8' }), { source: FACTS.source, ...facts }, []).stories);
      inFeeds += found;
      if (found === 0) without[words === 0 ? 'nothing' : words < FEW_WORDS ? 'few' : 'left'] += 1;
    }
    console.log(`feeds: ${inFeeds} records of ${items} items of feeds and wires`);
    console.log(`  items without one: ${without.nothing} carry no word beside a title, ${without.few} carry fewer than ${FEW_WORDS}, ${without.left} more`);
    writeJsonLines(run.out, wrong);
    console.log(`ninjs: ${records} records, ${wrong.length} invalid; ${((1000 * spent) / Math.max(1, records)).toFixed(0)} µs CPU a record${wrong.length === 0 ? '' : `; see ${run.out}`}`);
    return Promise.resolve(wrong.length === 0 ? 0 : 1);
  },
};
