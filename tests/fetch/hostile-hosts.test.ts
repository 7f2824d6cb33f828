import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFetcher } from '../../src/fetch/index.js';
import type { Fetcher, FetcherOptions, FetchRequest } from '../../src/fetch/index.js';
import { body, endless, generated, gzipBomb, gzipped, reset, silent, slow, truncated } from '../http-replies.js';
import { startHttpServer, type HttpServer } from '../http-server.js';

let server: HttpServer;
let fetcher: Fetcher;
beforeEach(async () => {
  server = await startHttpServer();
  use({});
});
afterEach(async () => {
  await fetcher.close();
  await server.close();
});
const use = (options: Partial<FetcherOptions>): void => {
  fetcher = createFetcher({ userAgent: 'Dateline/test', idleMs: 300, totalMs: 4_000, maxBytes: 1_000_000, ...options });
};
const get = (path: string, request: Partial<FetchRequest> = {}) => fetcher.get({ url: server.url(path), allowPrivate: true, ...request });

test('a host that takes the request and says nothing', async () => {
  server.route('/', silent);
  expect(await get('/')).toMatchObject({ ok: false, fault: { code: 'timeout-idle', consequence: 'retry-later' } });
});

test('a body that stops half-way', async () => {
  server.route('/', slow({ chunks: ['one', 'two', 'three'], gapMs: 100 }));
  expect(await get('/')).toMatchObject({ ok: true });
  server.route('/', slow({ chunks: ['one', 'two'], gapMs: 1_900 }));
  expect(await get('/')).toMatchObject({ fault: { code: 'timeout-idle' } });
});

test('a trickle that is never silent for long ends with the total time', async () => {
  await fetcher.close();
  use({ totalMs: 500 });
  server.route('/', slow({ chunks: Array.from({ length: 100 }, () => 'x'), gapMs: 50 }));
  const started = performance.now();
  expect(await get('/')).toMatchObject({ fault: { code: 'timeout-total', consequence: 'retry-later' } });
  expect(performance.now() - started).toBeLessThan(1_900);
});

test('the caller may stop a request at any time', async () => {
  server.route('/', slow({ chunks: Array.from({ length: 100 }, () => 'x'), gapMs: 50 }));
  expect(await get('/', { signal: AbortSignal.timeout(100) })).toMatchObject({ fault: { code: 'request-stopped', consequence: 'retry-later' } });
  expect(await get('/', { signal: AbortSignal.abort() })).toMatchObject({ fault: { code: 'request-stopped' } });
  expect(server.count()).toBe(1);
});

test('bodies over the bound are left where they pass it: announced, endless, a gigabyte, a bomb', async () => {
  server.route('/announced', generated(2_000_000, { 'content-length': 2_000_000 }));
  server.route('/gigabyte', generated(1_000_000_000));
  server.route('/endless', endless);
  server.route('/bomb', gzipBomb(1_000_000_000));
  const before = process.memoryUsage().arrayBuffers;
  for (const path of ['/announced', '/gigabyte', '/endless', '/bomb']) {
    expect(await get(path)).toMatchObject({ ok: false, fault: { code: 'too-large', consequence: 'give-up' } });
  }
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000);
});

test('the bound of a request goes before the general one', async () => {
  server.route('/', body('x'.repeat(1_000)));
  expect(await get('/', { maxBytes: 1_000 })).toMatchObject({ ok: true });
  expect(await get('/', { maxBytes: 999 })).toMatchObject({ fault: { code: 'too-large' } });
});

test('resets and early ends', async () => {
  server.route('/reset', reset);
  server.route('/cut', truncated('half a page'));
  expect(await get('/reset')).toMatchObject({ fault: { code: 'connection-lost', consequence: 'retry-later' } });
  expect(await get('/cut')).toMatchObject({ fault: { code: 'connection-lost', consequence: 'retry-later' } });
});

test('a broken or missing compression', async () => {
  server.route('/plain', body('<p>plain</p>', { 'content-encoding': 'gzip' }));
  server.route('/zstd', body('x', { 'content-encoding': 'zstd' }));
  server.route('/br', body('<html>this is no brotli</html>', { 'content-encoding': 'br' }));
  server.route('/cut', (request, response) => gzipped('')(request, response));
  expect(await get('/plain')).toMatchObject({ ok: true, value: { bytes: Buffer.from('<p>plain</p>') } });
  expect(await get('/zstd')).toMatchObject({ fault: { code: 'body-unreadable' } });
  expect(await get('/br')).toMatchObject({ fault: { code: 'body-unreadable', consequence: 'retry-later' } });
});

test('headers are bounded', async () => {
  server.route('/', body('', { 'x-large': 'x'.repeat(40_000) }));
  server.route('/many', body('', Object.fromEntries(Array.from({ length: 5_000 }, (_, number) => [`x-${number}`, 'x']))));
  expect(await get('/')).toMatchObject({ fault: { code: 'headers-too-large', consequence: 'give-up' } });
  expect(await get('/many')).toMatchObject({ fault: { code: 'headers-too-large' } });
});

test('header names of JavaScript objects do no harm', async () => {
  server.route('/', (_, response) => {
    response.socket?.end('HTTP/1.1 200 OK\r\n__proto__: x\r\nconstructor: y\r\nContent-Length: 2\r\n\r\nok');
  });
  const outcome = await get('/');
  expect(outcome).toMatchObject({ ok: true });
  expect(outcome.ok && Object.getPrototypeOf(outcome.value.headers) !== 'x' && typeof {}.constructor).toBe('function');
});

/** A host that speaks bytes, not HTTP. */
async function rawHost(talk: (socket: Socket) => void): Promise<{ url: string; server: Server }> {
  const host = createServer((socket) => {
    socket.on('error', () => undefined);
    talk(socket);
  });
  await new Promise<void>((resolve) => { host.listen(0, '127.0.0.1', resolve); });
  const address = host.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`, server: host };
}

test.each([
  ['no HTTP at all', (socket: Socket) => socket.end('220 mail.example.org ESMTP\r\n'), 'http-unreadable'],
  ['an empty answer', (socket: Socket) => socket.end(), 'connection-lost'],
  ['two lengths', (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nokk'), 'connection-lost'],
  ['bad chunks', (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nok\r\n'), 'http-unreadable'],
  ['headers without end', (socket: Socket) => {
    const timer = setInterval(() => socket.write(`x-header: ${'y'.repeat(1_000)}\r\n`), 1);
    socket.write('HTTP/1.1 200 OK\r\n');
    socket.once('close', () => clearInterval(timer));
  }, 'headers-too-large'],
])('%s', async (_, talk, code) => {
  const host = await rawHost(talk);
  const outcome = await fetcher.get({ url: host.url, allowPrivate: true });
  host.server.close();
  expect(outcome).toMatchObject({ ok: false, fault: { code } });
});

test('a port where nothing listens, a name nobody knows', async () => {
  const gone = await startHttpServer();
  await gone.close();
  expect(await fetcher.get({ url: gone.url('/'), allowPrivate: true })).toMatchObject({ fault: { code: 'connection-refused', consequence: 'retry-later' } });
  expect(await fetcher.get({ url: 'http://no-such-host.invalid/' })).toMatchObject({ ok: false, fault: { code: expect.stringMatching(/^dns-/) as string, consequence: 'retry-later' } });
});
