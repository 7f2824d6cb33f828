import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFetcher, type Fetcher } from '../../src/fetch/index.js';
import { redirect, status } from '../http-replies.js';
import { startHttpServer, type HttpServer } from '../http-server.js';

let server: HttpServer;
let fetcher: Fetcher;
const bodies: string[] = [];
beforeAll(async () => {
  fetcher = createFetcher({ userAgent: 'Dateline/test', totalMs: 3_000 });
  server = await startHttpServer({
    '/form': async (request, response) => {
      bodies.push(`${request.headers['content-type'] ?? ''} ${await text(request)}`);
      response.writeHead(202).end();
    },
    '/moved': redirect('/form', 307), '/other': redirect('/form', 302), '/busy': status(503, { 'retry-after': '60' }),
    '/inside': redirect('http://10.0.0.1/', 307),
  });
});
afterAll(() => Promise.all([fetcher.close(), server.close()]));
const post = (path: string, allowPrivate = true) => fetcher.post({ url: server.url(path), form: { 'hub.mode': 'subscribe', text: 'é & a' }, allowPrivate });
const SENT = 'application/x-www-form-urlencoded hub.mode=subscribe&text=%C3%A9+%26+a';

test('a form arrives, also behind a redirect that keeps the method', async () => {
  expect(await post('/form')).toEqual({ ok: true, value: { status: 202 } });
  expect(await post('/moved')).toMatchObject({ ok: true });
  expect(bodies).toEqual([SENT, SENT]);
});

test('a redirect that would make it a GET is an end', async () => {
  expect((await post('/other')).ok).toBe(false);
  expect(server.seen.every(({ method }) => method === 'POST')).toBe(true);
});

test('a refusal is a fault with its wait', async () => {
  expect(await post('/busy')).toMatchObject({ ok: false, fault: { consequence: 'retry-later', retryAfterMs: 60_000 } });
});

test('the guard stands before it, on every hop', async () => {
  const before = server.count();
  expect(await post('/form', false)).toMatchObject({ ok: false, fault: { code: 'address-refused' } });
  expect(server.count()).toBe(before);
  expect(await post('/inside')).toMatchObject({ ok: false, fault: { code: 'address-refused' } });
});
