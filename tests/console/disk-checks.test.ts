import { afterAll, expect, test } from 'vitest';
import { settingsOf } from '../../src/config/index.js';
import { createConsoleApp } from '../../src/console/app.js';
import { createRedisView, WorkMonitor } from '../../src/console/index.js';
import { bytesAt, seePlace, spilled } from '../../src/ledger/index.js';
import { openQueues, redisKeys } from '../../src/queue/index.js';
import { connectRedis } from '../../src/redis/index.js';
import { sinkPlans } from '../../src/sink/index.js';
import { startOwnServer, useRedis } from '../redis.js';
import { ownFolder } from '../sink/folder.js';
import { keeperOf, pageFor, tight } from '../spill/backlog.js';
import { useServices } from './services.js';

// Readiness asks first whether the server keeps what it is told, so that it needs one that does.
const server = await startOwnServer();
const redis = connectRedis(server.endpoint, 'producer');
const services = useServices(useRedis());
const prefix = 'disks';
const keys = redisKeys(prefix);
const settings = settingsOf();
const queues = openQueues(redis, { ...settings, redis: { prefix } }, ['dead'], (_queue, error) => { throw error; });
afterAll(async () => {
  await queues.close();
  redis.disconnect();
  await server.stop();
});

const dead = tight('dead', 20);

test('deliveries on disk are an alarm in readiness and figures of the metrics, and so are a disk that is nearly full, fails, or gives no sign', async () => {
  const [plan] = sinkPlans(settings);
  if (plan === undefined) throw new Error('no sink is on');
  const view = createRedisView({
    redis, keys, queues, settings, sources: () => [], sinks: [{ plan: { ...plan, ...dead, spillFrom: plan.spillFrom }, where: 'nowhere' }],
    monitor: new WorkMonitor({ redis, keys, queues, stuckAfterMs: 60_000, onError: (error) => { throw error; } }),
  });
  const checks = async () => new Map((await view.checks()).map(({ name, ok, detail }) => [name, { ok, detail }]));
  expect((await checks()).get('sink: dead')?.ok).toBe(true);
  expect((await checks()).get('deliveries on disk')).toEqual({ ok: true, detail: '0 MB' });

  const dir = await ownFolder();
  const { keeper } = keeperOf(redis, prefix, dir, [dead]);
  for (let page = 0; page < 30; page += 1) {
    await pageFor(redis, keys, `news-page-${page}`, [dead]);
    await keeper.look();
  }
  const onDisk = (await spilled(redis, keys, [dead])).get('dead')?.onDisk;
  expect((await checks()).get('sink: dead')).toEqual({ ok: false, detail: expect.stringContaining(`${onDisk} wait on disk`) as unknown });
  const onDiskCheck = async () => (await checks()).get('deliveries on disk');
  expect((await onDiskCheck())?.ok).toBe(true);

  const [disk] = await view.disks();
  if (disk === undefined) throw new Error('the place is not known');
  const { place, host } = disk;
  expect(disk).toMatchObject({ dir, trouble: null, seen: true, bytes: await bytesAt(redis, keys, place) });
  const metrics = await (await createConsoleApp({ services: { ...services, view } }).request('/metrics', { headers: { host: 'localhost' } })).text();
  expect(metrics).toContain(`dateline_sink_on_disk{sink="dead"} ${onDisk}`);
  expect(metrics).toContain(`dateline_spill_bytes{host="${host}",place="${place}"} ${disk.bytes}`);
  expect(metrics).toContain(`dateline_spill_well{host="${host}",place="${place}"} 1`);

  const saying = (words: string): object => ({ ok: false, detail: expect.stringContaining(words) as unknown });
  await seePlace(redis, keys, place, { host, dir, trouble: 'no space left on device' });
  expect(await onDiskCheck()).toEqual(saying('no space left on device'));
  await seePlace(redis, keys, place, { host, dir, trouble: null });
  const most = settings.deliver.spill.maxSize * 0.8;
  await redis.hincrby(keys.spill, `b:${place}`, most);
  expect(await onDiskCheck()).toEqual(saying('80 % of deliver.spill.maxSize'));
  await redis.hincrby(keys.spill, `b:${place}`, -most);
  expect((await onDiskCheck())?.ok).toBe(true);
  await redis.hdel(keys.spillPlaces, place);
  expect(await onDiskCheck()).toEqual(saying(`${onDisk} deliveries wait on a disk that nobody sees`));
});
