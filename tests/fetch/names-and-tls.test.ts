import { readFileSync } from 'node:fs';
import { createServer as createTlsServer, type Server } from 'node:https';
import type { LookupAddress } from 'node:dns';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFetcher } from '../../src/fetch/index.js';
import type { Fetcher } from '../../src/fetch/index.js';
import { body } from '../http-replies.js';
import { startHttpServer, type HttpServer } from '../http-server.js';

/** Answers of a name server, one look-up after the other; the last stays. */
function scripted(...answers: ReadonlyArray<readonly string[]>) {
  const asked: string[] = [];
  const resolve = (hostname: string, answer: (error: Error | null, addresses: readonly LookupAddress[]) => void): void => {
    asked.push(hostname);
    const addresses = answers[Math.min(asked.length, answers.length) - 1] ?? [];
    answer(null, addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
  };
  return { asked, resolve };
}

let fetcher: Fetcher;
afterEach(() => fetcher.close());

describe('names', () => {
  let server: HttpServer;
  beforeEach(async () => {
    server = await startHttpServer({ '/': body('private') });
  });
  afterEach(() => server.close());

  test.each([['127.0.0.1'], ['10.0.0.1'], ['169.254.169.254'], ['100.64.0.1'], ['::1'], ['fd00::1'], ['fe80::1'], ['::ffff:127.0.0.1'], ['64:ff9b::7f00:1'], ['0.0.0.0']])(
    'a name that means %s is not connected to', async (address) => {
      const names = scripted([address]);
      fetcher = createFetcher({ userAgent: 'Dateline/test', resolve: names.resolve });
      expect(await fetcher.get({ url: `http://wire.example:${server.port}/` })).toMatchObject({
        ok: false, fault: { code: 'address-refused', consequence: 'give-up' },
      });
      expect(names.asked).toEqual(['wire.example']);
      expect(server.count()).toBe(0);
    });

  test('a name that is public when first asked and private after is refused at each connection', async () => {
    const names = scripted(['192.0.2.1'], ['127.0.0.1']);
    fetcher = createFetcher({ userAgent: 'Dateline/test', resolve: names.resolve });
    for (let turn = 0; turn < 3; turn += 1) {
      expect(await fetcher.get({ url: `http://wire.example:${server.port}/` })).toMatchObject({ ok: false, fault: { code: 'address-refused' } });
    }
    expect(names.asked).toHaveLength(3);
    expect(server.count()).toBe(0);
  });

  test('of several addresses only those allowed are tried', async () => {
    fetcher = createFetcher({ userAgent: 'Dateline/test', resolve: scripted(['224.0.0.1', '169.254.169.254', '127.0.0.1']).resolve });
    expect(await fetcher.get({ url: `http://wire.example:${server.port}/`, allowPrivate: true })).toMatchObject({ ok: true });
    expect(await fetcher.get({ url: `http://wire.example:${server.port}/` })).toMatchObject({ fault: { code: 'address-refused' } });
  });

  test('a host the source names may be private, the one it redirects to may not', async () => {
    const names = scripted(['127.0.0.1']);
    fetcher = createFetcher({ userAgent: 'Dateline/test', resolve: names.resolve });
    const url = `http://wire.example:${server.port}/`;
    expect(await fetcher.get({ url, allowPrivate: true })).toMatchObject({ ok: true });
    expect(await fetcher.get({ url, allowPrivate: ['wire.example'] })).toMatchObject({ ok: true });
    expect(await fetcher.get({ url, allowPrivate: ['other.example'] })).toMatchObject({ fault: { code: 'address-refused' } });
    server.route('/away', (_, response) => response.writeHead(302, { location: `http://other.example:${server.port}/` }).end());
    expect(await fetcher.get({ url: `${url}away`, allowPrivate: true })).toMatchObject({ fault: { code: 'address-refused' } });
    expect(await fetcher.get({ url: `${url}away`, allowPrivate: ['wire.example', 'other.example'] })).toMatchObject({ ok: true });
  });

  test('a connection that was allowed for one source is not lent to another', async () => {
    fetcher = createFetcher({ userAgent: 'Dateline/test', resolve: scripted(['127.0.0.1']).resolve });
    const url = `http://wire.example:${server.port}/`;
    expect(await fetcher.get({ url, allowPrivate: true })).toMatchObject({ ok: true });
    expect(await fetcher.get({ url })).toMatchObject({ ok: false, fault: { code: 'address-refused' } });
  });

  test('a name without an address', async () => {
    fetcher = createFetcher({ userAgent: 'Dateline/test', resolve: scripted([]).resolve });
    expect(await fetcher.get({ url: 'http://wire.example/' })).toMatchObject({ fault: { code: 'dns-not-found', consequence: 'retry-later' } });
  });
});

describe('certificates', () => {
  const pem = (name: string): string => readFileSync(new URL(`certificates/${name}.pem`, import.meta.url), 'utf8');
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  async function get(certificate: string, ca: string | undefined) {
    server = createTlsServer({ key: pem(certificate), cert: pem(certificate) }, (_, response) => response.end('ok'));
    const listening = server;
    await new Promise<void>((resolve) => { listening.listen(0, '127.0.0.1', resolve); });
    const address = listening.address();
    fetcher = createFetcher({ userAgent: 'Dateline/test', resolve: scripted(['127.0.0.1']).resolve, ca });
    return fetcher.get({ url: `https://wire.example:${typeof address === 'object' && address !== null ? address.port : 0}/`, allowPrivate: true });
  }

  test('a good one passes', async () => {
    expect(await get('good', pem('authority'))).toMatchObject({ ok: true });
  });
  test.each([
    ['expired', 'tls-certificate-expired'], ['wrong', 'tls-certificate-wrong-host'],
  ])('one that is %s is named', async (certificate, code) => {
    expect(await get(certificate, pem('authority'))).toMatchObject({ ok: false, fault: { code, consequence: 'retry-later' } });
  });
  test('one of an unknown authority is named', async () => {
    expect(await get('good', undefined)).toMatchObject({ ok: false, fault: { code: 'tls-certificate-incomplete', consequence: 'retry-later' } });
  });
  test('a host that speaks no TLS', async () => {
    const plain = await startHttpServer();
    fetcher = createFetcher({ userAgent: 'Dateline/test' });
    expect(await fetcher.get({ url: plain.origin.replace('http:', 'https:'), allowPrivate: true })).toMatchObject({ fault: { code: 'tls-failed', consequence: 'retry-later' } });
    await plain.close();
  });
});
