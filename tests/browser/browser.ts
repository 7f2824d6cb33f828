import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, expect } from 'vitest';
import { z } from 'zod';
import { packageRoot } from '../../src/package-root.js';
import { findChromium } from './chromium.js';

/** Widths that people have: a desk and a phone. */
export const WIDTHS = { desk: 1280, phone: 390 } as const;

export interface View {
  readonly width?: keyof typeof WIDTHS;
  readonly scheme?: 'light' | 'dark';
  /** A browser in which no script runs. */
  readonly scripts?: boolean;
}

export interface TestBrowser {
  /** A browser of one person: cookies of its own. What its pages complain of, or fetch from another host, fails the file. */
  person(address: string, view?: View): Promise<Page>;
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SCREENSHOTS = join(packageRoot, 'out', 'screenshots');
/** Of fetching and unpacking one where none is. */
export const BROWSER_TIMEOUT_MS = 600_000;

/** A real Chromium for one test file, or null after a loud line where none can be had: the tests are then skipped, and counted as such. */
export async function openBrowser(): Promise<TestBrowser | null> {
  const found = await findChromium((line) => void process.stdout.write(`tests: ${line}\n`));
  if (!found.ok) {
    process.stderr.write(`\n!!! NOT TESTED: the console in a browser. ${found.fault.message} ${found.fault.hint ?? ''}\n\n`);
    return null;
  }
  const browser = await launch(found.value.program, found.value.env);
  const complaints: string[] = [];
  afterAll(async () => {
    await browser.close();
    expect(complaints).toEqual([]);
  });
  return {
    async person(address, { width = 'desk', scheme = 'light', scripts = true } = {}) {
      const context = await browser.newContext({
        baseURL: address, viewport: { width: WIDTHS[width], height: width === 'desk' ? 900 : 844 }, colorScheme: scheme, javaScriptEnabled: scripts,
        locale: 'en-GB', timezoneId: 'UTC', ...(width === 'phone' ? { isMobile: true, hasTouch: true, deviceScaleFactor: 2 } : {}),
      });
      listen(context, new URL(address).origin, complaints);
      return context.newPage();
    },
  };
}

/** Root may not have a sandbox, and a closed network must not hold the browser up. */
const launch = (program: string, env: NodeJS.ProcessEnv): Promise<Browser> => chromium.launch({
  executablePath: program,
  env: Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--no-proxy-server'],
});

function listen(context: BrowserContext, origin: string, complaints: string[]): void {
  context.on('weberror', (error) => complaints.push(`script: ${error.error().message}`));
  context.on('console', (message) => {
    // A page that was refused or is not there is told of by the browser too; the tests look at its status themselves.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource: the server responded')) complaints.push(`console: ${message.text()}`);
  });
  context.on('request', (request) => {
    if (!request.url().startsWith(`${origin}/`) && /^https?:/.test(request.url())) complaints.push(`another host: ${request.url()}`);
  });
}

const axeResult = z.object({ violations: z.array(z.object({ id: z.string(), help: z.string(), nodes: z.array(z.object({ html: z.string() })) })) });

/** What stands in the way of people who cannot see well, hear or use a mouse, by axe; one line a violation. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  // A text, for the tests are compiled without the types of a browser.
  const { violations } = axeResult.parse(await page.evaluate('axe.run(document, { resultTypes: ["violations"] })'));
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

/** Leaves a picture in `out/screenshots/`, to be looked at. */
export async function picture(page: Page, name: string, { fullPage = true }: { readonly fullPage?: boolean } = {}): Promise<void> {
  await mkdir(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage });
}

/** Whether anything is wider than the window, so that one would have to scroll sideways to read. */
export const overflows = async (page: Page): Promise<boolean> =>
  z.boolean().parse(await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth'));
