import { afterAll, expect, test } from 'vitest';
import { createDispatchers, resolveBySystem } from '../../src/fetch/index.js';
import { signingKey, signWebhook, verifyWebhook } from '../../src/sink/index.js';
import { webhookBody, webhookSink } from '../../src/sink/webhook.js';
import { batchOf } from './folder.js';
import { ID, storyOf } from './kinds.js';
import { startReceiver } from './servers/receiver.js';

const receiver = await startReceiver();
const dispatchers = createDispatchers({ connectMs: 1_000, idleMs: 1_000, maxHeaderBytes: 65_536, connectionsPerOrigin: 4, resolve: resolveBySystem });
afterAll(async () => {
  await dispatchers.close();
  await receiver.http.close();
});
const settings = { enabled: true, url: receiver.url, secrets: [receiver.secret], allowPrivate: true, format: 'dateline', only: null, except: null, concurrency: null, batch: null, timeout: 1_000, maxBacklog: 1, maxBacklogSize: 1 } as const;
const sinkOf = (change: { readonly allowPrivate?: boolean; readonly secrets?: string[] } = {}) => webhookSink('hook', { ...settings, secrets: [...settings.secrets], ...change }, dispatchers);

test.each<[number, string, string, Record<string, string>]>([
  [301, 'misconfigured', 'sink-http-301', { location: '/elsewhere' }],
  [400, 'give-up', 'sink-http-400', {}],
  [401, 'misconfigured', 'sink-http-401', {}],
  [404, 'misconfigured', 'sink-http-404', {}],
  [409, 'retry-later', 'sink-http-409', {}],
  [410, 'give-up', 'sink-gone', {}],
  [413, 'give-up', 'sink-http-413', {}],
  [422, 'give-up', 'sink-http-422', {}],
  [429, 'retry-later', 'sink-throttled', {}],
  [500, 'retry-later', 'sink-http-500', {}],
  [503, 'retry-later', 'sink-http-503', {}],
  [503, 'retry-later', 'sink-throttled', { 'retry-after': '7' }],
])('%i is %s (%s)', async (status, consequence, code, headers) => {
  receiver.script(() => ({ status, headers }));
  const pushed = await sinkOf().deliver(batchOf('one', [storyOf('a0')], ''));
  expect(pushed).toMatchObject({ ok: false, fault: { consequence, code } });
  expect(receiver.http.count('/elsewhere')).toBe(0);
});

test('Retry-After is kept, within an hour', async () => {
  receiver.script(() => ({ status: 429, headers: { 'retry-after': '7' } }));
  expect(await sinkOf().deliver(batchOf('one', [storyOf('a0')], ''))).toMatchObject({ fault: { retryAfterMs: 7_000 } });
  receiver.script(() => ({ status: 429, headers: { 'retry-after': '999999' } }));
  expect(await sinkOf().deliver(batchOf('one', [storyOf('a0')], ''))).toMatchObject({ fault: { retryAfterMs: 3_600_000 } });
});

test('after a failure in the middle of a page only the rest is sent, each attempt under the same id and with a signature of its own', async () => {
  receiver.script((id) => (id.startsWith(`${ID}m2`) ? { status: 500 } : null));
  const stories = [storyOf('m1'), storyOf('m2'), storyOf('m3')];
  const first = batchOf('page', stories, '');
  expect((await sinkOf().deliver(first)).ok).toBe(false);
  receiver.script(() => null);
  expect((await sinkOf().deliver(batchOf('page', stories, first.marks.at(-1) ?? '', true))).ok).toBe(true);
  const ids = receiver.attempts.map(({ id }) => id).filter((id) => id.startsWith(`${ID}m`)).map((id) => id.slice(-4));
  expect(ids).toEqual(['m1.1', 'm2.1', 'm2.1', 'm3.1']);
});

test('a private address is not reached unless that is allowed', async () => {
  const before = receiver.attempts.length;
  expect(await sinkOf({ allowPrivate: false }).deliver(batchOf('one', [storyOf('p0')], ''))).toMatchObject({ ok: false, fault: { consequence: 'misconfigured', code: 'address-refused' } });
  expect(receiver.attempts.length).toBe(before);
});

test('a secret that is none is for a person to mend, and is not told', async () => {
  const begun = await sinkOf({ secrets: ['whsec_short'] }).begin();
  expect(begun).toMatchObject({ ok: false, fault: { consequence: 'misconfigured', code: 'secret-unfit' } });
  expect(JSON.stringify(begun)).not.toContain('whsec_short');
});

const key = signingKey(receiver.secret) ?? Buffer.alloc(0);
const NOW = 1_700_000_000_000;

test('the signature is that of the standard: HMAC-SHA256 over id, time and body', () => {
  const headers = signWebhook([Buffer.from('plain key of sixteen or more')], 'msg_1', '{"a":1}', NOW);
  expect(headers).toMatchObject({ 'webhook-id': 'msg_1', 'webhook-timestamp': '1700000000' });
  expect(headers['webhook-signature']).toMatch(/^v1,[A-Za-z0-9+/]{43}=$/);
});

test('what was changed, is old, or was signed with another key is refused; of two keys either will do', () => {
  const old = Buffer.from('another key of sixteen or more');
  const headers = { ...signWebhook([old, key], 'id', 'body', NOW) };
  expect(verifyWebhook(key, headers, 'body', NOW)).toBe(true);
  expect(verifyWebhook(old, headers, 'body', NOW)).toBe(true);
  expect(verifyWebhook(key, headers, 'Body', NOW)).toBe(false);
  expect(verifyWebhook(key, { ...headers, 'webhook-id': 'other' }, 'body', NOW)).toBe(false);
  expect(verifyWebhook(Buffer.from('a third key of sixteen or more'), headers, 'body', NOW)).toBe(false);
  expect(verifyWebhook(key, headers, 'body', NOW + 300_001)).toBe(false);
  expect(verifyWebhook(key, headers, 'body', NOW - 301_000)).toBe(false);
  expect(verifyWebhook(key, {}, 'body', NOW)).toBe(false);
});

test.each<[string, Parameters<typeof storyOf>[2], number]>([
  ['story.published', {}, 1], ['story.updated', {}, 2], ['story.corrected', { status: 'corrected' }, 2], ['story.withdrawn', { status: 'withdrawn' }, 3],
])('%s', (type, change, version) => {
  expect(JSON.parse(webhookBody(storyOf('t0', version, change)))).toMatchObject({ type, timestamp: '2026-11-23T10:05:00.000Z', data: { version } });
});
