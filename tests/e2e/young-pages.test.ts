import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { storyRecordSchema, type StoryRecord } from '../../src/story/index.js';
import { reaskBacklog, verify } from '../../src/ledger/index.js';
import { body, inTurn, redirect, status, withEtag } from '../http-replies.js';
import { startHttpServer } from '../http-server.js';
import { useRedis } from '../redis.js';
import { linesIn } from '../sink/folder.js';
import { serve } from '../service/service.js';

const { url: redisUrl, prefix } = useRedis();
const web = await startHttpServer();
afterAll(() => web.close());

const story = (place: string, text = 'for the first time in three years'): string =>
  `<p>${place.toUpperCase()}, March 3 (Reuters) - Walkers crossed the mended bridge of ${place} on Tuesday ${text}, the town said in a statement.</p>
   <p>Engineers of ${place} had replaced every cable and painted the towers in the colour that the schools had voted for.</p>`;
const page = (title: string, content: string): string => `<html lang="en"><head><title>${title}</title></head><body><article><h1>${title}</h1>${content}</article></body></html>`;
const single = (place: string, text?: string): string => page(`Bridge of ${place} opens to walkers again`, story(place, text));

const BRIEFS = [
  '<h2>Harbour ferry gets a new engine from the island yard</h2><p>ODENSE, March 3 (Ritzau) - The harbour ferry got a new engine on Tuesday, the island yard said, and will sail again from Friday.</p><p>The old engine goes to the museum of ships, where pupils may take it apart under the eyes of two retired mechanics.</p>',
  '<h2>Town hall bees gather a record of honey in one spring</h2><p>AARHUS, March 3 (Ritzau) - The bees on the roof of the town hall gathered forty kilos of honey this spring, the keeper said on Tuesday.</p><p>The jars will be given to newly married couples together with a bag of seeds for their balconies and gardens.</p>',
  '<h2>Owls move into the restored church tower of the old village</h2><p>RIBE, March 3 (Ritzau) - A pair of barn owls has moved into the restored tower of the village church, the parish said on Tuesday.</p><p>A camera shows the nest on the parish website, and the bells ring more softly than before.</p>',
];
const briefs = (...order: readonly number[]): string => page('News in brief', order.map((at) => BRIEFS[at] ?? '').join(''));

test('pages of young stories are asked again: what changed, moved, vanished or came back is told, and nothing else', async () => {
  web.route('/steady.html', withEtag(single('Aleppo'), '"one"'));
  web.route('/same.html', body(single('Homs')));
  let asked = 0;
  web.route('/counter.html', (request, response) => {
    asked += 1;
    body(single('Hama').replace('</h1>', `</h1><p>${asked * 7} views</p><!-- ${asked} -->`))(request, response);
  });
  web.route('/corrected.html', inTurn(body(single('Idlib')), body(single('Idlib', 'for the first time in four years'))));
  web.route('/gone.html', inTurn(body(single('Raqqa')), status(410)));
  web.route('/lost.html', inTurn(body(single('Daraa')), status(404)));
  web.route('/flaky.html', inTurn(body(single('Tartus')), status(404), body(single('Tartus'))));
  web.route('/moved.html', inTurn(body(single('Latakia')), redirect('/moved-here.html', 301)));
  web.route('/moved-here.html', body(single('Latakia')));
  web.route('/briefs.html', inTurn(body(briefs(0, 1, 2)), body(briefs(2, 0, 1)), body(briefs(2, 1))));
  const paths = ['steady', 'same', 'counter', 'corrected', 'gone', 'lost', 'flaky', 'moved', 'briefs'].map((name) => `/${name}.html`);
  web.route('/feed', body(`<rss version="2.0"><channel><title>W</title>${paths.map((path) => `<item><title>Item at ${path}</title><link>${web.url(path)}</link><guid>${web.url(path)}</guid></item>`).join('')}</channel></rss>`));

  const service = await serve(redisUrl, prefix, [{ id: 'wire', url: web.url('/feed'), allowPrivate: true, interval: '5s' }], {
    reask: { after: ['300ms', '1500ms', '3s'], missing: '300ms', perHost: 20 },
  });
  const { redis, keys } = service;
  const records = async (): Promise<StoryRecord[]> => (await linesIn(join(service.dir, 'stories')).catch(() => [])).map((line) => storyRecordSchema.parse(JSON.parse(line)));
  const of = async (path: string): Promise<StoryRecord[]> => (await records()).filter(({ itemId }) => itemId === web.url(path));
  const books = async () => (await verify(redis, keys)).books.get('wire');

  await expect.poll(async () => (await books())?.delivered ?? 0, { timeout: 60_000 }).toBe(9);
  await expect.poll(async () => (await books())?.seen, { timeout: 60_000 }).toBe(9 + 4);
  await expect.poll(() => reaskBacklog(redis, keys), { timeout: 60_000 }).toBe(0);
  await expect.poll(async () => (await books())?.inFlight, { timeout: 30_000 }).toBe(0);

  for (const quiet of ['steady', 'same', 'counter', 'flaky', 'moved']) expect([quiet, (await of(`/${quiet}.html`)).length]).toEqual([quiet, 1]);
  const [first, second, ...rest] = await of('/corrected.html');
  expect(rest).toEqual([]);
  expect(second).toMatchObject({ id: first?.id, version: 2, previousVersion: 1, changes: { fields: ['text'], blocks: { kept: 1, added: 1, removed: 1 } } });
  expect(second?.body.text).toContain('four years');

  const withdrawals = async (path: string): Promise<unknown[]> => (await of(path)).map(({ version, status: is, withdrawal, headline }) => [version, is, withdrawal, headline]);
  expect(await withdrawals('/gone.html')).toEqual([[1, 'usable', undefined, 'Bridge of Raqqa opens to walkers again'], [2, 'withdrawn', 'http-410', 'Bridge of Raqqa opens to walkers again']]);
  expect(await withdrawals('/lost.html')).toEqual([[1, 'usable', undefined, 'Bridge of Daraa opens to walkers again'], [2, 'withdrawn', 'http-404', 'Bridge of Daraa opens to walkers again']]);
  expect(web.count('/gone.html')).toBe(2);

  const told = await of('/briefs.html');
  const ids = told.slice(0, 3).map(({ id }) => id);
  expect(new Set(ids).size).toBe(3);
  expect(told.slice(3)).toMatchObject([{ id: ids[0], version: 2, status: 'withdrawn', withdrawal: 'left-the-page', headline: 'Harbour ferry gets a new engine from the island yard' }]);

  // The page that gives validators is asked with them, and costs no body.
  const steady = web.seen.filter(({ path }) => path === '/steady.html');
  expect(steady.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"one"', '"one"', '"one"']);
  const verdict = await verify(redis, keys);
  expect(verdict.imbalances).toEqual([]);
  expect(verdict.books.get('wire')).toMatchObject({ seen: 13, delivered: 13, rejected: {}, quarantined: {}, balanced: true });
  const again = z.record(z.string(), z.number()).parse(verdict.books.get('wire')?.again);
  expect(again).toMatchObject({ 'not-modified': 3, unchanged: 4, changed: 2, withdrawn: 2, missing: 2, gone: 2 });
  expect(Object.keys(again).filter((name) => name.startsWith('failed'))).toEqual([]);
  expect(await redis.hlen(keys.young('wire'))).toBe(0);
}, 150_000);
