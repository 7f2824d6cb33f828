import { serve as listen } from '@hono/node-server';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { createConsoleApp } from '../../src/console/app.js';
import { createCallback, hubTally } from '../../src/websub/index.js';
import { startHttpServer } from '../http-server.js';
import { useServices } from '../console/services.js';
import { useRedis } from '../redis.js';
import { serve } from '../service/service.js';

/** A port that is free now: the callback's address has to be known before the service that serves it. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

const store = useRedis();
const { url: redisUrl, prefix } = store;
const services = useServices(store);
const HOUR = 3_600_000;

test('a hub is subscribed to, verified, heard, renewed, and done without', { timeout: 60_000 }, async () => {
  const host = await startHttpServer();
  afterAll(() => host.close());
  const asked: URLSearchParams[] = [];
  const verified: { readonly status: number; readonly body: string }[] = [];
  let alive = true;
  const verify = async (form: URLSearchParams): Promise<void> => {
    const callback = new URL(form.get('hub.callback') ?? '');
    callback.search = new URLSearchParams({ 'hub.mode': 'subscribe', 'hub.topic': form.get('hub.topic') ?? '', 'hub.challenge': `c-${asked.length}`, 'hub.lease_seconds': '3600' }).toString();
    const answer = await fetch(callback);
    verified.push({ status: answer.status, body: await answer.text() });
  };
  host.route('/hub', async (request: IncomingMessage, response) => {
    const form = new URLSearchParams(await text(request));
    asked.push(form);
    response.writeHead(alive ? 202 : 500).end();
    if (alive) await verify(form);
  });
  host.route('/feed', (_, response) => response.writeHead(200, { 'content-type': 'application/atom+xml' }).end(
    `<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><id>urn:w</id><link rel="hub" href="${host.url('/hub')}"/><link rel="self" href="${host.url('/feed')}"/></feed>`));

  const port = await freePort();
  const service = await serve(redisUrl, prefix, [{ id: 'wire', url: host.url('/feed'), allowPrivate: true, interval: '1h' }], {
    roles: ['poll'], websub: { callbackUrl: `http://127.0.0.1:${port}/` },
  });
  const { redis, keys, due, subscriptions } = service;
  const app = createConsoleApp({
    services: { ...services, settings: { ...services.settings, console: { ...services.settings.console, token: 'a token of the console' } } }, callback: createCallback({ redis, keys, due, store: subscriptions, maxBytes: 1_000 }),
  });
  const server = listen({ fetch: app.fetch, hostname: '127.0.0.1', port });
  afterAll(() => void server.close());

  // Subscribed and verified, without the console's token.
  await expect.poll(() => verified.length, { timeout: 20_000 }).toBe(1);
  expect(verified[0]).toEqual({ status: 200, body: 'c-1' });
  const [form] = asked;
  const callback = form?.get('hub.callback') ?? '';
  const secret = form?.get('hub.secret') ?? '';
  expect(new URL(callback).pathname).toMatch(/^\/websub\/[\w-]{43}$/);
  expect(form?.get('hub.topic')).toBe(host.url('/feed'));
  const first = await subscriptions.of('wire');
  expect((first?.leaseEndsAt ?? 0) - Date.now()).toBeGreaterThan(0.9 * HOUR);

  // What was not asked for is not confirmed; other paths and the rest of the console stay shut.
  const query = (over: Record<string, string>): string => new URLSearchParams({ 'hub.mode': 'subscribe', 'hub.topic': host.url('/feed'), 'hub.challenge': 'x', 'hub.lease_seconds': '60', ...over }).toString();
  expect((await fetch(`${callback}?${query({})}`)).status).toBe(404);
  expect((await fetch(`${callback}?${query({ 'hub.mode': 'unsubscribe' })}`)).status).toBe(404);
  expect((await fetch(`http://127.0.0.1:${port}/websub/${'a'.repeat(43)}?${query({})}`)).status).toBe(404);
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(401);

  // A forged push is taken and does nothing; a signed one has the feed polled at once, an hour early.
  const push = async (body: string, signature?: string): Promise<number> =>
    (await fetch(callback, { method: 'POST', body, headers: signature === undefined ? {} : { 'x-hub-signature': signature } })).status;
  const sign = (body: string): string => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  const polls = host.count('/feed');
  expect(await push('<feed/>')).toBe(202);
  expect(await push('<feed/>', sign('<other/>'))).toBe(202);
  expect(await push('x'.repeat(1_001), sign('x'.repeat(1_001)))).toBe(413);
  await sleep(2_500);
  expect(host.count('/feed')).toBe(polls);
  expect(await push('<feed/>', sign('<feed/>'))).toBe(202);
  await expect.poll(() => host.count('/feed'), { timeout: 10_000 }).toBe(polls + 1);

  // The lease is renewed before its end, under the same path.
  await subscriptions.askAt('wire', Date.now());
  await expect.poll(() => verified.length, { timeout: 20_000 }).toBe(2);
  expect(verified[1]).toEqual({ status: 200, body: 'c-2' });
  expect((await subscriptions.of('wire'))?.leaseEndsAt).toBeGreaterThan(first?.leaseEndsAt ?? Infinity);
  expect(Number(await redis.zscore(keys.hubAsk, 'wire'))).toBeLessThan((await subscriptions.of('wire'))?.leaseEndsAt ?? 0);

  const tally = () => hubTally(redis, keys, subscriptions, Date.now());
  expect((await tally()).subscriptions).toEqual({ asked: 0, refused: 0, leased: 0, telling: 1 });
  // The hub will not serve us any more: what it sends after that wakes nobody.
  expect((await fetch(`${callback}?${query({ 'hub.mode': 'denied' })}`)).status).toBe(200);
  expect(await push('<feed/>', sign('<feed/>'))).toBe(202);
  expect(await tally()).toEqual({
    subscriptions: { asked: 0, refused: 1, leased: 0, telling: 0 },
    messages: {
      'verification:confirmed': 2, 'verification:denied': 1, 'verification:refused': 3,
      'push:taken': 1, 'push:forged': 2, 'push:without-lease': 1, 'push:unknown': 0, 'push:too-large': 1,
    },
  });

  const metrics = (await (await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { authorization: 'Bearer a token of the console' } })).text()).split('\n');
  expect(metrics).toEqual(expect.arrayContaining([
    'dateline_websub_subscriptions{state="refused"} 1', 'dateline_websub_subscriptions{state="telling"} 0', 'dateline_websub_verifications{result="confirmed"} 2',
    'dateline_websub_verifications{result="denied"} 1', 'dateline_websub_pushes{result="taken"} 1', 'dateline_websub_pushes{result="forged"} 2', 'dateline_websub_pushes{result="too-large"} 1',
  ]));

  // The hub fails: the next request waits, and the feed is polled as ever.
  alive = false;
  await subscriptions.askAt('wire', Date.now());
  await expect.poll(() => service.told.filter(({ event }) => event === 'trouble').length, { timeout: 20_000 }).toBe(1);
  expect(Number(await redis.zscore(keys.hubAsk, 'wire'))).toBeGreaterThan(Date.now() + 50_000);
  const before = host.count('/feed');
  await due.reschedule('wire', 0);
  await expect.poll(() => host.count('/feed'), { timeout: 10_000 }).toBe(before + 1);

  // A source taken out has no callback any more: its hub is told that it is gone.
  await service.writeSources([]);
  await expect.poll(() => service.sources.ids.length, { timeout: 10_000 }).toBe(0);
  await subscriptions.askAt('wire', Date.now());
  await expect.poll(() => subscriptions.of('wire'), { timeout: 10_000 }).toBeNull();
  expect(await push('<feed/>', sign('<feed/>'))).toBe(410);
  expect((await tally()).messages['push:unknown']).toBe(1);
});
