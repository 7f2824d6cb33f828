import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sourceState, verify } from '../../src/ledger/index.js';
import type { StoryRecord } from '../../src/story/index.js';
import { FLOOD, htmlOf, newsItem, putFile } from '../folder/wire-files.js';
import { body } from '../http-replies.js';
import { startHttpServer } from '../http-server.js';
import { useRedis } from '../redis.js';
import { serve } from './service.js';

const { url: redisUrl, prefix } = useRedis();
const folder = await mkdtemp(join(tmpdir(), 'dl-wires-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const html = htmlOf(FLOOD);
const g2 = (version: number, options: Parameters<typeof newsItem>[2] = {}): string => newsItem('urn:wire:river', version, options);
const ninjs = JSON.stringify({ uri: 'urn:wire:bath', version: '1', type: 'text', language: 'de', headline: 'Das Bad ist offen', pubstatus: 'usable', body_xhtml: '<p>NEUSTADT, 23. November – Die Bürgermeisterin hat am Montag das Bad eröffnet, auf das die Stadt drei Jahre gewartet hatte.</p><p>„Endlich“, sagte sie vor den ersten Gästen, und sprang als Erste hinein.</p>' });
const teleprinter = '\u{1}abc0123 4 pl  42 ABC\r\nharbour/\r\n\u{2}\r\nHarbour crane back at work =\r\n\r\n   TARTUS, Nov 23 (ABC) - The great crane of the harbour worked again on Monday\r\nafter a month of repairs.\r\n\r\n   The first ship was unloaded in six hours, its captain said.\r\n\u{3}\r\n231000 Nov 26\r\n';

test('wire files are read, cut, delivered and moved; corrections and kills follow', async () => {
  const server = await startHttpServer({ '/latest': body(ninjs.replace('urn:wire:bath', 'urn:wire:http').replace('Das Bad ist offen', 'Das andere Bad ist offen').replaceAll('Bad', 'Museum'), { 'content-type': 'application/json' }) });
  afterAll(() => server.close());
  server.route('/linkless', body(`<rss version="2.0"><channel><title>Desk</title><item><guid isPermaLink="false">7</guid><title>Bakers bake again</title><description>${html.replaceAll('river', 'oven').replaceAll('<', '&lt;')}</description></item><item><guid isPermaLink="false">8</guid><title>Nothing but a title</title></item></channel></rss>`));
  const service = await serve(redisUrl, prefix, [
    { id: 'hot', kind: 'folder', path: folder, pattern: '*.*', interval: '300ms', language: 'en' },
    { id: 'http', url: server.url('/latest'), allowPrivate: true, interval: '500ms' },
    { id: 'linkless', url: server.url('/linkless'), allowPrivate: true, interval: '1h' },
  ]);
  const { redis, keys } = service;
  const stories = async (): Promise<StoryRecord[]> => {
    const dir = join(service.dir, 'stories');
    const files = (await readdir(dir).catch(() => [])).filter((name) => name.endsWith('.ndjson'));
    return (await Promise.all(files.map((name) => readFile(join(dir, name), 'utf8')))).flatMap((text) => text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as StoryRecord));
  };
  const put = (name: string, text: string): Promise<void> => putFile(folder, name, text);
  const river = async (): Promise<StoryRecord[]> => (await stories()).filter(({ itemId }) => itemId === 'urn:wire:river').sort((one, other) => one.version - other.version);
  const left = async (): Promise<string[]> => (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();

  await put('river-1.xml', g2(1));
  await put('bath.json', ninjs);
  await put('crane.txt', teleprinter);
  await put('noise.bin', '\u{3}no wire at all');
  await put('half.xml', g2(1).replace('urn:wire:river', 'urn:wire:half').slice(0, 700));
  await mkdir(join(folder, 'not-a-file.xml'));
  await expect.poll(async () => (await stories()).map(({ headline }) => headline ?? '').sort(), { timeout: 30_000 })
    .toEqual(['Bakers bake again', 'Das Bad ist offen', 'Das andere Museum ist offen', 'Harbour crane back at work', 'River cuts the port road']);
  await expect.poll(left, { timeout: 10_000 }).toEqual(['half.xml', 'not-a-file.xml']);
  expect((await readdir(join(folder, '.taken'))).sort()).toEqual(['bath.json', 'crane.txt', 'river-1.xml']);
  expect(await readFile(join(folder, '.unreadable', 'noise.bin.reason.txt'), 'utf8')).toContain('not-wire');

  const [first] = await river();
  expect(first).toMatchObject({ version: 1, status: 'usable', urgency: 2, language: { tag: 'en' }, source: { id: 'hot' }, dateline: { raw: expect.stringContaining('LATAKIA') as string } });
  expect(first?.body.text).toContain('two metres');

  // An item without an address is read from its feed; one without anything is no story.
  await expect.poll(() => service.told.flatMap(({ event, fields }) => (event === 'settled' && fields.source === 'linkless' && fields.reason !== undefined ? [fields.reason] : []))).toEqual(['no-link']);

  // A file put there again, word for word, is nothing new.
  await put('river-again.xml', g2(1));
  await put('river-2.xml', g2(2, { headline: 'River cuts the road to the old port', extra: '<signal qcode="sig:correction"/>' }));
  await put('river-3.xml', g2(3, { status: 'canceled' }));
  await expect.poll(async () => (await river()).map(({ version, status }) => [version, status]), { timeout: 30_000 }).toEqual([[1, 'usable'], [2, 'corrected'], [3, 'withdrawn']]);
  const [, corrected, killed] = await river();
  expect(corrected).toMatchObject({ id: first?.id, headline: 'River cuts the road to the old port' });
  // What was taken back is not told again.
  expect(killed).toMatchObject({ id: first?.id, body: { text: '' } });
  await expect.poll(left, { timeout: 10_000 }).toEqual(['half.xml', 'not-a-file.xml']);

  // The half file grows whole, as when a slow line is done.
  await writeFile(join(folder, 'half.xml'), g2(1, { headline: 'The whole of the half' }).replace('urn:wire:river', 'urn:wire:half').replaceAll('river', 'canal'));
  await expect.poll(async () => (await stories()).some(({ headline }) => headline === 'The whole of the half'), { timeout: 30_000 }).toBe(true);

  expect((await verify(redis, keys)).imbalances).toEqual([]);
  expect((await sourceState(redis, keys, 'hot')).trouble).toBeNull();
}, 120_000);
