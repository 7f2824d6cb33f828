import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { RedisKeys } from '../queue/index.js';
import type { ItemRef } from './facts.js';

/** One story version on its way to the sinks. */
export interface StoredStory {
  readonly id: string;
  readonly version: number;
  /** The record as one line of JSON, without the line's end. */
  readonly json: string;
}

const head = z.array(z.tuple([z.string(), z.int()]));

/** The stories of one item as the store keeps them: a line of ids and versions, then one line a record. */
export const encodeStories = (stories: readonly StoredStory[]): Buffer =>
  Buffer.from([JSON.stringify(stories.map(({ id, version }) => [id, version])), ...stories.map(({ json }) => json)].join('\n'));

export function decodeStories(text: string): StoredStory[] {
  const [first = '', ...lines] = text.split('\n');
  return head.parse(JSON.parse(first)).map(([id, version], at) => ({ id, version, json: lines[at] ?? '' }));
}

/** The stories that wait for their sinks; null when every sink has them. */
export async function storedStories(redis: Redis, keys: RedisKeys, { source, item, revision }: ItemRef): Promise<StoredStory[] | null> {
  const text = await redis.get(keys.stories(source, item, revision));
  return text === null ? null : decodeStories(text);
}
