import { appendFile, mkdtemp, readdir, readFile, rm, utimes } from 'node:fs/promises';
import { createReadStream, createWriteStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { WARCParser } from 'warcio';
import { PageArchive, writeWarc } from '../../src/archive/index.js';
import type { Fetched } from '../../src/fetch/index.js';
import { listed } from '../ledger/items.js';

const top = await mkdtemp(join(tmpdir(), 'dl-archive-'));
afterAll(() => rm(top, { recursive: true, force: true }));
let folders = 0;
const open = () => {
  folders += 1;
  const dir = join(top, String(folders));
  return { dir, archive: new PageArchive(dir) };
};

const fetched = (text: string, at: string, headers: Record<string, string> = {}): Fetched => ({
  url: 'https://wire.example/page', status: 200, notModified: false, headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
  bytes: new TextEncoder().encode(text), movedTo: null, validators: {}, freshSeconds: null, fetchedAt: at, elapsedMs: 5,
});
const { facts } = listed('item-one');
const collected = async <T>(all: AsyncIterable<T>): Promise<T[]> => {
  const list: T[] = [];
  for await (const each of all) list.push(each);
  return list;
};
const files = async (dir: string): Promise<string[]> => (await readdir(join(dir, 'bytes'), { recursive: true })).filter((name) => name.includes('.'));

test('a page comes back byte for byte, and the same bytes are kept once', async () => {
  const { dir, archive } = open();
  await archive.keep({ source: 'wire', item: 'item-one' }, facts, fetched('<p>Женева, 3 марта', '2026-11-20T06:00:00.000Z', { 'set-cookie': 'secret=1', 'content-encoding': 'gzip' }));
  await archive.keep({ source: 'other', item: 'item-two' }, facts, fetched('<p>Женева, 3 марта', '2026-11-20T07:00:00.000Z'));
  await archive.keep({ source: 'wire', item: 'item-one' }, facts, fetched('<p>Женева, 4 марта', '2026-11-21T06:00:00.000Z'));
  expect(await files(dir)).toHaveLength(2);
  const pages = await collected(archive.pages({ source: 'wire' }));
  expect(pages.map(({ item, at }) => [item, at])).toEqual([['item-one', '2026-11-20T06:00:00.000Z'], ['item-one', '2026-11-21T06:00:00.000Z']]);
  expect(pages[0]?.headers).toEqual({ 'content-type': 'text/html; charset=utf-8' });
  expect(new TextDecoder().decode(await archive.read(pages[0]?.hash ?? '') ?? undefined)).toBe('<p>Женева, 3 марта');
  expect((await archive.latest({ source: 'wire' })).map(({ at }) => at)).toEqual(['2026-11-21T06:00:00.000Z']);
  expect(await collected(archive.pages({ since: Date.parse('2026-11-20T06:30:00Z') }))).toHaveLength(2);
});

test('a line that a crash cut short costs that page and no other', async () => {
  const { dir, archive } = open();
  await archive.keep({ source: 'wire', item: 'item-one' }, facts, fetched('one', '2026-11-20T06:00:00.000Z'));
  await appendFile(join(dir, 'index', '2026-11-20.ndjson'), '{"at":"2026-11-20T06:30:00.000Z","sou\n');
  await archive.keep({ source: 'wire', item: 'item-two' }, facts, fetched('two', '2026-11-20T07:00:00.000Z'));
  expect((await collected(archive.pages())).map(({ item }) => item)).toEqual(['item-one', 'item-two']);
});

test('age and size bound what is kept, the oldest goes first', async () => {
  const { dir, archive } = open();
  const now = Date.parse('2026-11-23T12:00:00Z');
  for (let day = 10; day < 20; day += 1) {
    await archive.keep({ source: 'wire', item: `item-${day}` }, facts, fetched(`page ${day} ${'x'.repeat(day)}`, `2026-11-${day}T06:00:00.000Z`));
    const { hash } = (await archive.latest({})).find(({ item }) => item === `item-${day}`) ?? { hash: '' };
    await utimes(join(dir, 'bytes', hash.slice(0, 2), `${hash}.gz`), new Date(now), new Date(Date.parse(`2026-11-${day}T06:00:00Z`)));
  }
  const day = 86_400_000;
  expect(await archive.prune({ age: 365 * day, maxSize: 1e6 }, now)).toBe(0);
  await archive.prune({ age: 8 * day, maxSize: 1e6 }, now);
  expect(await files(dir)).toHaveLength(4);
  expect((await collected(archive.pages())).map(({ item }) => item)).toEqual(['item-15', 'item-16', 'item-17', 'item-18', 'item-19']);
  const { bytes } = await archive.size();
  await archive.prune({ age: 8 * day, maxSize: bytes - 1 }, now);
  expect(await files(dir)).toHaveLength(3);
  expect(await archive.read((await archive.latest({})).find(({ item }) => item === 'item-16')?.hash ?? '')).toBeNull();
});

test('what is written as WARC is read by a reader that is not ours', async () => {
  const { dir, archive } = open();
  await archive.keep({ source: 'wire', item: 'item-one' }, facts, fetched('<p>مرحبا', '2026-11-20T06:00:00.000Z', { 'x-odd': 'one\r\nWARC-Type: metadata' }));
  const file = join(dir, 'pages.warc.gz');
  expect(await writeWarc(archive, archive.pages(), createWriteStream(file))).toBe(1);
  const records = [];
  for await (const record of new WARCParser(createReadStream(file))) {
    records.push({ type: record.warcType, url: record.warcTargetURI, text: await record.contentText(), status: record.httpHeaders?.statusline, odd: record.httpHeaders?.headers.get('x-odd') });
  }
  expect(records).toMatchObject([{ type: 'warcinfo' }, { type: 'response', url: 'https://wire.example/page', text: '<p>مرحبا', status: 'HTTP/1.1 200 OK', odd: 'one WARC-Type: metadata' }]);
  // Gzip member by member: a reader may begin at any record.
  expect((await readFile(file)).subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
});
