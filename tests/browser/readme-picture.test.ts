import { afterAll, expect, test } from 'vitest';
import { connectRedis } from '../../src/redis/index.js';
import { startOwnServer } from '../redis.js';
import { BROWSER_TIMEOUT_MS, openBrowser, picture } from './browser.js';
import { openConsole } from './console-world.js';

const browser = await openBrowser();

/** `npm run picture` puts it into the README. A server of its own, for the one of the tests keeps nothing on disk, of which the console warns. */
test.skipIf(browser === null)('a service as it is started shows that all is well', { timeout: BROWSER_TIMEOUT_MS }, async () => {
  const own = await startOwnServer();
  const redis = connectRedis(own.endpoint, 'producer');
  afterAll(async () => {
    redis.disconnect();
    await own.stop();
  });
  const { address } = await openConsole({ endpoint: own.endpoint, url: own.url, prefix: 'dateline', redis });
  const page = await browser?.person(address);
  await page?.goto('/');
  expect(await page?.locator('.badge.ill').count()).toBe(0);
  expect(await page?.getByText('The books balance.').count()).toBe(1);
  await page?.goto('/stories');
  expect(await page?.locator('.story').count()).toBeGreaterThan(12);
  if (page !== undefined) await picture(page, 'readme', { fullPage: false });
  await page?.context().close();
});
