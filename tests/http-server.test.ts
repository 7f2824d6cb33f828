import { afterEach, expect, test } from 'vitest';
import { body, endless, inTurn, reset, silent, status, truncated, withEtag } from './http-replies.js';
import { startHttpServer, type HttpServer } from './http-server.js';

let server: HttpServer;
afterEach(() => server.close());

test('the scripted server counts and times what it is asked', async () => {
  server = await startHttpServer({ '/': body('hello') });
  expect(await (await fetch(server.url('/?page=1'))).text()).toBe('hello');
  expect((await fetch(server.url('/other'))).status).toBe(404);
  expect([server.count('/'), server.count('/other'), server.count()]).toEqual([1, 1, 2]);
  expect(server.seen[0]).toMatchObject({ method: 'GET', path: '/?page=1' });
  expect(server.seen[0]?.at).toBeLessThan(server.seen[1]?.at ?? 0);
});

test('answers can change from one request to the next, and answer validators', async () => {
  server = await startHttpServer({ '/': inTurn(status(503), body('now')), '/feed': withEtag('<rss/>', '"1"') });
  expect([(await fetch(server.url('/'))).status, (await fetch(server.url('/'))).status]).toEqual([503, 200]);
  expect((await fetch(server.url('/feed'), { headers: { 'if-none-match': '"1"' } })).status).toBe(304);
});

test('hostile answers are what they are called, and leave nothing open', async () => {
  server = await startHttpServer({ '/reset': reset, '/cut': truncated('half'), '/endless': endless, '/silent': silent });
  await expect(fetch(server.url('/reset'))).rejects.toThrow('fetch failed');
  await expect(fetch(server.url('/cut')).then((answer) => answer.text())).rejects.toThrow('terminated');
  await expect(fetch(server.url('/silent'), { signal: AbortSignal.timeout(50) })).rejects.toThrow('timeout');
  const answer = await fetch(server.url('/endless'));
  let got = 0;
  for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
    got += chunk.length;
    if (got > 1_000_000) break;
  }
  expect(got).toBeGreaterThan(1_000_000);
});
