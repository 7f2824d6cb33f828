import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { BOOK, CRAWL_DELAY, ENTER, OBSERVED, SLOW_DOWN } from './host-gate-scripts.js';
import { RedisScript } from '../redis-script.js';
import type { HostGate } from './types.js';

export interface HostGateOptions {
  /** First part of every key. */
  readonly prefix: string;
  /**
   * Least milliseconds between the starts of two requests to a host. 0 switches spacing, adaptation and the bound on open requests
   * off; what the host asks for (`slowDown`, crawl-delay, trouble) still counts.
   */
  readonly minDelayMs: number;
  /** Most milliseconds between two requests, whatever the host asks for or however slow it is; a Retry-After is kept in full. */
  readonly maxDelayMs: number;
  /** Requests open to one host at a time, over all processes. */
  readonly concurrency: number;
  /** After this long without `observed` a request counts as ended: its process has died. Default 120,000. */
  readonly leaseMs?: number | undefined;
}

/** A slot this near is waited for; a job that comes back through its queue would lose more. */
const WORTH_WAITING_MS = 250;

/** The key of the gate that an address stands behind: its host, with the port where it is no usual one. */
export const gateHost = (url: string): string => new URL(url).host;

/**
 * One gate a host, over all processes and machines that share a Redis. Slots are booked ahead, so that waiting jobs cost nothing;
 * `enter` then keeps the space between real starts, and every entry is to be answered by `observed`, whatever came of the request.
 */
export function createHostGate(redis: Redis, options: HostGateOptions): HostGate {
  const { minDelayMs, maxDelayMs, concurrency, leaseMs = 120_000 } = options;
  const on = (lua: string) => {
    const script = new RedisScript(lua);
    return async (host: string, ...args: ReadonlyArray<string | number>): Promise<number> => {
      // Braces keep both keys of a host on one slot of a cluster.
      const state = `${options.prefix}:gate:{${host}}`;
      return Number(await script.run(redis, [state, `${state}:open`], [minDelayMs, maxDelayMs, concurrency, ...args]));
    };
  };
  const book = on(BOOK);
  const enter = on(ENTER);
  const slowDown = on(SLOW_DOWN);
  const observed = on(OBSERVED);
  const crawlDelay = on(CRAWL_DELAY);
  return {
    book: (host) => book(host),
    async enter(host) {
      const lease = randomUUID();
      for (let patience = WORTH_WAITING_MS; ;) {
        const wait = await enter(host, lease, leaseMs);
        if (wait === 0) return true;
        if (wait > patience) return false;
        patience -= wait;
        await sleep(wait);
      }
    },
    async slowDown(host, ms) {
      await slowDown(host, Math.max(0, Math.ceil(ms)));
    },
    async observed(host, elapsedMs, healthy) {
      await observed(host, Math.max(0, Math.round(elapsedMs)), healthy ? 1 : 0);
    },
    async crawlDelay(host, ms) {
      await crawlDelay(host, Math.max(0, Math.round(ms ?? 0)));
    },
  };
}
