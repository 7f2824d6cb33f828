import { afterAll, beforeEach, expect, test } from 'vitest';
import { createDispatchers, resolveBySystem } from '../../src/fetch/index.js';
import { elasticsearchSink } from '../../src/sink/elasticsearch.js';
import { batchOf } from './folder.js';
import { ID, storyOf } from './kinds.js';
import { startBulkServer } from './servers/bulk.js';

const server = await startBulkServer();
const dispatchers = createDispatchers({ connectMs: 1_000, idleMs: 1_000, maxHeaderBytes: 65_536, connectionsPerOrigin: 4, resolve: resolveBySystem });
afterAll(async () => {
  await dispatchers.close();
  await server.http.close();
});
beforeEach(() => {
  server.script(() => null);
  server.whole(null);
});
const sink = elasticsearchSink('search', {
  enabled: true, url: `${server.http.origin}/`, index: 'stories', apiKey: 'a key', username: null, password: null, allowPrivate: true, format: 'dateline', only: null, except: null,
  concurrency: null, batch: null, timeout: 1_000, maxBacklog: 1, maxBacklogSize: 1,
}, dispatchers, { batch: 100, timeoutMs: 1_000 });
const push = (...stories: ReturnType<typeof storyOf>[]) => sink.deliver(batchOf('one', stories, ''));

test('a version that comes late never overwrites a newer one', async () => {
  await push(storyOf('v0', 2));
  expect(await push(storyOf('v0', 1))).toMatchObject({ ok: true });
  expect(server.documents.get(`${ID}v0`)?.version).toBe(2);
});

test('of a request that went through in part only what the server was too busy for is sent again', async () => {
  let busy = 2;
  server.script((id) => (id === `${ID}w2` && (busy -= 1) >= 0 ? { status: 429, type: 'es_rejected_execution_exception' } : null));
  const before = server.requests.length;
  expect(await push(storyOf('w1'), storyOf('w2'), storyOf('w3'))).toMatchObject({ ok: true });
  expect(server.requests.slice(before)).toEqual([3, 1, 1]);
});

test('one that stays too busy is left alone, one that refuses a story refuses that one', async () => {
  server.script((id) => (id === `${ID}x1` ? { status: 429 } : { status: 400, type: 'mapper_parsing_exception' }));
  expect(await push(storyOf('x1'))).toMatchObject({ ok: false, fault: { code: 'sink-throttled', consequence: 'retry-later' } });
  expect(await push(storyOf('x2'))).toMatchObject({ ok: false, fault: { code: 'story-refused', consequence: 'give-up' } });
});

test('what is too much for the server at once goes in halves', async () => {
  const large = Array.from({ length: 4 }, (_, at) => storyOf(`y${at}`, 1, { rights: 'x'.repeat(3_000_000) }));
  const before = server.requests.length;
  expect(await push(...large)).toMatchObject({ ok: true });
  expect(server.requests.slice(before)).toEqual([2, 2]);
});

test.each([[401, 'misconfigured'], [404, 'misconfigured'], [429, 'retry-later'], [500, 'retry-later'], [503, 'retry-later']])('a whole request that is answered %i is %s', async (status, consequence) => {
  server.whole(status);
  expect(await push(storyOf('z1'))).toMatchObject({ ok: false, fault: { consequence } });
});
