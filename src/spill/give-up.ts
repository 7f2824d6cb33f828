import type { Redis } from 'ioredis';
import { closeSegment, loseSpilled, placeOf, segments, spillMarks, unseenPlaces, type SpillMark } from '../ledger/index.js';
import { failed, giveUp, ok, type Outcome } from '../fault.js';
import type { RedisKeys } from '../queue/index.js';

const CHUNK = 50;

/**
 * A disk that will never be seen again: what waited there goes to quarantine as `spill-lost`, but for stories that are still here
 * for another sink, which are owed again. Gives how many went. Refused for a place that a process still tells of.
 */
export async function giveUpPlace(redis: Redis, keys: RedisKeys, place: string): Promise<Outcome<number>> {
  const unseen = await unseenPlaces(redis, keys);
  if (!unseen.some(({ id }) => id === place)) {
    const others = unseen.map(({ id, host, dir }) => `${id} (${dir} of ${host})`).join(', ');
    return failed(giveUp({
      code: 'no-such-place', message: `No deliveries wait at a place ${place.slice(0, 40)} that is out of sight.`,
      hint: others === '' ? 'Every place with deliveries is seen.' : `Out of sight: ${others}.`,
    }));
  }
  const marks: SpillMark[] = [];
  for await (const mark of spillMarks(redis, keys)) if (placeOf(mark.segment) === place) marks.push(mark);
  let lost = marks.length;
  for (const { id } of (await segments(redis, keys)).filter((held) => placeOf(held.id) === place)) {
    const own = marks.filter(({ segment }) => segment === id);
    for (let start = 0; start < own.length; start += CHUNK) {
      lost -= (await loseSpilled(redis, keys, id, own.slice(start, start + CHUNK), 'the disk was given up')).length;
    }
    await closeSegment(redis, keys, id, place);
  }
  await redis.hdel(keys.spillPlaces, place);
  return ok(lost);
}
