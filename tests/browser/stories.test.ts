import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { useRedis } from '../redis.js';
import { barriers, BROWSER_TIMEOUT_MS, openBrowser, overflows, picture, type View } from './browser.js';
import { openConsole, type ConsoleWorld } from './console-world.js';

const store = useRedis();
const browser = await openBrowser();
let world: ConsoleWorld;

describe.skipIf(browser === null)('stories', () => {
  beforeAll(async () => {
    world = await openConsole(store);
  }, BROWSER_TIMEOUT_MS);
  const person = (view?: View): Promise<Page> => browser?.person(world.address, view) ?? Promise.reject(new Error('no browser'));
  const looked = async (page: Page, name: string): Promise<void> => {
    await picture(page, name);
    expect(await barriers(page)).toEqual([]);
    expect(await overflows(page)).toBe(false);
  };

  test('a story is followed to the page it was cut from, and kept as a fixture', async () => {
    const page = await person();
    await page.goto('/stories');
    await looked(page, 'stories-list');
    // Where a summary begins with the dateline, it is shown once.
    const excerpts = (await page.locator('.story .excerpt').allTextContents()).map((text) => text.replaceAll(/[\u2066-\u2069]/g, ''));
    expect(excerpts.filter((text) => /^(?<head>.{4,40}?)\s+\k<head>/u.test(text.trim()))).toEqual([]);
    await page.locator('.story .headline a').first().click();
    await page.locator('article.copy').waitFor();
    await looked(page, 'stories-story');
    await page.getByRole('link', { name: 'See how the page was cut' }).click();
    await page.locator('.cut li').first().waitFor();
    await looked(page, 'stories-split');
    await page.getByLabel('What is right or wrong with it').fill('as it should be');
    await page.getByRole('button', { name: 'Save page and verdict' }).click();
    await page.getByRole('status').waitFor();
    expect(await readdir(join(world.service.dir, 'fixtures'))).toHaveLength(1);
    await page.context().close();
  });

  test.each([['ar', 'rtl'], ['zh', 'ltr']])('stories in %s are searched for and read', async (language, direction) => {
    const page = await person({ width: language === 'ar' ? 'phone' : 'desk', scheme: 'dark' });
    await page.goto(`/stories?language=${language}`);
    const headline = await page.locator('.story .headline bdi').first().textContent() ?? '';
    const word = (headline.match(/\p{L}{2,}/gu) ?? []).toSorted((left, right) => right.length - left.length)[0] ?? '';
    await page.goto('/stories');
    await page.getByLabel('Words, in any script').fill(language === 'zh' ? word.slice(0, 2) : word);
    await page.getByRole('button', { name: 'Search' }).click();
    await page.waitForURL(/q=/);
    expect(await page.locator('.story .headline').allTextContents()).toContainEqual(expect.stringContaining(word));
    await looked(page, `stories-search-${language}`);
    await page.locator('.story .headline a').first().click();
    await page.locator('article.copy').waitFor();
    expect(await page.locator('article.copy').getAttribute('dir')).toBe(direction);
    await looked(page, `stories-story-${language}`);
    await page.getByRole('link', { name: 'See how the page was cut' }).click();
    await page.locator('.cut li.opens').first().waitFor();
    expect(await page.locator('.cut li.opens .said').first().getAttribute('dir')).toBe(direction);
    expect(await page.locator('.key .slots').first().getAttribute('dir')).toBe(direction);
    await looked(page, `stories-split-${language}`);
    await page.context().close();
  });
});
