import { afterAll, beforeAll, expect, test } from 'vitest';
import { settingsOf, sourceSchema, type SourceConfig } from '../../src/config/index.js';
import { createConsoleApp } from '../../src/console/app.js';
import { createRedisView, WorkMonitor, type ConsoleView } from '../../src/console/index.js';
import { afterFailure, newHistory } from '../../src/poll/index.js';
import { openQueues, redisKeys, type Queues } from '../../src/queue/index.js';
import { useRedis } from '../redis.js';
import { useServices } from './services.js';

const store = useRedis();
const keys = redisKeys(store.prefix);
const settings = settingsOf();
const { redis } = store;
const services = useServices(store);
let queues: Queues;

beforeAll(() => {
  queues = openQueues(redis, { ...settings, redis: { prefix: store.prefix } }, ['ndjson'], (_queue, error) => { throw error; });
});
afterAll(() => queues.close());

const SINCE = Date.parse('2026-03-01T10:00:00Z');
/** Two polls that failed, as the poll worker would leave them. */
const failing = (url: string): string => {
  const fault = { code: 'http-500', message: 'the host answers 500' };
  const rules = { minMs: 1_000, maxMs: 60_000, startMs: 1_000 };
  return JSON.stringify(afterFailure(afterFailure(newHistory(url, SINCE), fault, rules, SINCE, 0).history, fault, rules, SINCE + 60_000, 0).history);
};
const viewOf = (sources: readonly SourceConfig[]): ConsoleView => createRedisView({
  redis, keys, queues, settings, sources: () => sources, sinks: [],
  monitor: new WorkMonitor({ redis, keys, queues, stuckAfterMs: 60_000, onError: (error) => { throw error; } }),
});

test('each source stands as its polls went, in the view and the metric; of one that is off or was never polled nothing is said', async () => {
  const url = 'https://a.example/feed';
  const sources = [
    sourceSchema.parse({ id: 'on', url }), sourceSchema.parse({ id: 'off', url, enabled: false }),
    sourceSchema.parse({ id: 'new', url }), sourceSchema.parse({ id: 'moved', url: 'https://b.example/feed' }),
  ];
  for (const id of ['on', 'off', 'moved']) await redis.hset(keys.source(id), { history: failing(url) });
  const view = viewOf(sources);
  const rows = await view.sources();
  expect(rows.map(({ id, health }) => [id, health?.state ?? null])).toEqual([['on', 'failing'], ['off', null], ['new', null], ['moved', 'healthy']]);
  expect(rows[0]?.health).toEqual({ state: 'failing', reason: 'it has never answered well; the last of 2 tries: the host answers 500', since: '2026-03-01T10:00:00.000Z' });

  const metrics = await (await createConsoleApp({ services: { ...services, view } }).request('/metrics', { headers: { host: 'localhost' } })).text();
  expect(metrics.split('\n').filter((line) => line.startsWith('dateline_source_state{'))).toEqual([
    'dateline_source_state{source="on",state="failing"} 1', 'dateline_source_state{source="moved",state="healthy"} 1',
  ]);
});
