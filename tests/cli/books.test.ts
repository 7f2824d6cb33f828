import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { redisKeys } from '../../src/queue/index.js';
import { giveUp } from '../../src/fault.js';
import { countPageLanguage, settleQuarantined, settleRejected, takeIn, type ItemFacts } from '../../src/ledger/index.js';
import { useRedis } from '../redis.js';
import { dateline } from './dateline.js';

const store = useRedis();
const keys = redisKeys(store.prefix);
let config = '';

beforeAll(async () => {
  config = await mkdtemp(join(tmpdir(), 'dateline-cli-'));
  await writeFile(join(config, 'sources.yaml'), 'sources:\n  - id: wire\n    url: https://news.example/feed\n    language: ar\n');
});
afterAll(() => rm(config, { recursive: true, force: true }));

const run = (...args: string[]) => dateline(['--config', config, ...args], { env: { DATELINE_REDIS_URL: store.url, DATELINE_REDIS_PREFIX: store.prefix } });

test('an empty house says so', async () => {
  expect((await run('quarantine', 'list')).stdout).toContain('Nothing is in quarantine.');
  expect((await run('ledger')).stdout).toContain('The books are empty.');
  expect((await run('status')).stdout).toMatch(/wire +0 +0[\s\S]*The books balance\./);
});

test('the books of a source, a job in quarantine, and its way back to work', async () => {
  const facts = (title: string): ItemFacts => ({
    id: title, url: `https://news.example/${title}`, address: `address-${title}`, title, summary: null, language: null, feedLanguage: 'ar', published: null, updated: null,
  });
  const listed = ['first-item', 'second-item', 'third-item'].map((item) => ({ item, mark: 'mark', facts: facts(item) }));
  const [rejected, quarantined] = await takeIn(store.redis, keys, 'wire', listed);
  if (rejected === undefined || quarantined === undefined) throw new Error('two items were to be taken in');
  await settleRejected(store.redis, keys, rejected, 'http-404');
  await settleQuarantined(store.redis, keys, quarantined, giveUp({ code: 'http-403', message: 'The host refuses us.', hint: 'Ask it why.' }), 6);

  const status = await run('status');
  expect(status.code).toBe(0);
  expect(status.stdout).toMatch(/wire +3 +0 +0 +0 +1 +1 +1 +yes/);
  const ledger = await run('ledger', '--source', 'wire');
  expect(ledger.stdout).toMatch(/wire +rejected +http-404 +1/);
  expect(ledger.stdout).toMatch(/wire +quarantined +http-403 +1/);
  expect((await run('ledger', 'verify')).stdout).toContain('The books balance: 3 items');

  const id = `article/wire/${quarantined.item}/1`;
  expect((await run('quarantine', 'list')).stdout).toMatch(new RegExp(`${id} .*http-403 +The host refuses us\\.`));
  const shown: unknown = JSON.parse((await run('quarantine', 'show', id)).stdout);
  expect(shown).toMatchObject({ id, code: 'http-403', hint: 'Ask it why.', attempts: 6, facts: { title: quarantined.item } });
  expect((await run('quarantine', 'show', 'article/wire/none/1')).code).toBe(1);
  expect((await run('quarantine', 'retry')).stderr).toContain('--all');
  expect((await run('quarantine', 'retry', id)).stdout).toContain('1 job goes on');
  expect((await run('quarantine', 'list')).stdout).toContain('Nothing is in quarantine.');
  expect((await run('status')).stdout).toMatch(/wire +3 +0 +0 +0 +1 +0 +2 +yes/);

  // A counter moved by hand: the recount must see it, and both commands must fail.
  await store.redis.hincrby(keys.books('wire'), 'n:delivered', 1);
  const verified = await run('ledger', 'verify');
  expect(verified.code).toBe(1);
  expect(verified.stdout).toMatch(/wire +delivered +1 +0/);
  expect((await run('status')).code).toBe(1);
  // A dozen commands, each a process of its own: seconds of CPU that a busy machine makes a minute.
}, 120_000);

test('a source that changes its language shows in the status', async () => {
  expect((await run('status')).stdout).not.toContain('changed its language');
  for (let page = 0; page < 40; page++) await countPageLanguage(store.redis, keys, 'wire', 'ar');
  const at = new Date('2026-11-23T12:00:00Z');
  for (let page = 0; page < 40; page++) await countPageLanguage(store.redis, keys, 'wire', 'fa', at);
  expect((await run('status')).stdout).toContain('wire changed its language: Arabic (ar) until 2026-11-23T12:00:00.000Z, Persian (fa) since.');
  expect(JSON.parse((await run('status', '--json')).stdout)).toMatchObject({
    sources: [{ id: 'wire', language: { usual: 'fa', changed: { from: 'ar', to: 'fa', at: at.toISOString() } } }],
  });
});
