import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHttpServer, type HttpServer } from '../http-server.js';
import { useRedis } from '../redis.js';
import { serve } from '../service/service.js';

const store = useRedis();
let host: HttpServer;
beforeAll(async () => {
  host = await startHttpServer();
  host.route('/robots.txt', (_, response) => void response.writeHead(200).end('User-agent: *\nDisallow: /closed'));
  host.route('/', (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html><head><link rel="alternate" type="application/rss+xml" href="/news.xml"></head><body>x</body></html>'));
  const item = (path: string): string => `<item><title>${path}</title><link>${host.url(path)}</link></item>`;
  host.route('/news.xml', (_, response) => void response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(`<rss version="2.0"><channel><title>Wire</title><link>x</link><description>x</description>${item('/closed')}${item('/one')}</channel></rss>`));
  host.route('/one', (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end(`<html lang="en"><body><article><h1>Harbour opens</h1><p>GENEVA (Reuters) - The harbour of the town was opened on Monday, the mayor told the press at the quay.</p>${'<p>It took years of work on its walls and its lights, and the ships of the whole coast are to come back to it in summer.</p>'.repeat(3)}</article></body></html>`));
});
afterAll(() => host.close());

test('an address is looked at as the service would: through the guard, past what robots.txt forbids, in a thread', async () => {
  const service = await serve(store.url, store.prefix, []);
  const signal = new AbortController().signal;
  const refused = await service.surveySource({ address: host.url('/'), allowPrivate: false, signal });
  expect(refused.ok ? '' : refused.fault.code).toBe('address-refused');
  const odd = await service.surveySource({ address: 'sample:', allowPrivate: true, signal });
  expect(odd.ok ? '' : odd.fault.code).toBe('address-invalid');
  const survey = await service.surveySource({ address: host.url('/'), allowPrivate: true, signal });
  if (!survey.ok) throw survey.fault;
  expect(survey.value.found.address).toBe(host.url('/news.xml'));
  expect(survey.value.page?.url).toBe(host.url('/one'));
  expect(survey.value.page?.seen.stories).toHaveLength(1);
  expect(survey.value.proposal.source).toMatchObject({ url: host.url('/news.xml'), language: 'en', allowPrivate: true });
}, 60_000);
