import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { body } from '../http-replies.js';
import { startHttpServer, type HttpServer } from '../http-server.js';
import { useRedis } from '../redis.js';
import { dateline } from './dateline.js';

const store = useRedis();
const opened = 'The old bridge over the river was opened again on Monday after two years of careful work by local masons.';
const shown = opened.replace('opened', 'shown');
const lit = opened.replace('opened', 'lit');
let config = '';
let server: HttpServer;

beforeAll(async () => {
  server = await startHttpServer({
    '/feed': (request, response) => response.end(`<rss version="2.0"><channel><title>Wire</title><item><guid>1</guid><title>Bridge reopens</title>
      <link>http://${request.headers.host ?? ''}/story</link><pubDate>${new Date().toUTCString()}</pubDate></item></channel></rss>`),
    '/story': body(`<html lang="en"><body><article><h1>Bridge reopens</h1><div id="lead"><p>${opened}</p></div><p>${shown}</p><p>${lit}</p></article></body></html>`,
      { 'content-type': 'text/html; charset=utf-8' }),
  });
  config = await mkdtemp(join(tmpdir(), 'dateline-rules-'));
  const source = (id: string, rules: string): string => `  - { id: ${id}, url: "${server.url('/feed')}", enabled: false, allowPrivate: true, rules: ${rules} }`;
  await writeFile(join(config, 'sources.yaml'), ['sources:', source('works', '{ body: "#lead" }'), source('stale', '{ body: "#gone", title: ".none" }')].join('\n'));
});
afterAll(async () => {
  await server.close();
  await rm(config, { recursive: true, force: true });
});

const check = async (id: string): Promise<{ readonly code: number | null; readonly row: string }> => {
  const { code, stdout } = await dateline(['--config', config, 'sources', 'check', id], { env: { DATELINE_REDIS_URL: store.url, DATELINE_REDIS_PREFIX: store.prefix } });
  return { code, row: stdout.trimEnd().split('\n').at(-1) ?? '' };
};
const characters = (row: string): number[] => Array.from(row.matchAll(/(\d+) characters/g), ([, count]) => Number(count));

test('check shows what the page gives with the rules of its source and without them', async () => {
  const { code, row } = await check('works');
  expect(code).toBe(0);
  expect(characters(row)).toEqual([opened.length, opened.length + shown.length + lit.length]);
  expect(row).toContain('without its rules');
});

test('check reads the page all the same where a rule matches nothing, and names the rule', async () => {
  const { code, row } = await check('stale');
  expect(code).toBe(0);
  const [withRules, without] = characters(row);
  expect(withRules).toBe(without);
  expect(row).toMatch(/#gone/);
  expect(row).toMatch(/\.none/);
});
