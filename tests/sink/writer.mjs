// Writes numbered stories through the compiled NDJSON sink until it is killed: `writer.mjs DIST REDIS_URL PREFIX DIR COUNT`.
// A list of what is to be written, and the marks, are kept in Redis as the ledger keeps them.
import { pathToFileURL } from 'node:url';

const [dist, url, prefix, dir, count] = process.argv.slice(2);
const from = (path) => import(pathToFileURL(`${dist}/src/${path}`).href);
const { redisKeys } = await from('queue/index.js');
const { connectRedis, endpointFromUrl } = await from('redis/index.js');
const { NdjsonSink } = await from('sink/index.js');
const redis = connectRedis(endpointFromUrl(url).value, 'producer');
const sink = new NdjsonSink(redis, redisKeys(prefix), { dir, rotateSize: 200_000, rotateAge: 86_400_000 });
const [booked, marks, next] = ['booked', 'marks', 'next'].map((name) => `${prefix}:${name}`);

async function deliver(number) {
  const key = String(number);
  const begun = await sink.begin();
  if (!begun.ok) throw begun.fault;
  const earlier = await redis.hget(marks, key);
  if (earlier === null) await redis.hset(marks, key, begun.value);
  const stories = [1, 2].map((part) => ({ id: `${key}.${part}`, version: 1, json: JSON.stringify({ id: `${key}.${part}`, filler: 'x'.repeat(3_000) }) }));
  const done = await sink.deliver({ key, stories, mark: earlier ?? begun.value, again: earlier !== null, remark: async (mark) => (await redis.hset(marks, key, mark)) >= 0 });
  if (!done.ok) return false;
  await redis.sadd(booked, key);
  return true;
}

process.send('ready');
// Those that a killed writer began and did not book come first, then new ones.
for (const key of await redis.hkeys(marks)) {
  while (!(await redis.sismember(booked, key)) && !(await deliver(Number(key)))) await new Promise((resolve) => setTimeout(resolve, 100));
}
for (;;) {
  const batch = await Promise.all(Array.from({ length: 8 }, () => redis.incr(next)));
  if (batch[0] > Number(count)) break;
  await Promise.all(batch.map(deliver));
}
await sink.close();
redis.disconnect();
