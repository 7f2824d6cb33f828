import { inspect } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFetcher } from '../../src/fetch/index.js';
import type { Fetched, Fetcher, FetchRequest } from '../../src/fetch/index.js';
import { body, gzipped, inTurn, status, withEtag } from '../http-replies.js';
import { startHttpServer, type HttpServer } from '../http-server.js';

let server: HttpServer;
let fetcher: Fetcher;
beforeEach(async () => {
  server = await startHttpServer();
  fetcher = createFetcher({ userAgent: 'Dateline/test (+https://example.org/bot)' });
});
afterEach(async () => {
  await fetcher.close();
  await server.close();
});

const get = (path: string, request: Partial<FetchRequest> = {}) => fetcher.get({ url: server.url(path), allowPrivate: true, ...request });
async function fetched(path: string, request: Partial<FetchRequest> = {}): Promise<Fetched> {
  const outcome = await get(path, request);
  if (!outcome.ok) throw outcome.fault;
  return outcome.value;
}
const text = (page: Fetched): string => Buffer.from(page.bytes).toString();

test('a page comes with its bytes, headers, address and time', async () => {
  server.route('/page', body('<p>Дамаск</p>', { 'X-Many': ['a', 'b'], 'Set-Cookie': 'session=1' }));
  const page = await fetched('/page?id=7#part');
  expect(page).toMatchObject({ url: server.url('/page?id=7'), status: 200, notModified: false, movedTo: null, freshSeconds: null });
  expect(text(page)).toBe('<p>Дамаск</p>');
  expect(page.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'x-many': 'a, b' });
  expect(page.headers).not.toHaveProperty('set-cookie');
  expect(Date.parse(page.fetchedAt)).toBeGreaterThan(Date.now() - 10_000);
  expect(page.elapsedMs).toBeGreaterThanOrEqual(0);
});

test('requests say who asks, what is accepted, and carry the headers of the source', async () => {
  server.route('/', body(''));
  await fetched('/', { accept: 'application/rss+xml', headers: { Authorization: 'Bearer secret', 'X-Wire': 'yes' } });
  expect(server.seen[0]?.headers).toMatchObject({
    'user-agent': 'Dateline/test (+https://example.org/bot)', accept: 'application/rss+xml', 'accept-encoding': 'gzip, br, deflate',
    authorization: 'Bearer secret', 'x-wire': 'yes',
  });
  expect(server.seen[0]?.headers).not.toHaveProperty('if-none-match');
  await fetched('/', { headers: { 'User-Agent': 'Wire reader' } });
  expect(server.seen[1]?.headers['user-agent']).toBe('Wire reader');
});

test('a header that cannot be sent, or belongs to the connection, is named without its value', async () => {
  for (const headers of [{ 'X Bad': 'secret' }, { 'X-Bad': 'secret\r\nHost: other' }, { Host: 'secret' }, { 'Content-Length': '5' }] as const) {
    const outcome = await get('/', { headers });
    expect(outcome).toMatchObject({ ok: false, fault: { code: 'header-invalid', consequence: 'misconfigured' } });
    expect(inspect(outcome)).not.toContain('secret');
  }
  expect(server.count()).toBe(0);
});

test('compressed pages are unfolded', async () => {
  server.route('/', gzipped('unfolded '.repeat(1_000)));
  expect(text(await fetched('/'))).toHaveLength(9_000);
});

test('validators go back byte for byte, and a 304 keeps them', async () => {
  const etag = 'W/"a\u00e9, b"';
  const lastModified = 'Tue, 03 Nov 2026 10:00:00 GMT';
  server.route('/feed', withEtag('<rss/>', etag, { 'last-modified': lastModified }));
  const first = await fetched('/feed');
  expect(first.validators).toEqual({ etag, lastModified });
  const second = await fetched('/feed', { validators: first.validators });
  expect(server.seen[1]?.headers).toMatchObject({ 'if-none-match': etag, 'if-modified-since': lastModified });
  expect(second).toMatchObject({ status: 304, notModified: true, validators: first.validators });
  expect(second.bytes).toHaveLength(0);

  server.route('/bare', status(304));
  expect((await fetched('/bare', { validators: { etag: '"1"' } })).validators).toEqual({ etag: '"1"', lastModified: undefined });
  expect(await get('/bare')).toMatchObject({ ok: false, fault: { code: 'http-304', consequence: 'retry-later' } });
});

test('validators that could not be sent back are not kept', async () => {
  server.route('/long', body('', { etag: `"${'x'.repeat(2_000)}"` }));
  expect((await fetched('/long')).validators.etag).toBeUndefined();
  server.route('/', body(''));
  await fetched('/', { validators: { etag: '"a\nb"', lastModified: '' } });
  expect(server.seen.at(-1)?.headers).not.toHaveProperty('if-none-match');
});

test('freshness is what remains of it', async () => {
  server.route('/', body('', { 'cache-control': 'public, max-age=600', age: '100' }));
  expect((await fetched('/')).freshSeconds).toBeGreaterThan(495);
  expect((await fetched('/')).freshSeconds).toBeLessThanOrEqual(500);
});

test.each([
  [404, 'give-up'], [410, 'give-up'], [451, 'give-up'], [400, 'give-up'], [402, 'give-up'], [403, 'give-up'], [418, 'give-up'],
  [401, 'misconfigured'], [407, 'misconfigured'],
  [408, 'retry-later'], [421, 'retry-later'], [425, 'retry-later'], [429, 'retry-later'], [500, 'retry-later'], [502, 'retry-later'], [503, 'retry-later'],
  [504, 'retry-later'], [520, 'retry-later'], [599, 'retry-later'],
  [202, 'retry-later'], [204, 'retry-later'], [206, 'retry-later'], [300, 'give-up'], [301, 'give-up'],
])('HTTP %i means %s', async (code, consequence) => {
  server.route('/', status(code));
  const outcome = await get('/?token=secret');
  expect(outcome).toMatchObject({ ok: false, fault: { code: `http-${code}`, consequence, retryAfterMs: undefined } });
  if (outcome.ok) return;
  expect(outcome.fault.message).toContain(`(HTTP ${code})`);
  expect(outcome.fault.message).not.toMatch(/secret|\n/);
});

test('Retry-After is kept as a floor, in seconds and as a date', async () => {
  server.route('/', inTurn(status(429, { 'retry-after': '120' }), status(503, { 'retry-after': new Date(Date.now() + 3_600_000).toUTCString() })));
  const seconds = await get('/');
  const date = await get('/');
  expect(seconds).toMatchObject({ fault: { code: 'http-429', retryAfterMs: 120_000 } });
  expect(date.ok ? 0 : date.fault.retryAfterMs).toBeGreaterThan(3_590_000);
  expect(date.ok ? 0 : date.fault.retryAfterMs).toBeLessThanOrEqual(3_600_000);
});

test('a challenge for browsers is named', async () => {
  server.route('/', status(403, { 'cf-mitigated': 'challenge' }, '<html>Just a moment...</html>'));
  const outcome = await get('/');
  expect(outcome.ok ? '' : outcome.fault.hint).toContain('challenge');
});

test('connections are used again, after errors and redirects too', async () => {
  const ports = new Set<number | undefined>();
  const remember: typeof server.route = (path, reply) => server.route(path, (request, response) => {
    ports.add(request.socket.remotePort);
    return reply(request, response);
  });
  remember('/missing', status(404, {}, 'no'));
  remember('/there', body('yes'));
  for (let turn = 0; turn < 5; turn += 1) {
    await get('/missing');
    await get('/there');
  }
  expect(ports.size).toBeLessThanOrEqual(2);
});

test('the host closing an idle connection costs nothing', async () => {
  server.route('/', (request, response) => {
    response.end('ok');
    setTimeout(() => request.socket.destroy(), 20);
  });
  for (let turn = 0; turn < 5; turn += 1) {
    expect((await fetched('/')).status).toBe(200);
    await new Promise((resolve) => { setTimeout(resolve, 20); });
  }
});
