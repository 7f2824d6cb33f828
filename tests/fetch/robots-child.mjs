// A process that asks for a robots.txt, for robots-gate.test.ts. Runs the built code.
// usage: robots-child.mjs DIST '{"redisUrl":…,"prefix":…,"url":…}'
import { pathToFileURL } from 'node:url';

const [dist, task] = process.argv.slice(2);
const { createFetcher, createRobotsGate } = await import(pathToFileURL(`${dist}/src/fetch/index.js`).href);
const { connectRedis, endpointFromUrl } = await import(pathToFileURL(`${dist}/src/redis/index.js`).href);
const { redisUrl, prefix, url } = JSON.parse(task);
const redis = connectRedis(endpointFromUrl(redisUrl).value, 'producer');
const robots = createRobotsGate(redis, createFetcher({ userAgent: 'Dateline/test' }), { prefix, agent: 'Dateline' });
await robots.check(url, { allowPrivate: true });
process.exit(0);
