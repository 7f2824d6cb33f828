// Runs the compiled keeper once and dies by kill -9 at one of its steps: `keeper-child.mjs DIST REDIS_URL PREFIX DIR SINKS STEP`.
// A step is a change to the disk or to Redis, counted before it is made: between two changes it does not matter when one dies.
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { pathToFileURL } from 'node:url';

const [dist, url, prefix, dir, sinks, step] = process.argv.slice(2);
const CHANGES = new Set(['evalsha', 'eval', 'set', 'hset', 'hdel']);
let steps = 0;
let counting = false;
function pass(what) {
  if (!counting) return;
  steps += 1;
  if (steps !== Number(step)) return;
  process.send({ died: what });
  process.kill(process.pid, 'SIGKILL');
  // The signal comes before the next turn of the loop, and nothing is done until then.
  for (;;);
}
for (const name of ['mkdir', 'writeFile', 'open', 'rename', 'unlink', 'link']) {
  const original = promises[name];
  promises[name] = async (...given) => {
    pass(name);
    return original(...given);
  };
}
syncBuiltinESMExports();

const from = (path) => import(pathToFileURL(`${dist}/src/${path}`).href);
const { redisKeys } = await from('queue/index.js');
const { connectRedis, endpointFromUrl } = await from('redis/index.js');
const { SpillKeeper } = await from('spill/index.js');
const redis = connectRedis(endpointFromUrl(url).value, 'producer');
const send = redis.sendCommand.bind(redis);
redis.sendCommand = (command, ...rest) => {
  if (CHANGES.has(command.name)) pass(command.name);
  return send(command, ...rest);
};
await redis.ping();
const nothing = () => undefined;
const keeper = new SpillKeeper({
  redis, keys: redisKeys(prefix), sinks: JSON.parse(sinks), dir, maxSize: 2 ** 30, addOwed: async () => pass('adding jobs'),
  news: { standing: nothing, lost: (news) => process.send({ lost: news.deliveries }), unseen: nothing },
});
counting = true;
await keeper.look();
counting = false;
process.send({ steps });
process.disconnect();
redis.disconnect();
