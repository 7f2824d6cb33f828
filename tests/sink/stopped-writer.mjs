// Delivers one batch through the compiled NDJSON sink and stops itself at a place within its write:
// `stopped-writer.mjs DIST REDIS_URL PREFIX DIR KEY PLACE`, PLACE being "before" or "after" the kernel's write, or "both".
// `DIR/../KEY.stopped.N` says that it is about to.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { pathToFileURL } from 'node:url';

const [dist, url, prefix, dir, key, place] = process.argv.slice(2);
const { writeSync } = fs;
let stops = 0;
function stop() {
  stops += 1;
  fs.writeFileSync(`${dir}.stopped.${stops}`, '');
  process.kill(process.pid, 'SIGSTOP');
}
fs.writeSync = (fd, bytes) => {
  if (place !== 'after') stop();
  const written = writeSync(fd, bytes);
  if (place !== 'before') stop();
  return written;
};
syncBuiltinESMExports();

const from = (path) => import(pathToFileURL(`${dist}/src/${path}`).href);
const { redisKeys } = await from('queue/index.js');
const { connectRedis, endpointFromUrl } = await from('redis/index.js');
const { NdjsonSink } = await from('sink/index.js');
const redis = connectRedis(endpointFromUrl(url).value, 'producer');
const sink = new NdjsonSink(redis, redisKeys(prefix), { dir, rotateSize: 200_000, rotateAge: 86_400_000 });
const begun = await sink.begin();
if (!begun.ok) throw begun.fault;
await redis.set(`${prefix}:mark`, begun.value);
const stories = ['a', 'b'].map((id) => ({ id, version: 1, json: JSON.stringify({ id, version: 1, filler: '' }) }));
const done = await sink.deliver({ key, stories, mark: begun.value, again: false, remark: () => Promise.resolve(true) });
process.send(done.ok ? 'taken' : done.fault.code);
process.disconnect();
await sink.close();
redis.disconnect();
