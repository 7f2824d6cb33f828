import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { changeUsers, hashPassword, withUser, type UserRole } from '../../src/access/index.js';
import { books, listQuarantine } from '../../src/ledger/index.js';
import { wrongByDocument } from '../console/document.js';
import { startHttpServer, type HttpServer } from '../http-server.js';
import { useRedis } from '../redis.js';
import { barriers, BROWSER_TIMEOUT_MS, openBrowser, overflows, picture, type View } from './browser.js';
import { openConsole, type ConsoleWorld } from './console-world.js';

const store = useRedis();
const browser = await openBrowser();
const PASSWORD = 'three words in a row';
const looks = z.object({ status: z.number(), body: z.unknown() });
let world: ConsoleWorld;
let host: HttpServer;
let broken = true;

vi.setConfig({ testTimeout: 240_000 });

const paragraph = (about: string): string => `<p>${about} The council of the town met on Monday and told the press that the work on the old harbour will go on until the end of the year, as the mayor had promised.</p>`;
const html = (title: string, body: string): string => `<html lang="en"><head><title>${title}</title></head><body><nav><a href="/a">Home</a> <a href="/b">World</a></nav><article><h1>${title}</h1>${body}</article><footer>All rights reserved</footer></body></html>`;
const ARABIC = '<html lang="ar" dir="rtl"><head><title>افتتاح الميناء</title></head><body><article><h1>افتتاح الميناء القديم في المدينة</h1>' +
  '<p>دمشق-سانا: افتتح رئيس مجلس المدينة يوم الاثنين الميناء القديم بعد سنوات من أعمال الترميم والصيانة بحضور عدد كبير من الأهالي والصحفيين.</p>'.repeat(1) +
  '<p>وقال رئيس المجلس في كلمة له إن العمل سيستمر حتى نهاية العام، وإن المدينة تنتظر عودة السفن والزوار إليها في الصيف المقبل.</p>'.repeat(2) + '</article></body></html>';

describe.skipIf(browser === null)('from an address to a story', () => {
  beforeAll(async () => {
    host = await startHttpServer();
    const route = (path: string, type: string, body: () => string): void => host.route(path, (_, response) => void response.writeHead(200, { 'content-type': type }).end(body()));
    host.route('/robots.txt', (_, response) => response.writeHead(404).end());
    route('/', 'text/html', () => '<html><head><title>Harbour News</title><link rel="alternate" type="application/rss+xml" title="All news" href="/news.xml"></head><body>Welcome</body></html>');
    route('/news.xml', 'application/rss+xml', () => `<rss version="2.0"><channel><title>أخبار الميناء</title><link>${host.url('/')}</link><description>x</description>${[['one', 'Harbour opens'], ['two', 'الميناء'], ['three', 'Lighthouse lit']].map(([path, title]) =>
      `<item><title>${title}</title><link>${host.url(`/${path}`)}</link><guid>${path}</guid></item>`).join('')}</channel></rss>`);
    route('/one', 'text/html', () => html('Harbour opens after years of work', paragraph('GENEVA (Reuters) - The harbour was opened.') + paragraph('Ships are back.') + paragraph('More will come.')));
    route('/two', 'text/html', () => ARABIC);
    host.route('/three', (_, response) => (broken ? response.writeHead(500).end() : response.writeHead(200, { 'content-type': 'text/html' }).end(html('Lighthouse lit again', paragraph('LISBON (AP) - The lighthouse shines.') + paragraph('It can be seen from afar.')))));
    world = await openConsole(store, { sources: [], items: 0 });
    const password = await hashPassword(PASSWORD);
    for (const role of ['viewer', 'operator'] satisfies UserRole[]) await changeUsers(join(world.service.dir, 'users.yaml'), (users) => withUser(users, { name: role, role, password }));
  }, BROWSER_TIMEOUT_MS);
  afterAll(() => host.close());

  const person = (view?: View): Promise<Page> => browser?.person(world.address, view) ?? Promise.reject(new Error('no browser'));
  const enter = async (page: Page, name: string, path: string): Promise<void> => {
    await page.goto(path);
    await page.getByLabel('Name').fill(name);
    await page.getByLabel('Password or token').fill(PASSWORD);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('button', { name: 'Log out' }).waitFor();
  };
  const looked = async (page: Page, name: string): Promise<void> => {
    await picture(page, name);
    expect(await barriers(page)).toEqual([]);
    expect(await overflows(page)).toBe(false);
  };

  test('a source is added, its story followed to the split view, a quarantined job retried, and a viewer refused', async () => {
    const page = await person();
    await enter(page, 'operator', '/sources');
    await page.getByRole('link', { name: 'Add a source' }).click();
    await page.getByLabel('Address of a site').fill(host.url('/'));

    // A private host is refused until an operator says that it is meant.
    await page.getByRole('button', { name: 'Look' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('address-refused');
    await page.getByLabel('It is a private host of our own').check();
    await page.getByRole('button', { name: 'Look' }).click();
    await page.getByText('What would be delivered').waitFor();
    expect(await page.locator('main').textContent()).toContain('Lighthouse lit');
    expect(await page.locator('.survey .cut li').count()).toBeGreaterThan(1);
    expect(await page.locator('.survey article').count()).toBe(1);
    expect(await page.locator('.survey .slot.place').first().textContent()).toContain('GENEVA');
    await looked(page, 'add-source-desk-light');
    // A program that asks the same is told the same, as the document says.
    const asked = looks.parse(await page.evaluate(`fetch('/api/v1/sources/look', { method: 'POST', headers: { 'content-type': 'application/json', 'x-csrf-token': document.querySelector('[name=_csrf]').value },
      body: JSON.stringify({ address: ${JSON.stringify(host.url('/'))}, allowPrivate: true }) }).then(async (answer) => ({ status: answer.status, body: await answer.json() }))`));
    expect(asked.status).toBe(200);
    expect(wrongByDocument('post', '/sources/look', 200, asked.body)).toEqual([]);
    expect(asked.body).toMatchObject({ feed: { address: host.url('/news.xml'), count: 3 }, page: { stories: [{ dateline: expect.stringContaining('GENEVA') as unknown }] } });
    const id = await page.getByLabel('Id').inputValue();
    await page.getByRole('button', { name: 'Add it' }).click();
    await page.getByRole('status').waitFor();

    const { redis, keys } = world.service;
    await vi.waitUntil(async () => (await books(redis, keys)).get(id)?.delivered === 2 && (await listQuarantine(redis, keys)).length === 1, { timeout: 90_000, interval: 200 });
    await page.goto(`/sources/${id}`);
    await looked(page, 'source-desk-light');
    await page.getByRole('link', { name: 'Its stories' }).click();
    await page.getByRole('link', { name: 'Harbour opens' }).click();
    await page.getByRole('link', { name: 'See how the page was cut' }).click();
    // The host that failed is being left in peace: the page says so, and to try again in a few seconds.
    await vi.waitUntil(async () => await page.locator('.cut li').count() > 0 || (await page.reload(), false), { timeout: 60_000, interval: 2_000 });
    expect(await page.locator('.cut mark').first().textContent()).toContain('GENEVA');

    await page.getByRole('link', { name: 'Quarantine' }).click();
    await page.locator('h1', { hasText: 'Quarantine' }).waitFor();
    expect(await page.locator('main').textContent()).toContain('http-500');
    broken = false;
    await page.getByRole('button', { name: 'Retry' }).first().click();
    await page.getByRole('status').waitFor();
    await vi.waitUntil(async () => (await books(redis, keys)).get(id)?.delivered === 3, { timeout: 60_000, interval: 200 });

    await page.getByRole('link', { name: 'Map' }).click();
    await page.locator('.earth circle').first().waitFor();
    expect(await page.locator('.earth title').allTextContents()).toContainEqual(expect.stringContaining('Geneva, Switzerland'));
    await looked(page, 'map-full-desk-light');
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByLabel('Password or token').waitFor();

    await enter(page, 'viewer', '/stories');
    expect(await page.getByRole('link', { name: 'Harbour opens' }).count()).toBe(1);
    const refused = await page.goto('/sources/-/add');
    expect(refused?.status()).toBe(403);
    expect(await page.locator('h1').textContent()).toBe('Not with your role');
    await page.context().close();
  });

  test.each([['desk', 'dark'], ['phone', 'light'], ['phone', 'dark']] as const)('sources with Arabic names and the map at the %s, %s', async (width, scheme) => {
    const page = await person({ width, scheme });
    await enter(page, 'operator', '/sources');
    expect(await page.locator('main').textContent()).toContain('أخبار الميناء');
    await looked(page, `sources-arabic-${width}-${scheme}`);
    await page.getByRole('link', { name: 'أخبار الميناء' }).first().click();
    await page.getByText('Its stories').waitFor();
    await looked(page, `source-arabic-${width}-${scheme}`);
    await page.goto('/map');
    await looked(page, `map-full-${width}-${scheme}`);
    await page.context().close();
  });
});
