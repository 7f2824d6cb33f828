import { expect, test } from 'vitest';
import { useRedis } from '../redis.js';
import { useServices } from './services.js';
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

test('a bind that strangers reach is refused without users or a token of some length', async () => {
  const withToken = (token: string | null) => ({ ...services, settings: { ...services.settings, console: { ...services.settings.console, token } } });
  for (const host of ['0.0.0.0', '::', '192.0.2.1']) {
    expect(await startConsole(options({ host }))).toMatchObject({ ok: false, fault: { code: 'console-open' } });
    expect(await startConsole(options({ host, services: withToken('short') }))).toMatchObject({ ok: false, fault: { code: 'console-open' } });
  }
});
