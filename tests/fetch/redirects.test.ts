import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFetcher } from '../../src/fetch/index.js';
import type { Fetcher, FetchRequest } from '../../src/fetch/index.js';
import { body, redirect, status, withEtag } from '../http-replies.js';
import { startHttpServer, type HttpServer } from '../http-server.js';

let server: HttpServer;
let other: HttpServer;
let fetcher: Fetcher;
beforeEach(async () => {
  server = await startHttpServer({ '/end': body('the end') });
  other = await startHttpServer({ '/end': body('elsewhere') });
  fetcher = createFetcher({ userAgent: 'Dateline/test', maxRedirects: 3 });
});
afterEach(async () => {
  await fetcher.close();
  await server.close();
  await other.close();
});
const get = (path: string, request: Partial<FetchRequest> = {}) => fetcher.get({ url: server.url(path), allowPrivate: true, ...request });

test.each([301, 302, 303, 307, 308])('%i is followed, relative or not', async (code) => {
  server.route('/relative', redirect('end?x=1', code));
  server.route('/absolute', redirect(other.url('/end'), code));
  expect(await get('/relative')).toMatchObject({ ok: true, value: { url: server.url('/end?x=1') } });
  expect(await get('/absolute')).toMatchObject({ ok: true, value: { url: other.url('/end') } });
});

test('an address has moved only when every hop said so for good', async () => {
  server.route('/moved', redirect('/moved-again', 301));
  server.route('/moved-again', redirect('/end', 308));
  server.route('/half', redirect('/moved-again', 302));
  server.route('/then-lent', redirect('/lent', 301));
  server.route('/lent', redirect('/end', 307));
  expect(await get('/moved')).toMatchObject({ value: { movedTo: server.url('/end') } });
  expect(await get('/half')).toMatchObject({ value: { movedTo: null } });
  expect(await get('/then-lent')).toMatchObject({ value: { movedTo: null } });
  expect(await get('/end')).toMatchObject({ value: { movedTo: null } });
  server.route('/gone', redirect('/nowhere', 301));
  expect(await get('/gone')).toMatchObject({ ok: false, fault: { code: 'http-404' } });
});

test('loops, long chains and addresses that are none end with one clear fault', async () => {
  server.route('/self', redirect('/self'));
  server.route('/there', redirect('/back'));
  server.route('/back', redirect('/there'));
  server.route('*', (request, response) => redirect(`/${Number(request.url?.slice(1)) + 1}`)(request, response));
  expect(await get('/self')).toMatchObject({ fault: { code: 'redirect-loop', consequence: 'give-up' } });
  expect(await get('/there')).toMatchObject({ fault: { code: 'redirect-loop' } });
  const before = server.count();
  expect(await get('/1')).toMatchObject({ fault: { code: 'redirect-limit', consequence: 'give-up' } });
  expect(server.count() - before).toBe(4);
  server.route('/nowhere', redirect('http://'));
  expect(await get('/nowhere')).toMatchObject({ fault: { code: 'url-invalid' } });
  server.route('/no-location', status(302));
  expect(await get('/no-location')).toMatchObject({ fault: { code: 'http-302' } });
});

test('the endless body of a redirect is not waited for', async () => {
  server.route('/', (_, response) => {
    response.writeHead(302, { location: '/end' });
    response.write('an answer that never ends');
  });
  expect(await get('/')).toMatchObject({ ok: true, value: { url: server.url('/end') } });
});

test('headers of the source stay with its origin, validators travel', async () => {
  const headers = { authorization: 'Bearer secret', 'x-key': 'secret', cookie: 'secret' };
  server.route('/same', redirect('/end'));
  server.route('/away', redirect(other.url('/end'), 301));
  other.route('/there-and-back', redirect(server.url('/end')));
  server.route('/round', redirect(other.url('/there-and-back')));
  await get('/same', { headers });
  expect(server.seen.at(-1)?.headers).toMatchObject(headers);
  await get('/away', { headers, validators: { etag: '"1"' } });
  await get('/round', { headers });
  expect(JSON.stringify(other.seen)).not.toContain('secret');
  expect(other.seen[0]?.headers['if-none-match']).toBe('"1"');
  expect(JSON.stringify(server.seen.at(-1)?.headers)).not.toContain('secret');
});

test('a redirect that ends unmodified is unmodified', async () => {
  server.route('/feed', redirect('/real', 301));
  server.route('/real', withEtag('<rss/>', '"1"'));
  expect(await get('/feed', { validators: { etag: '"1"' } })).toMatchObject({ value: { notModified: true, movedTo: server.url('/real') } });
});

test.each([
  ['http://169.254.169.254/latest/meta-data/', 'address-refused'],
  ['http://[::1]:8080/', 'address-refused'],
  ['http://10.0.0.1/', 'address-refused'],
  ['http://127.0.0.2/', 'address-refused'],
  ['http://2130706434/', 'address-refused'],
  ['//10.0.0.1/', 'address-refused'],
  ['http://user:secret@example.com/', 'url-credentials'],
  ['file:///etc/passwd', 'url-scheme'],
  ['ftp://example.com/', 'url-scheme'],
  ['http://example.com:6379abc/', 'url-invalid'],
  ['http://example.com:25/', 'url-port'],
])('a redirect to %s goes nowhere', async (to, code) => {
  server.route('/', redirect(to));
  expect(await get('/')).toMatchObject({ ok: false, fault: { code, consequence: 'give-up' } });
});

test('addresses in UTF-8 are understood', async () => {
  server.route('/', (_, response) => {
    response.socket?.end('HTTP/1.1 302 Found\r\nLocation: /الأخبار\r\nContent-Length: 0\r\n\r\n');
  });
  server.route('/%D8%A7%D9%84%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1', body('news'));
  expect(await get('/')).toMatchObject({ ok: true });
});
