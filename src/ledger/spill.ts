import type { Redis } from 'ioredis';
import { z } from 'zod';
import { sharedNow, type RedisKeys } from '../queue/index.js';
import { releaseLease, takeLease } from '../redis-lease.js';
import type { SinkBound } from './accept.js';
import { backlogs, type Backlog } from './backlog.js';
import { parseState } from './state.js';

/**
 * Deliveries that lie on disk, because too much waits for their sink. A delivery is in one of three places, and each step from one
 * to the next is one script:
 *
 * - `todo` of its sink: `accept` put it there instead of into the queue; its stories are still here;
 * - a segment, a file that was on the disk before the item's state names it (`sink=segment`): its stories may leave Redis;
 * - owed, as every other delivery: its stories came back from the segment, or had never left.
 *
 * A segment that holds nothing any more loses its file first and its entry in the register then.
 */
export interface Segment {
  readonly id: string;
  readonly sink: string;
  /** `writing`: begun, and no state names it yet. */
  readonly state: 'writing' | 'held';
  /** Deliveries that have not come back. */
  readonly live: number;
  /** Of its file. */
  readonly bytes: number;
  /** When it was begun, in ms by the clock of Redis. */
  readonly begunAt: number;
}

/** The folder, on whatever machine, that a segment lies in: the head of its id. */
export const placeOf = (segment: string): string => segment.slice(0, segment.indexOf('.'));

/** How the register writes an entry; the field is the segment's id. */
export const LUA_SEGMENT = `
local function segment_of(line)
  local sink, state, live, bytes, begun = string.match(line or '', '^([^|]*)|([^|]*)|(%d+)|(%d+)|(%d+)$')
  if not sink then return nil end
  return { sink = sink, state = state, live = tonumber(live), bytes = tonumber(bytes), begun = tonumber(begun) }
end
local function keep_segment(segments, id, entry)
  redis.call('HSET', segments, id, string.format('%s|%s|%d|%d|%d', entry.sink, entry.state, entry.live, entry.bytes, entry.begun))
end
`;

function parseSegment(id: string, line: string): Segment | null {
  const [sink = '', state, live, bytes, begunAt] = line.split('|');
  if (state !== 'writing' && state !== 'held') return null;
  return { id, sink, state, live: Number(live), bytes: Number(bytes), begunAt: Number(begunAt) };
}

export async function segment(redis: Redis, keys: RedisKeys, id: string): Promise<Segment | null> {
  const line = await redis.hget(keys.spillSegments, id);
  return line === null ? null : parseSegment(id, line);
}

/** The register of all places, the oldest segment of each place first. */
export async function segments(redis: Redis, keys: RedisKeys): Promise<Segment[]> {
  const found = Object.entries(await redis.hgetall(keys.spillSegments)).flatMap(([id, line]) => parseSegment(id, line) ?? []);
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** What a sink has on disk and on the way there. */
export interface Spilled extends Backlog {
  /** Deliveries on their way to disk; counted in `deliveries`, too. */
  readonly todo: number;
  /** Deliveries on disk; not counted in `deliveries`. */
  readonly onDisk: number;
  /** What waits in Redis as a share of that from which deliveries go to disk; and so the part of it that is not on its way there. */
  readonly fill: number;
  readonly queueFill: number;
}

export async function spilled(redis: Redis, keys: RedisKeys, sinks: readonly SinkBound[]): Promise<ReadonlyMap<string, Spilled>> {
  if (sinks.length === 0) return new Map();
  const [waiting, onDisk, todo] = await Promise.all([
    backlogs(redis, keys, sinks), redis.hmget(keys.spill, ...sinks.map(({ name }) => `n:${name}`)),
    Promise.all(sinks.map(({ name }) => redis.llen(keys.spillTodo(name)))),
  ]);
  return new Map(sinks.flatMap(({ name, spillFrom }, at): [string, Spilled][] => {
    const backlog = waiting.get(name);
    if (backlog === undefined) return [];
    const fill = spillFrom === undefined ? 0 : Math.max(backlog.deliveries / spillFrom.deliveries, backlog.bytes / spillFrom.bytes);
    const going = todo[at] ?? 0;
    // Of the bytes no more is known than their sum.
    const queueFill = backlog.deliveries === 0 ? 0 : fill * Math.max(0, 1 - going / backlog.deliveries);
    return [[name, { ...backlog, todo: going, onDisk: Number(onDisk[at] ?? 0), fill, queueFill }]];
  }));
}

/** Bytes of the segments of one place. */
export const bytesAt = async (redis: Redis, keys: RedisKeys, place: string): Promise<number> => Number((await redis.hget(keys.spill, `b:${place}`)) ?? 0);

const placeSchema = z.strictObject({ seenAt: z.int(), host: z.string(), dir: z.string(), trouble: z.string().nullable() });
export interface Place extends z.infer<typeof placeSchema> {
  readonly id: string;
}

/** A process tells that it can reach the folder of a place; `trouble` says why it cannot write there. */
export async function seePlace(redis: Redis, keys: RedisKeys, id: string, told: Pick<Place, 'host' | 'dir' | 'trouble'>): Promise<void> {
  await redis.hset(keys.spillPlaces, id, JSON.stringify({ seenAt: await sharedNow(redis), ...told }));
}

export const places = async (redis: Redis, keys: RedisKeys): Promise<Place[]> =>
  Object.entries(await redis.hgetall(keys.spillPlaces)).map(([id, json]) => ({ id, ...placeSchema.parse(JSON.parse(json)) }));

/** A place that no process has told of for this long is out of reach, and what lies there waits. */
export const PLACE_UNSEEN_MS = 60_000;

export interface UnseenPlace {
  readonly id: string;
  /** Where it was, when it was last seen. */
  readonly host: string;
  readonly dir: string;
  /** ISO 8601, or null for one that was never told of. */
  readonly seenAt: string | null;
  readonly deliveries: number;
}

/** Places out of reach that hold deliveries. Empty places that were not seen for a day are forgotten. */
export async function unseenPlaces(redis: Redis, keys: RedisKeys): Promise<UnseenPlace[]> {
  const [held, known, now] = await Promise.all([segments(redis, keys), places(redis, keys), sharedNow(redis)]);
  const live = new Map<string, number>();
  for (const { id, live: n } of held) live.set(placeOf(id), (live.get(placeOf(id)) ?? 0) + n);
  const byId = new Map(known.map((place) => [place.id, place]));
  for (const { id, seenAt } of known) if (!live.has(id) && now - seenAt > 86_400_000) await redis.hdel(keys.spillPlaces, id);
  return [...live].flatMap(([id, deliveries]): UnseenPlace[] => {
    const place = byId.get(id);
    if (deliveries === 0 || (place !== undefined && now - place.seenAt <= PLACE_UNSEEN_MS)) return [];
    return [{ id, host: place?.host ?? '', dir: place?.dir ?? '', seenAt: place === undefined ? null : new Date(place.seenAt).toISOString(), deliveries }];
  });
}

/** A delivery whose item's state names a segment. */
export interface SpillMark {
  readonly source: string;
  readonly item: string;
  readonly revision: number;
  readonly sink: string;
  readonly segment: string;
}

const SCAN_COUNT = 1_000;

/** Every mark there is, from the states of all items; an item in motion may be told twice. */
export async function* spillMarks(redis: Redis, keys: RedisKeys): AsyncGenerator<SpillMark> {
  for (const source of await redis.smembers(keys.sources)) {
    let cursor = '0';
    do {
      const [next, fields] = await redis.hscan(keys.items(source), cursor, 'COUNT', SCAN_COUNT);
      cursor = next;
      for (let at = 0; at + 1 < fields.length; at += 2) {
        const line = fields[at + 1] ?? '';
        // Nearly no line has a mark; the others need no parsing.
        if (!line.startsWith('accepted|') || !line.includes('=')) continue;
        const state = parseState(line);
        for (const { sink, segment: id } of state?.spilled ?? []) yield { source, item: fields[at] ?? '', revision: state?.revision ?? 0, sink, segment: id };
      }
    } while (cursor !== '0');
  }
}

/** What a killed holder leaves stays still for so long, at most. */
const TAKE_TURN_MS = 4_000;

/**
 * Lets one process at a time look after what a sink has on disk. It saves work and is no lock: a turn that is overrun repeats
 * what another does, and every script knows what was done.
 */
export async function inSpillTurn(redis: Redis, keys: RedisKeys, sink: string, token: string, work: () => Promise<void>): Promise<void> {
  const key = keys.spillTurn(sink);
  if (!(await takeLease(redis, key, token, TAKE_TURN_MS))) return;
  try {
    await work();
  } finally {
    await releaseLease(redis, key, token);
  }
}
