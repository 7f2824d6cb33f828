import type { Redis } from 'ioredis';
import { placeOf, segments, type Imbalance } from '../ledger/index.js';
import type { RedisKeys } from '../queue/index.js';
import { SegmentFolder } from './segment-folder.js';

/** Compares the register with the files of this machine's folder; what other machines hold is theirs to look at. */
export async function verifySegments(redis: Redis, keys: RedisKeys, dir: string): Promise<Imbalance[]> {
  const folder = await SegmentFolder.at(dir);
  if (folder === null) return [];
  const files = new Map((await folder.files()).map((file) => [file.id, file.bytes]));
  const held = (await segments(redis, keys)).filter(({ id }) => placeOf(id) === folder.place);
  const of = (sink: string): string => `sink ${sink}`;
  const known = new Set(held.map(({ id }) => id));
  return [
    ...held.flatMap(({ id, sink, state, bytes }): Imbalance[] => {
      const counted = files.get(id) ?? 0;
      return state === 'writing' || counted === bytes ? [] : [{ source: of(sink), what: `bytes of segment ${id}`, booked: bytes, counted }];
    }),
    ...[...files].flatMap(([id, bytes]): Imbalance[] => (known.has(id) ? [] : [{ source: 'spill', what: `file that no book knows, ${id}`, booked: 0, counted: bytes }])),
  ];
}
