import type { Redis } from 'ioredis';
import { z } from 'zod';
import { countLanguage, NO_LANGUAGES, type LanguageHistogram } from '../language/index.js';
import { RedisScript, type RedisKeys } from '../queue/index.js';

const shares = z.record(z.string().max(64), z.number().min(0));
const histogramSchema = z.object({
  recent: shares,
  pages: shares,
  usual: z.string().max(64).nullable(),
  changed: z.object({ from: z.string().max(64), to: z.string().max(64), at: z.string().max(40) }).nullable(),
});

/** One that cannot be read is counted anew: it is a help, not a book. */
function parse(stored: string | null): LanguageHistogram {
  if (stored === null) return NO_LANGUAGES;
  try {
    return histogramSchema.parse(JSON.parse(stored));
  } catch {
    return NO_LANGUAGES;
  }
}

/** The languages of a source's pages so far; empty before the first. At most some dozens of tags. */
export const sourceLanguages = async (redis: Redis, keys: RedisKeys, source: string): Promise<LanguageHistogram> =>
  parse(await redis.get(keys.languages(source)));

const SWAP = new RedisScript(`
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
return 1
`);

/** Pages of one source that end at the same time: each try lets one of them through. */
const TRIES = 8;

/** Counts a page of a source. Under many readers at once a page may stay uncounted; none is counted twice. */
export async function countPageLanguage(redis: Redis, keys: RedisKeys, source: string, tag: string, at: Date = new Date()): Promise<void> {
  const key = keys.languages(source);
  for (let left = TRIES; left > 0; left--) {
    const stored = await redis.get(key);
    const next = JSON.stringify(countLanguage(parse(stored), tag, at));
    if ((await SWAP.run(redis, [key], [stored ?? '', next])) === 1) return;
  }
}
