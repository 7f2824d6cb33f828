// One process of a fleet, for gate-processes.test.ts: takes its jobs through the host gate as a worker does. Runs the built code.
// usage: gate-child.mjs DIST '{"redisUrl":…,"url":…,"jobs":…,"options":{…}}'
import { pathToFileURL } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';

const [dist, task] = process.argv.slice(2);
const { createFetcher, createHostGate, gateHost } = await import(pathToFileURL(`${dist}/src/fetch/index.js`).href);
const { connectRedis, endpointFromUrl } = await import(pathToFileURL(`${dist}/src/redis/index.js`).href);
const { redisUrl, url, jobs, options } = JSON.parse(task);
const redis = connectRedis(endpointFromUrl(redisUrl).value, 'producer');
const gate = createHostGate(redis, options);
const fetcher = createFetcher({ userAgent: 'Dateline/test' });
const host = gateHost(url);
let refused = 0;

// The gate's own word falls after its script was sent: the last time one was, before `enter` gave leave.
const asked = { at: 0 };
const send = redis.evalsha.bind(redis);
redis.evalsha = (...call) => {
  asked.at = performance.timeOrigin + performance.now();
  return send(...call);
};

// One after the other within a process, so that the last script sent is the one that gave leave.
for (let job = 0; job < jobs; job += 1) {
  for (;;) {
    await sleep(await gate.book(host));
    if (await gate.enter(host)) break;
    refused += 1;
  }
  const outcome = await fetcher.get({ url, allowPrivate: true, headers: { 'x-asked-gate-at': String(asked.at) } });
  await gate.observed(host, outcome.ok ? outcome.value.elapsedMs : 0, outcome.ok);
}
await fetcher.close();
await redis.quit();
console.log(JSON.stringify({ refused }));
