import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { changeUsers, digestOfSecret, withUser } from '../../src/access/index.js';
import { readAudit } from '../../src/console/access/audit.js';
import { createConsoleApp } from '../../src/console/app.js';
import { retryLater } from '../../src/fault.js';
import { dropQuarantined, listQuarantine, settleQuarantined } from '../../src/ledger/index.js';
import { takeOne } from '../ledger/items.js';
import { useRedis } from '../redis.js';
import { useServices } from './services.js';

const store = useRedis();
const dir = await mkdtemp(join(tmpdir(), 'dl-quarantine-'));
const usersFile = join(dir, 'users.yaml');
const services = useServices(store, { usersFile });
const { redis, keys } = services;
const app = createConsoleApp({ services });
const DAY_MS = 86_400_000;
const HOSTILE = `<script>alert(1)</script>\u202E${'x'.repeat(1_000_000)}`;
let turn = 0;

afterAll(() => rm(dir, { recursive: true, force: true }));
beforeAll(async () => {
  for (const role of ['editor', 'operator'] as const) await changeUsers(usersFile, (users) => withUser(users, { name: role, role, token: `sha256:${digestOfSecret(`secret of ${role}`)}` }));
});
beforeEach(async () => {
  for (const { id } of await listQuarantine(redis, keys)) await dropQuarantined(redis, keys, id);
  turn += 1;
  for (const [source, code, daysAgo] of [['north', 'http-500', 0], ['north', 'http-500', 3], ['north', 'timeout', 0], ['south', 'http-500', 0]] as const) {
    const ref = await takeOne(store, source, `item-${turn}-${code}-${daysAgo}`);
    await settleQuarantined(redis, keys, ref, retryLater({ code, message: HOSTILE, hint: HOSTILE }), 6);
    await redis.zadd(keys.quarantineTimes, 'XX', Date.now() - daysAgo * DAY_MS, `article/${source}/${ref.item}/${ref.revision}`);
  }
});

const as = (role: string) => ({ host: 'news.example', authorization: `Bearer secret of ${role}` });
const show = async (query: string, role = 'operator') => (await app.request(`/quarantine${query}`, { headers: as(role) })).text();
const post = (what: 'retry' | 'drop', fields: readonly (readonly [string, string])[], role = 'operator') =>
  app.request(`/quarantine/${what}`, { method: 'POST', headers: as(role), body: new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])) });
const left = async () => (await listQuarantine(redis, keys)).map(({ source, code }) => `${source} ${code}`).toSorted();

test.each([
  ['', 4], ['?source=north', 3], ['?reason=timeout', 1], ['?age=day', 3], ['?age=day-ago', 1], ['?source=north&reason=http-500&age=hour', 1], ['?age=nonsense', 4], ['?source=nobody', 0],
])('%s shows %i jobs, hostile text as text', async (query, count) => {
  const text = await show(query);
  expect(text.match(/type="checkbox"/g)?.length ?? 0).toBe(count);
  expect(text).not.toContain('<script>alert');
  expect(text.length).toBeLessThan(30_000);
});

test('one who may not act has nothing to tick, and is refused', async () => {
  expect(await show('', 'editor')).not.toContain('checkbox');
  expect((await post('drop', [['pick', 'all']], 'editor')).status).toBe(403);
  expect(await left()).toHaveLength(4);
});

test('what is ticked is acted on, and nothing else; the audit list tells', async () => {
  const [one, two] = await listQuarantine(redis, keys, { source: 'north' });
  const done = await post('drop', [['pick', 'ticked'], ['id', one?.id ?? ''], ['id', two?.id ?? ''], ['source', 'north'], ['until', '1']]);
  expect([done.status, done.headers.get('location')]).toEqual([303, '/quarantine?source=north']);
  expect(await left()).toHaveLength(2);
  const { entries } = await readAudit(redis, keys, { limit: 1 });
  expect(entries[0]).toMatchObject({ user: 'operator', action: 'quarantine.drop', outcome: 'done', target: expect.stringMatching(/^2 jobs: article\/north/) as string });
  expect((await post('retry', [['pick', 'ticked']])).status).toBe(422);
  expect(await left()).toHaveLength(2);
});

test('all that fit the filter are acted on, but not what failed after the page was made', async () => {
  const until = String(Date.now() - DAY_MS);
  await post('drop', [['pick', 'all'], ['source', 'north'], ['until', until]]);
  expect(await left()).toEqual(['north http-500', 'north timeout', 'south http-500']);
  await post('retry', [['pick', 'all'], ['reason', 'http-500'], ['until', String(Date.now() + 1_000)]]);
  expect(await left()).toEqual(['north timeout']);
});
