import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { changeUsers, hashPassword, withUser, type UserRole } from '../../src/access/index.js';
import { books, listQuarantine } from '../../src/ledger/index.js';
import { startHttpServer, type HttpServer } from '../http-server.js';
import { useRedis } from '../redis.js';
import { barriers, BROWSER_TIMEOUT_MS, openBrowser, overflows, picture, type View } from './browser.js';
import { openConsole, type ConsoleWorld } from './console-world.js';

const store = useRedis();
const browser = await openBrowser();
const PASSWORD = 'three words in a row';
/** As a feed that escapes twice brings it: read as text, it is markup again. */
const TITLE = '&lt;img src=x onerror=alert(1)&gt;&lt;script&gt;alert(2)&lt;/script&gt;\u202EHarbour\u2066';
let world: ConsoleWorld;
let host: HttpServer;
let broken = true;

vi.setConfig({ testTimeout: 120_000 });

describe.skipIf(browser === null)('people at the console', () => {
  beforeAll(async () => {
    host = await startHttpServer();
    host.route('/feed', (_, response) => response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(
      `<rss version="2.0"><channel><title>Harbour wire</title><link>${host.url('/')}</link><description>x</description><item><title><![CDATA[${TITLE}]]></title><link>${host.url('/page')}</link><guid>harbour-1</guid></item></channel></rss>`));
    host.route('/robots.txt', (_, response) => response.writeHead(404).end());
    host.route('/page', (_, response) => (broken ? response.writeHead(500).end('<script>alert(3)</script>') : response.writeHead(200, { 'content-type': 'text/html' }).end(
      `<html lang="en"><body><article><h1>Harbour opens</h1>${'<p>The harbour of the town was opened on Monday, the mayor told the press at the quay, after years of work on its walls and lights.</p>'.repeat(4)}</article></body></html>`)));
    world = await openConsole(store, { sources: [{ id: 'harbour', name: 'Harbour wire', url: host.url('/feed'), allowPrivate: true }], items: 0 });
    const { redis, keys } = world.service;
    await vi.waitUntil(async () => (await listQuarantine(redis, keys)).length === 1, { timeout: 60_000, interval: 100 });
    const password = await hashPassword(PASSWORD);
    for (const role of ['viewer', 'operator'] satisfies UserRole[]) await changeUsers(join(world.service.dir, 'users.yaml'), (users) => withUser(users, { name: role, role, password }));
  }, BROWSER_TIMEOUT_MS);
  afterAll(() => host.close());

  const person = (view?: View): Promise<Page> => browser?.person(world.address, view) ?? Promise.reject(new Error('no browser'));
  const enter = async (name: string, view?: View): Promise<Page> => {
    const page = await person(view);
    await page.goto('/quarantine');
    await page.getByLabel('Name').fill(name);
    await page.getByLabel('Password or token').fill(PASSWORD);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.locator('h1', { hasText: 'Quarantine' }).waitFor();
    return page;
  };

  test('the login has no barrier, and says no in words', async () => {
    const page = await person();
    await page.goto('/login');
    expect(await barriers(page)).toEqual([]);
    await picture(page, 'login');
    await page.getByLabel('Name').fill('viewer');
    await page.getByLabel('Password or token').fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('do not fit');
    await page.context().close();
  });

  test('a viewer sees why a job failed, and is refused when he acts all the same', async () => {
    const page = await enter('viewer');
    expect(await page.getByText('http-500').count()).toBeGreaterThan(0);
    expect(await page.getByRole('button', { name: 'Retry' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Audit' }).count()).toBe(0);
    const refused = await page.goto('/audit');
    expect(refused?.status()).toBe(403);
    expect(await page.locator('h1').textContent()).toBe('Not with your role');
    expect(await barriers(page)).toEqual([]);
    // As one who has seen an operator's form would send it.
    const status: unknown = await page.evaluate('fetch("/quarantine/retry", { method: "POST", body: new URLSearchParams({ all: "1", _csrf: document.querySelector("[name=_csrf]").value }) }).then((answer) => answer.status)');
    expect(status).toBe(403);
    expect(await listQuarantine(world.service.redis, world.service.keys)).toHaveLength(1);
    await page.context().close();
  });

  test.each([['desk', 'light'], ['desk', 'dark'], ['phone', 'light']] as const)('quarantine at the %s, %s: no barrier, nothing sideways, hostile text harmless', async (width, scheme) => {
    const page = await enter('operator', { width, scheme });
    await picture(page, `quarantine-job-${width}-${scheme}`);
    expect(await barriers(page)).toEqual([]);
    expect(await overflows(page)).toBe(false);
    await page.locator('a[href^="/quarantine/job"]').click();
    await page.getByText('Quarantined job').first().waitFor();
    expect(await page.locator('main').textContent()).toContain('<script>alert(2)</script>');
    expect(await page.locator('main img').count()).toBe(0);
    expect(await barriers(page)).toEqual([]);
    await page.context().close();
  });

  test('a source is added by its form, which says what is wrong with it, and can be paused', async () => {
    host.route('/second', (_, response) => response.writeHead(200, { 'content-type': 'application/rss+xml' }).end('<rss version="2.0"><channel><title>Second</title><link>x</link><description>x</description></channel></rss>'));
    const page = await enter('operator', { width: 'phone' });
    await page.getByRole('link', { name: 'Sources' }).click();
    await page.getByRole('link', { name: 'Add a source' }).click();
    await page.getByLabel('Address of the feed').fill(host.url('/second'));
    await page.getByLabel('Id').fill('Second Wire');
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Add' }).click();
    await page.locator('[aria-invalid=true]').waitFor();
    expect(await page.locator('#id-trouble').textContent()).toContain('small letters');
    await page.getByLabel('Id').fill('second');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('status').waitFor();
    await vi.waitUntil(() => world.service.sources.get('second') !== undefined, { timeout: 30_000, interval: 100 });
    await page.goto('/sources/second');
    await picture(page, 'source-phone');
    expect(await barriers(page)).toEqual([]);
    expect(await overflows(page)).toBe(false);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('status').waitFor();
    expect(await page.getByRole('status').textContent()).toBe('second is switched off; its books stay.');
    await page.context().close();
  });

  test('an operator retries the job once the host is mended, and it is delivered; the audit list tells of it', async () => {
    broken = false;
    const page = await enter('operator');
    await page.getByRole('button', { name: 'Retry' }).first().click();
    await page.getByRole('status').waitFor();
    expect(await page.getByRole('status').textContent()).toBe('1 job goes on within seconds.');
    const { redis, keys } = world.service;
    await vi.waitUntil(async () => (await books(redis, keys)).get('harbour')?.delivered === 1, { timeout: 60_000, interval: 100 });
    await page.getByRole('link', { name: 'Audit' }).click();
    await page.getByText('quarantine.retry').first().waitFor();
    await picture(page, 'audit');
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByLabel('Password or token').waitFor();
    await page.goto('/quarantine');
    expect(new URL(page.url()).pathname).toBe('/login');
    await page.context().close();
  });
});
