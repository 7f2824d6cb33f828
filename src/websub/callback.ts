import { Hono } from 'hono';
import { sourceState } from '../ledger/index.js';
import type { Redis } from 'ioredis';
import type { DueSet, RedisKeys } from '../queue/index.js';
import { signatureCheck } from './signature.js';
import { isLeased, judgeVerification } from './subscription.js';
import type { SubscriptionStore } from './store.js';
import { countHubMessage, type HubMessage } from './tally.js';

export interface CallbackOptions {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly store: SubscriptionStore;
  readonly due: DueSet;
  /** Bytes of one push; they are only counted into its signature, never kept. */
  readonly maxBytes: number;
}

/** A source is woken by its hub at most this often, whatever the hub sends. */
const WAKE_EVERY_MS = 10_000;

const MEANS = { confirm: 'confirmed', denied: 'denied', refuse: 'refused' } as const;

const PATH = /^[\w-]{43}$/;

/** What hubs ask of us (W3C WebSub, 5.3 and 7), behind paths that nobody can guess. A push only makes its source due: the poll fetches the feed itself. */
export function createCallback({ redis, keys, store, due, maxBytes }: CallbackOptions): Hono {
  const app = new Hono();
  const count = (message: HubMessage): Promise<void> => countHubMessage(redis, keys, message);
  const find = async (path: string) => {
    const source = PATH.test(path) ? await store.sourceAt(path) : null;
    const subscription = source === null ? null : await store.of(source);
    return source === null || subscription === null || subscription.path !== path ? null : { source, subscription };
  };

  app.get('/:path', async (context) => {
    const found = await find(context.req.param('path'));
    if (found === null) {
      await count('verification:refused');
      return context.text('', 404);
    }
    const query = (name: string): string | undefined => context.req.query(`hub.${name}`);
    const verification = { mode: query('mode'), topic: query('topic'), challenge: query('challenge'), leaseSeconds: query('lease_seconds') };
    const now = Date.now();
    let judged = judgeVerification(found.subscription, verification, now);
    await store.change(found.source, (before) => {
      judged = before === null ? { kind: 'refuse' } : judgeVerification(before, verification, now);
      return judged.kind === 'refuse' ? null : judged.planned;
    });
    await count(`verification:${MEANS[judged.kind]}`);
    if (judged.kind === 'confirm') return context.text(judged.challenge, 200);
    return context.text('', judged.kind === 'denied' ? 200 : 404);
  });

  app.post('/:path', async (context) => {
    const found = await find(context.req.param('path'));
    if (found === null) {
      await count('push:unknown');
      // It lets the hub end a subscription that is over.
      return context.text('', 410);
    }
    const check = signatureCheck(context.req.header('x-hub-signature'), found.subscription.secret);
    const read = await readInto(context.req.raw.body, maxBytes, (bytes) => check?.update(bytes));
    if (!read) {
      await count('push:too-large');
      return context.text('', 413);
    }
    const now = Date.now();
    const result = check?.matches() !== true ? 'forged' : isLeased(found.subscription, now) ? 'taken' : 'without-lease';
    await count(`push:${result}`);
    // The same answer to a forged push, which is to be ignored (8.1), as to a good one: it learns nothing.
    if (result === 'taken') {
      await store.change(found.source, (before) => (before === null ? null : { subscription: { ...before, pushedAt: now, tells: true }, askAt: null }));
      // A source in trouble keeps its wait: a push is no leave to pass over a Retry-After.
      const last = found.subscription.pushedAt;
      if ((await sourceState(redis, keys, found.source)).failures === 0) await due.hasten(found.source, last === null ? 0 : Math.max(0, last + WAKE_EVERY_MS - now));
    }
    return context.text('', 202);
  });
  return app;
}

/** False when there were more bytes than allowed; the rest is not read. */
async function readInto(body: ReadableStream<Uint8Array> | null, maxBytes: number, take: (bytes: Uint8Array) => void): Promise<boolean> {
  if (body === null) return true;
  const reader = body.getReader();
  let read = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return true;
    read += value.byteLength;
    if (read > maxBytes) {
      await reader.cancel();
      return false;
    }
    take(value);
  }
}
