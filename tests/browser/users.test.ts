import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { changeUsers, hashPassword, withUser } from '../../src/access/index.js';
import { useRedis } from '../redis.js';
import { barriers, BROWSER_TIMEOUT_MS, openBrowser, overflows, picture, type View } from './browser.js';
import { openConsole, type ConsoleWorld } from './console-world.js';

const store = useRedis();
const browser = await openBrowser();
const PASSWORD = 'three words in a row';
let world: ConsoleWorld;

vi.setConfig({ testTimeout: 120_000 });

describe.skipIf(browser === null)('users', () => {
  beforeAll(async () => {
    world = await openConsole(store, { items: 0 });
    const password = await hashPassword(PASSWORD);
    await changeUsers(join(world.service.dir, 'users.yaml'), (users) => withUser(users, { name: 'operator', role: 'operator', password }));
  }, BROWSER_TIMEOUT_MS);

  const enter = async (name: string, password = PASSWORD, view?: View): Promise<Page> => {
    const page = await (browser?.person(world.address, view) ?? Promise.reject(new Error('no browser')));
    await page.goto('/stories');
    await page.getByLabel('Name').fill(name);
    await page.getByLabel('Password or token').fill(password);
    await page.getByRole('button', { name: 'Log in' }).click();
    return page;
  };
  const looked = async (page: Page, name: string): Promise<void> => {
    await picture(page, name);
    expect(await barriers(page)).toEqual([]);
    expect(await overflows(page)).toBe(false);
  };
  const said = async (page: Page): Promise<string | null> => {
    await page.getByRole('status').waitFor();
    return page.getByRole('status').textContent();
  };

  test('an operator lets somebody in, gives a role and a password, and shows the door', async () => {
    const operator = await enter('operator');
    await operator.getByRole('link', { name: 'Users' }).click();
    await operator.getByLabel('Name').fill('مريم');
    await operator.getByLabel('Role').selectOption('viewer');
    await operator.getByRole('textbox', { name: 'Password' }).fill('short');
    await operator.getByRole('button', { name: 'Add' }).click();
    await operator.getByRole('alert').waitFor();
    expect(await operator.getByRole('alert').textContent()).toContain('password-length');
    expect(await operator.getByLabel('Name').inputValue()).toBe('مريم');
    await looked(operator, 'users-wrong');
    await operator.getByRole('textbox', { name: 'Password' }).fill('a long enough one');
    await operator.getByRole('button', { name: 'Add' }).click();
    expect(await said(operator)).toContain('may come in as viewer');
    await looked(operator, 'users-desk-light');

    const viewer = await enter('مريم', 'a long enough one', { width: 'phone', scheme: 'dark' });
    await viewer.locator('h1', { hasText: 'Stories' }).waitFor();
    expect(await viewer.getByRole('link', { name: 'Users' }).count()).toBe(0);
    expect((await viewer.goto('/users'))?.status()).toBe(403);
    await operator.getByRole('link', { name: 'مريم' }).click();
    await looked(operator, 'user-desk-light');
    await operator.getByLabel('May').selectOption('editor');
    await operator.getByRole('button', { name: 'Give this role' }).click();
    expect(await said(operator)).toContain('is editor now');
    await viewer.goto('/stories');
    await viewer.getByLabel('Password or token').waitFor();

    await operator.getByLabel('New password').fill('another long enough one');
    await operator.getByRole('button', { name: 'Give this password' }).click();
    expect(await said(operator)).toContain('has a new password');
    operator.once('dialog', (dialog) => void dialog.accept());
    await operator.getByRole('button', { name: 'Remove this user' }).click();
    expect(await said(operator)).toContain('is removed');
    const gone = await enter('مريم', 'another long enough one');
    await gone.getByRole('alert').waitFor();
    expect(await gone.getByRole('alert').textContent()).toContain('do not fit');

    await operator.getByRole('link', { name: 'Audit' }).click();
    for (const action of ['user.add', 'user.change', 'user.remove']) expect(await operator.locator('main').textContent()).toContain(action);
    for (const page of [operator, viewer, gone]) await page.context().close();
  });

  test.each([['phone', 'light'], ['phone', 'dark'], ['desk', 'dark']] as const)('the token of a program is shown once, and the last operator stays, at the %s, %s', async (width, scheme) => {
    const page = await enter('operator', PASSWORD, { width, scheme });
    await page.goto('/users');
    await page.getByLabel('Name').fill(`scraper.${width}.${scheme}`);
    await page.getByLabel('It is a program').check();
    await page.getByRole('button', { name: 'Add' }).click();
    await page.locator('code.token').waitFor();
    await looked(page, `user-token-${width}-${scheme}`);
    await page.getByRole('link', { name: 'Back to the users' }).click();
    await looked(page, `users-${width}-${scheme}`);
    await page.getByRole('link', { name: 'operator', exact: true }).click();
    await looked(page, `user-${width}-${scheme}`);
    page.once('dialog', (dialog) => void dialog.accept());
    await page.getByRole('button', { name: 'Remove this user' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('last-operator');
    await page.context().close();
  });
});
