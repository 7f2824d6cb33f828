import { inspect } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFetcher } from '../../src/fetch/index.js';
import type { Fetcher, FetchRequest } from '../../src/fetch/index.js';
import type { Outcome } from '../../src/fault.js';
import { body, endless, redirect, reset, silent, status, truncated } from '../http-replies.js';
import { startHttpServer, type HttpServer } from '../http-server.js';
import { startProxy, type TestProxy } from './proxy.js';

let server: HttpServer;
let fetcher: Fetcher;
let proxy: TestProxy | undefined;
beforeEach(async () => {
  server = await startHttpServer({ '/': body('through the proxy') });
  fetcher = createFetcher({ userAgent: 'Dateline/test', idleMs: 300, totalMs: 3_000, maxBytes: 100_000, maxRedirects: 1 });
});
afterEach(async () => {
  await fetcher.close();
  await server.close();
  await proxy?.close();
});
/** Everything that a log could write of a fault, causes and hidden properties included. */
const everything = (outcome: Outcome<unknown>): string => (outcome.ok ? '' : inspect(outcome.fault, { depth: 12, showHidden: true, maxStringLength: null, maxArrayLength: null }));
const SECRETS = { headers: { authorization: 'Bearer hush-hush', 'x-api-key': 'hush-hush' } } as const;

test.each([
  ['a 401', status(401)], ['a 500', status(500)], ['a reset', reset], ['silence', silent], ['an endless body', endless], ['a short body', truncated('x')],
  ['a circle', redirect('/fault?key=hush-hush')], ['an address with credentials', redirect('http://hush-hush:hush-hush@example.org/')],
])('%s tells no header, no query, no credentials', async (_, reply) => {
  server.route('/fault', reply);
  const outcome = await fetcher.get({ url: server.url('/fault?key=hush-hush#hush-hush'), allowPrivate: true, ...SECRETS });
  expect(outcome.ok).toBe(false);
  expect(everything(outcome)).not.toContain('hush-hush');
});

test('credentials within the address of a request are refused, and not repeated', async () => {
  const outcome = await fetcher.get({ url: `http://user:hush-hush@127.0.0.1:${server.port}/`, allowPrivate: true });
  expect(outcome).toMatchObject({ ok: false, fault: { code: 'url-credentials' } });
  expect(everything(outcome)).not.toContain('hush-hush');
});

const viaProxy = (request: Partial<FetchRequest>) => fetcher.get({ url: `http://wire.example:${server.port}/`, proxy: proxy?.url, ...request });

test('a proxy is used, with its credentials', async () => {
  proxy = await startProxy({ auth: 'user:hush-hush' });
  expect(await viaProxy({})).toMatchObject({ ok: true, value: { bytes: Buffer.from('through the proxy') } });
  expect(proxy.targets).toEqual([`wire.example:${server.port}`]);
  expect(server.seen[0]?.headers).not.toHaveProperty('proxy-authorization');
});

test('faults of a proxy do not tell where it is or how it is entered', async () => {
  proxy = await startProxy({ auth: 'user:hush-hush' });
  const { url } = proxy;
  const wrong = await viaProxy({ proxy: url.replace('user:', 'wrong:') });
  expect(wrong).toMatchObject({ ok: false, fault: { code: 'proxy-failed' } });
  await proxy.close();
  const gone = await viaProxy({ proxy: url });
  expect(gone).toMatchObject({ ok: false, fault: { code: 'proxy-failed', consequence: 'retry-later' } });
  const nonsense = await viaProxy({ proxy: 'hush-hush' });
  expect(nonsense).toMatchObject({ ok: false, fault: { code: 'proxy-invalid', consequence: 'misconfigured' } });
  for (const outcome of [wrong, gone, nonsense]) {
    expect(everything(outcome)).not.toContain('hush-hush');
    expect(everything(outcome)).not.toContain(new URL(url).host);
  }
});

test.each([['http://127.0.0.1/'], ['http://169.254.169.254/'], ['http://[::1]/'], ['http://2130706433/'], ['file:///etc/passwd'], ['http://example.org:25/']])(
  'what a proxy is asked for is guarded as far as it can be seen: %s', async (url) => {
    proxy = await startProxy();
    expect(await viaProxy({ url })).toMatchObject({ ok: false, fault: { consequence: 'give-up' } });
    expect(proxy.targets).toEqual([]);
  });
