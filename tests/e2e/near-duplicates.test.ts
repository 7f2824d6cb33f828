import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { verify } from '../../src/ledger/index.js';
import { storyRecordSchema } from '../../src/story/index.js';
import { textOf } from '../duplicate/texts.js';
import { body } from '../http-replies.js';
import { startHttpServer } from '../http-server.js';
import { useRedis } from '../redis.js';
import { serve } from '../service/service.js';
import { linesIn } from '../sink/folder.js';

const { url: redisUrl, prefix } = useRedis();
const web = await startHttpServer();
afterAll(() => web.close());

const html = (title: string, text: string): string =>
  `<html lang="en"><head><title>${title}</title></head><body><article><h1>${title}</h1>${text.split('\n\n').map((paragraph) => `<p>${paragraph}</p>`).join('')}</article></body></html>`;
const wire = (id: string) => {
  web.route(`/${id}.xml`, body(`<rss version="2.0"><channel><title>${id}</title><item><title>${id}</title><link>${web.url(`/${id}.html`)}</link></item></channel></rss>`));
  return { id, url: web.url(`/${id}.xml`), allowPrivate: true, interval: '1s' };
};

test('agency copy that papers print cut and under their own headline is marked with its first publisher; a setting ends it', async () => {
  const sources = ['agency', 'paper', 'other', 'late'].map(wire);
  const copy = textOf(1, 8).split('\n\n');
  web.route('/agency.html', body(html('Council opens the mended bridge', copy.join('\n\n'))));
  web.route('/paper.html', body(html('Walkers return to our bridge', [...copy.slice(0, 5), textOf(50, 1)].join('\n\n'))));
  web.route('/other.html', body(html('Council opens the mended bridge', textOf(2, 8))));
  web.route('/late.html', body(html('Bridge: what the town says', copy.slice(0, 6).join('\n\n'))));
  const service = await serve(redisUrl, prefix, sources.slice(0, 1));
  const { redis, keys, dir } = service;
  const books = async () => (await verify(redis, keys)).books;
  const records = async () => (await linesIn(join(dir, 'stories')).catch(() => [])).map((line) => storyRecordSchema.parse(JSON.parse(line)));
  await expect.poll(async () => (await books()).get('agency')?.delivered, { timeout: 60_000 }).toBe(1);
  await service.writeSources(sources.slice(0, 3));
  await expect.poll(async () => [(await books()).get('paper')?.delivered, (await books()).get('other')?.delivered], { timeout: 60_000 }).toEqual([1, 1]);
  const [agency] = (await records()).filter(({ source }) => source.id === 'agency');
  const marks = (await records()).map(({ source, duplicateOf, cluster, firstPublisher }) => [source.id, duplicateOf, cluster, firstPublisher]);
  expect(marks).toContainEqual(['agency', undefined, undefined, undefined]);
  expect(marks).toContainEqual(['other', undefined, undefined, undefined]);
  expect(marks).toContainEqual(['paper', agency?.id, agency?.id, 'agency']);
  await service.stop();

  const ending = await serve(redisUrl, prefix, sources, { duplicates: { near: 'end' } }, dir);
  await expect.poll(async () => (await verify(ending.redis, keys)).books.get('late'), { timeout: 60_000 }).toMatchObject({ seen: 1, duplicate: 1, delivered: 0, balanced: true });
}, 150_000);
