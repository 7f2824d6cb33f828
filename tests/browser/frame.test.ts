import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { AREAS } from '../../src/console/areas.js';
import { useRedis } from '../redis.js';
import { barriers, BROWSER_TIMEOUT_MS, openBrowser, overflows, picture, type View } from './browser.js';
import { openConsole, type ConsoleWorld } from './console-world.js';

const store = useRedis();
const browser = await openBrowser();
let world: ConsoleWorld;

describe.skipIf(browser === null)('every page of the navigation', () => {
  beforeAll(async () => {
    world = await openConsole(store);
  }, BROWSER_TIMEOUT_MS);
  const person = (view?: View): Promise<Page> => browser?.person(world.address, view) ?? Promise.reject(new Error('no browser'));
  const places = AREAS.flatMap(({ nav }) => nav ?? []);

  test.each(places.flatMap(({ label, path }) => ([['desk', 'light'], ['desk', 'dark'], ['phone', 'light']] as const).map(([width, scheme]) => [label, path, width, scheme] as const)))('%s (%s) at the %s, %s: no barrier, nothing sideways, its own title', async (label, path, width, scheme) => {
    const page = await person({ width, scheme });
    const response = await page.goto(path);
    expect(response?.status()).toBe(200);
    expect(await page.locator('h1').count()).toBe(1);
    expect(await page.locator('nav [aria-current=page]').first().textContent()).toBe(label);
    await picture(page, `${label.toLowerCase()}-${width}-${scheme}`);
    expect(await barriers(page)).toEqual([]);
    expect(await overflows(page)).toBe(false);
    await page.context().close();
  });

  test('the first press of the tab key offers to skip the navigation', async () => {
    const page = await person();
    await page.goto('/');
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    expect(new URL(page.url()).hash).toBe('#content');
    await page.context().close();
  });

  test('the colours that were chosen stay, without a script too', async () => {
    const page = await person({ scripts: false });
    await page.goto('/');
    await page.getByRole('button', { name: 'dark' }).click();
    await page.locator('html[data-theme]').waitFor();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    await page.getByRole('button', { name: 'auto' }).click();
    await page.locator('html:not([data-theme])').waitFor();
    expect(await page.locator('html').getAttribute('data-theme')).toBeNull();
    await page.context().close();
  });
});
