import type { Redis } from 'ioredis';
import { z } from 'zod';
import { traceAttempts, type Attempt } from '../ledger/index.js';
import type { RedisKeys } from '../queue/index.js';
import type { ServiceEmitter, ServiceEvents } from './events.js';

const NOTE_MS = 250;
/** Attempts noted at once; when more fail in a quarter of a second, something is wrong that a trace of each does not tell better. */
const MOST = 500;

const itemSchema = z.object({ source: z.string(), item: z.string(), revision: z.int(), sink: z.string().optional() });

/**
 * Notes failed attempts in the traces of their items, a quarter of a second's together, so that no job waits for it.
 * Gives the function that notes the rest and ends.
 */
export function noteAttempts(redis: Redis, keys: RedisKeys, events: ServiceEmitter): () => Promise<void> {
  let waiting: Attempt[] = [];
  const flush = async (): Promise<void> => {
    const attempts = waiting;
    waiting = [];
    if (attempts.length > 0) await traceAttempts(redis, keys, attempts);
  };
  const hear = ({ queue, payload, fault, attempt }: ServiceEvents['fault'][0]): void => {
    const item = itemSchema.safeParse(payload);
    if (!item.success || waiting.length >= MOST) return;
    const { sink, ...ref } = item.data;
    const stage = sink === undefined ? queue : `${queue} to ${sink}`;
    waiting.push({ ...ref, detail: `${stage}, attempt ${attempt}: ${fault.code}, ${fault.message}` });
  };
  const timer = setInterval(() => {
    flush().catch((error: unknown) => events.emit('trouble', { what: 'trace', error: error instanceof Error ? error : new Error(String(error)) }));
  }, NOTE_MS);
  timer.unref();
  events.on('fault', hear);
  return async () => {
    clearInterval(timer);
    events.off('fault', hear);
    await flush();
  };
}
