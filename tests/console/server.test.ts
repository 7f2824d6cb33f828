import { expect, test } from 'vitest';
import { useRedis } from '../redis.js';
import { useServices } from './services.js';
import { checkBind } from '../../src/console/access/requests.js';
import { createConsoleApp } from '../../src/console/app.js';
import { startConsole, type ConsoleOptions } from '../../src/console/index.js';

const store = useRedis();
const services = useServices(store);
const { queues } = services;
const options = (over: Partial<ConsoleOptions> = {}): ConsoleOptions => ({ host: '127.0.0.1', port: 0, queues: [], services, ...over });

test('listens, answers, and stops although a connection is kept alive', async () => {
  const started = await startConsole(options());
  if (!started.ok) throw started.fault;
  const { address } = started.value;
  expect(await (await fetch(`${address}healthz`)).json()).toEqual({ status: 'alive' });
  expect((await fetch(`${address}board`)).status).toBe(200);
  await started.value.stop();
  await expect(fetch(`${address}healthz`)).rejects.toThrow('fetch failed');
});

test('the queue board shows, and changes nothing', async () => {
  const started = await startConsole(options({ queues: [queues.article] }));
  if (!started.ok) throw started.fault;
  const { address } = started.value;
  const board: unknown = await (await fetch(`${address}board/api/queues`)).json();
  expect(board).toMatchObject({ queues: [{ name: 'article', readOnlyMode: true }] });
  await queues.article.add('article', { source: 'wire' }, { jobId: 'kept' });
  for (const [path, method] of [['clean/waiting', 'PUT'], ['pause', 'PUT'], ['empty', 'PUT'], ['obliterate', 'PUT'], ['kept/clean', 'PUT']] as const) {
    expect((await fetch(`${address}board/api/queues/article/${path}`, { method })).status).toBeGreaterThanOrEqual(400);
  }
  expect(await queues.article.getWaitingCount()).toBe(1);
  await started.value.stop();
});

test('a port that is taken is a fault that names a way out', async () => {
  const first = await startConsole(options());
  if (!first.ok) throw first.fault;
  const port = Number(new URL(first.value.address).port);
  const second = await startConsole(options({ port }));
  await first.value.stop();
  if (second.ok) throw new Error('two consoles listen on one port');
  expect(second.fault).toMatchObject({ code: 'console-port', consequence: 'misconfigured' });
  expect(second.fault.hint).toContain('DATELINE_CONSOLE_PORT');
});

const withToken = (token: string | null) => ({ ...services, settings: { ...services.settings, console: { ...services.settings.console, token } } });
const TOKEN = 'sixteen characters or more';

test.each(['0.0.0.0', '::', '192.0.2.1', '', '0', '::ffff:0.0.0.0', '10.0.0.1', 'fe80::1', '127.0.0.1.example', 'localhost.example', 'news.example', '1127.0.0.1', '127.1'])('a bind that strangers reach is refused without users or a token of some length: %j', async (host) => {
  expect(await startConsole(options({ host }))).toMatchObject({ ok: false, fault: { code: 'console-open' } });
  expect(await startConsole(options({ host, services: withToken('short') }))).toMatchObject({ ok: false, fault: { code: 'console-open' } });
  expect(checkBind(host, TOKEN, 0)).toBeNull();
  expect(checkBind(host, undefined, 1)).toBeNull();
});

test.each(['127.0.0.1', 'localhost'])('a bind that only this machine reaches asks for neither: %s', async (host) => {
  const started = await startConsole(options({ host }));
  expect(started).toMatchObject({ ok: true });
  if (started.ok) await started.value.stop();
});

test('who is reached by others lets nobody in when the last user is gone', async () => {
  const { settings } = services;
  const app = createConsoleApp({ services: { ...services, settings: { ...settings, console: { ...settings.console, host: '0.0.0.0' } } } });
  expect((await app.request('/api/v1/status', { headers: { host: 'localhost' } })).status).toBe(401);
  const open = await startConsole(options({ host: '0.0.0.0', services: withToken(TOKEN) }));
  if (!open.ok) throw open.fault;
  const port = new URL(open.value.address).port;
  const ask = async (headers: Record<string, string>) => (await fetch(`http://127.0.0.1:${port}/api/v1/status`, { headers })).status;
  expect([await ask({}), await ask({ authorization: `Bearer ${TOKEN}` })]).toEqual([401, 200]);
  await open.value.stop();
});
