import { beforeAll, describe, expect, test } from 'vitest';
import { acceptOne, takeOne } from '../ledger/items.js';
import { useRedis } from '../redis.js';
import { barriers, BROWSER_TIMEOUT_MS, openBrowser } from './browser.js';
import { openConsole, type ConsoleWorld } from './console-world.js';

const store = useRedis();
const browser = await openBrowser();
let world: ConsoleWorld;

describe.skipIf(browser === null)('the overview', () => {
  beforeAll(async () => {
    world = await openConsole(store);
  }, BROWSER_TIMEOUT_MS);

  test('goes on while one looks: a story that comes in shows without a reload, and no barrier comes with it', { timeout: 60_000 }, async () => {
    const page = await browser?.person(world.address);
    await page?.goto('/?span=day');
    await page?.locator('[data-state=live]').waitFor();
    const before = await page?.locator('figcaption').textContent();
    expect(before).toContain('21 stories in the last day');
    await acceptOne(store, await takeOne(store, 'late', 'item-one'), { told: [{ language: 'he', agency: null }] });
    await page?.getByText('22 stories in the last day').first().waitFor();
    expect(page === undefined ? [] : await barriers(page)).toEqual([]);
    await page?.context().close();
  });

  test('shows the same without scripts', { timeout: 60_000 }, async () => {
    const page = await browser?.person(world.address, { scripts: false });
    await page?.goto('/');
    await page?.getByRole('link', { name: 'Last month' }).click();
    await page?.getByText('in the last month').first().waitFor();
    expect(await page?.locator('#chart-title').textContent()).toBe('Stories by day');
    await page?.context().close();
  });
});
