/** Everything the intake reads, over a folder of cases: feeds, encodings, times, addresses, and the speed against rss-parser alone. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Parser from 'rss-parser';
import { z } from 'zod';
import { cleanUrl, normalizeUrl, parseFeed, parseOpml, readTime, resolveUrl, type Feed, type FeedItem, type FeedPerson, type FeedTime } from '../src/feed/index.js';
import { decodeBytes, isAllowed } from '../src/fetch/index.js';
import { parseWire, type WireItem, type WireTerm } from '../src/wire/index.js';
import { tellTextsAsGiven } from './feeds/texts-as-given.js';
import { corpusFolder, cpuMilliseconds, jsonLinesFiles, readJsonLines, writeJsonLines, type Benchmark } from './benchmark.js';

/** What a case gives as input; its expectations are not read, save which cases are real feeds for the speed row. */
const caseShape = z.object({
  id: z.string(), kind: z.string(), suite: z.string(), file: z.string().optional(), input: z.string().optional(), url: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(), base: z.string().optional(), op: z.string().optional(), agent: z.string().optional(), lang: z.string().optional(), tags: z.array(z.string()).optional(), real: z.boolean().optional(),
});
type Case = z.infer<typeof caseShape>;

interface Answer {
  readonly ok: boolean;
  readonly error?: string;
  readonly encoding?: string | null;
  readonly result?: object;
}

const time = (value: FeedTime | null): string | null => value?.iso ?? null;
const people = (authors: readonly FeedPerson[]): object => ({ author: authors[0] ?? null, authors });

const itemRecord = (item: FeedItem): object => ({ ...item, published: time(item.published), updated: time(item.updated), ...people(item.authors) });
const feedRecord = (feed: Feed): object => ({
  ...feed, published: time(feed.published), updated: time(feed.updated), ...people(feed.authors), children: undefined, notes: undefined,
  entries: feed.format === 'sitemap-index' ? feed.children.map((link) => ({ link })) : feed.items.map(itemRecord), items: undefined,
});

function readFeed(bytes: Uint8Array, one: Case): Answer {
  const headers = one.headers ?? {};
  const read = parseFeed(bytes, {
    url: one.url, contentType: headers['content-type'], contentLocation: headers['content-location'], contentLanguage: headers['content-language'], linkHeader: headers['link'],
  });
  return read.ok ? { ok: true, encoding: read.value.encoding, result: feedRecord(read.value) } : { ok: false, error: read.fault.code };
}

function readEncoding(bytes: Uint8Array, one: Case): Answer {
  const contentType = one.headers?.['content-type'];
  if (/\.(?:html?|txt)$/.test(one.file ?? '')) {
    const { text, encoding } = decodeBytes(bytes, { contentType, kind: one.file?.endsWith('.txt') === true ? 'text' : 'html' });
    return { ok: true, encoding, result: { text } };
  }
  return readFeed(bytes, one);
}

/** The language of the source, where the case names one as a tag. */
const languageTag = (lang: string | undefined): string | undefined => (/^[a-z]{2,3}(?:-[A-Za-z]{2,4})?$/.test(lang ?? '') ? lang : undefined);

/** What no http address is stays as it was written. */
function readAddress(op: string, input: string, base: string | undefined): string {
  if (op === 'resolve') return resolveUrl(input, base);
  return (op === 'normalize_url' || op === 'clean_url' ? normalizeUrl(input, base) : cleanUrl(input, base)) ?? input;
}

function readOpml(bytes: Uint8Array): Answer {
  const list = parseOpml(bytes);
  if (!list.ok) return { ok: false, error: list.fault.code };
  return { ok: true, result: { title: list.value.title, entries: list.value.feeds.map(({ url, title, siteUrl }) => ({ link: url, title, siteUrl })) } };
}

const names = (terms: readonly WireTerm[]): string[] => terms.flatMap(({ name, code }) => name ?? code ?? []);
const wireRecord = (item: WireItem): object => ({
  ...item, body: item.bodyHtml, subjects: names(item.subjects), genres: names(item.genres), places: names(item.places), wordcount: item.wordCount, versioncreated: item.versionCreated, firstcreated: item.firstCreated,
  contentcreated: item.contentCreated, pubstatus: item.pubStatus, copyrightholder: item.copyrightHolder, copyrightnotice: item.copyrightNotice, usageterms: item.usageTerms, ednote: item.edNote,
});

function readWire(bytes: Uint8Array, one: Case): Answer | null {
  // a verdict on an official JSON Schema is not this reader's matter
  if (one.tags?.some((tag) => tag.startsWith('validate-')) === true) return null;
  const items = parseWire(bytes, { contentType: one.headers?.['content-type'] });
  if (!items.ok) return { ok: false, error: items.fault.code };
  const [first] = items.value;
  return { ok: true, result: { ...(first === undefined ? {} : wireRecord(first)), entries: items.value.map(wireRecord) } };
}

function answer(one: Case, folder: string): Answer | null {
  const bytes = (): Uint8Array => readFileSync(join(folder, 'raw', one.file ?? ''));
  switch (one.kind) {
    case 'feed': case 'sitemap': case 'websub': return readFeed(bytes(), one);
    case 'encoding': return readEncoding(bytes(), one);
    case 'date': return { ok: true, result: { date: readTime(one.input ?? '', { language: languageTag(one.lang) }) } };
    case 'url': return { ok: true, result: { url: readAddress(one.op ?? '', one.input ?? '', one.base) } };
    case 'opml': return readOpml(bytes());
    case 'robots': return { ok: true, result: { allowed: isAllowed(bytes(), one.agent ?? '', one.url ?? '') } };
    case 'newsml-g2': case 'newsml-1.2': case 'nitf': case 'ninjs': case 'iptc7901': case 'anpa1312': return readWire(bytes(), one);
    default: return null;
  }
}

const feedsAt = (files: readonly string[]): string[] => files.map((file) => readFileSync(file).toString('utf8'));

/** CPU seconds of reading each text once, in the best of `rounds`. */
async function best(rounds: number, run: () => Promise<void> | void): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const started = cpuMilliseconds();
    await run();
    least = Math.min(least, cpuMilliseconds() - started);
  }
  return least / 1000;
}

async function speed(files: readonly string[]): Promise<void> {
  const parser = new Parser();
  // only feeds that rss-parser can read: it would be quick with the others
  const readable: { text: string; bytes: Uint8Array }[] = [];
  for (const text of feedsAt(files)) {
    try {
      await parser.parseString(text);
      readable.push({ text, bytes: Buffer.from(text) });
    } catch { /* not one it reads: see the passed cases */ }
  }
  const row = async (name: string, feeds: typeof readable): Promise<void> => {
    const megabytes = feeds.reduce((sum, { bytes }) => sum + bytes.length, 0) / 1e6;
    if (megabytes === 0) return;
    const rounds = 20;
    const ours = await best(rounds, () => { for (const { bytes } of feeds) parseFeed(bytes); });
    const alone = await best(rounds, async () => { for (const { text } of feeds) await parser.parseString(text); });
    console.log(`${name.padEnd(24)} ${String(feeds.length).padStart(4)} feeds ${megabytes.toFixed(1).padStart(6)} MB   parseFeed ${(megabytes / ours).toFixed(1).padStart(5)} MB/s ${(feeds.length / ours).toFixed(0).padStart(6)} /s   `
      + `rss-parser alone ${(megabytes / alone).toFixed(1).padStart(5)} MB/s ${(feeds.length / alone).toFixed(0).padStart(6)} /s   ratio ${(alone / ours).toFixed(2)}`);
  };
  console.log('speed, CPU time, best of 20, the real feeds rss-parser reads:');
  await row('of 60 kB and more', readable.filter(({ bytes }) => bytes.length >= 60_000));
  await row('smaller', readable.filter(({ bytes }) => bytes.length < 60_000));
  await row('all', readable);
}

export const feeds: Benchmark = {
  about: 'feeds, encodings, times, addresses, sitemaps: reads every case, and the speed against rss-parser alone (--texts: the texts of real feeds against the gold, letter for letter)',
  async run(run) {
    const folder = corpusFolder(run, 'feeds', 'Its cases are made from the public test suites of feedparser, gofeed, miniflux, feedsmith, SimplePie, the W3C feed validator, html5lib, Google robots.txt and IPTC.');
    if (folder === null) return 0;
    const given = jsonLinesFiles(folder).flatMap((file) => readJsonLines(file));
    const cases = given.map((row) => caseShape.parse(row));
    const rows: object[] = [];
    const left = new Map<string, number>();
    const slow: string[] = [];
    let slowest = { id: '', ms: 0 };
    const started = cpuMilliseconds();
    for (const one of cases) {
      const before = cpuMilliseconds();
      let read: Answer | null;
      try {
        read = answer(one, folder);
      } catch (error) {
        read = { ok: false, error: `threw: ${String(error)}` };
        console.log(`THREW on ${one.id}: ${String(error)}`);
      }
      const ms = cpuMilliseconds() - before;
      if (read === null) left.set(one.kind, (left.get(one.kind) ?? 0) + 1);
      else rows.push({ id: one.id, ms: Math.round(ms * 10) / 10, ...read });
      if (ms > slowest.ms) slowest = { id: one.id, ms };
      if (ms > 250) slow.push(`${one.id} (${ms.toFixed(0)} ms)`);
    }
    writeJsonLines(run.out, rows);
    if (run.flags['texts'] === true) {
      tellTextsAsGiven(given, rows);
      return 0;
    }
    console.log(`${rows.length} of ${cases.length} cases read in ${((cpuMilliseconds() - started) / 1000).toFixed(2)} s of CPU time; predictions in ${run.out}`);
    if (left.size > 0) console.log(`left out, because nothing here answers them (of ninjs: verdicts on the official JSON Schemas): ${[...left].map(([kind, count]) => `${kind} (${count})`).join(', ')}`);
    console.log(slow.length === 0 ? `none over 250 ms of CPU time; the slowest ${slowest.id} (${slowest.ms.toFixed(0)} ms)` : `over 250 ms: ${slow.join(', ')}`);
    await speed(cases.filter((one) => one.kind === 'feed' && one.real === true && one.file !== undefined && !one.suite.includes('json')).map((one) => join(folder, 'raw', one.file ?? '')).filter((file) => existsSync(file)));
    return 0;
  },
};
