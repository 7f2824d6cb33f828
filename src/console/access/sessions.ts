import type { Redis } from 'ioredis';
import { z } from 'zod';
import { digestOfSecret, newSecret } from '../../access/index.js';
import type { RedisKeys } from '../../queue/index.js';

export interface SessionBounds {
  /** Milliseconds without a request after which a session ends. */
  readonly idleMs: number;
  /** Milliseconds after which it ends whatever happens. */
  readonly lifetimeMs: number;
}

/** A login, as the server keeps it: under the digest of its id, so that who reads the store cannot take it over. */
export interface Session {
  /** Digest of the id: names the session without giving it away. */
  readonly key: string;
  readonly user: string;
  readonly csrf: string;
  /** ISO 8601. */
  readonly since: string;
  readonly seen: string;
  readonly address: string;
  readonly agent: string;
  readonly stamp: string;
}

/** The session of a request, and the id the browser is to keep from now on where that changed. */
export interface LiveSession extends Session {
  readonly renewed: string | null;
}

/** How long an id is good for before it is changed for another. */
const ROTATE_MS = 30 * 60_000;
/** Requests already on their way bring the old id for a moment. */
const OVERLAP_MS = 30_000;
/** A write a request would be much for a page that asks every second. */
const TOUCH_MS = 30_000;

const stored = z.object({
  user: z.string(), csrf: z.string(), since: z.coerce.number(), seen: z.coerce.number(), rotated: z.coerce.number(), address: z.string(), agent: z.string(),
  /** Of what the login was made with: another password ends it. */
  stamp: z.string().default(''),
  /** Key of the session that took its place. */
  followed: z.string().default(''),
});
type Stored = z.infer<typeof stored>;

/** LIMIT of a negative count gives all (Redis, ZRANGE). */
const ALL = -1;

/** Sessions in Redis, shared by every process that serves the console. */
export class Sessions {
  readonly #redis: Redis;
  readonly #keys: RedisKeys;
  readonly #bounds: SessionBounds;

  constructor(redis: Redis, keys: RedisKeys, bounds: SessionBounds) {
    this.#redis = redis;
    this.#keys = keys;
    this.#bounds = bounds;
  }

  /** A new session; gives the id for the cookie. */
  async begin(user: string, from: { readonly address: string; readonly agent: string; readonly stamp?: string }, now = Date.now()): Promise<string> {
    const id = newSecret();
    await this.#write(digestOfSecret(id), { user, csrf: newSecret(), since: now, seen: now, rotated: now, address: from.address.slice(0, 100), agent: from.agent.slice(0, 200), stamp: from.stamp ?? '', followed: '' }, now);
    return id;
  }

  /** The session of an id; null when there is none, or it has ended. */
  async find(id: string, now = Date.now()): Promise<LiveSession | null> {
    const key = digestOfSecret(id);
    const session = await this.#read(key);
    if (session === null) return null;
    const { since, seen, rotated } = session;
    if (now - since >= this.#bounds.lifetimeMs || now - seen >= this.#bounds.idleMs) {
      await this.end(key);
      return null;
    }
    if (session.followed !== '') return (await this.#read(session.followed)) === null ? null : { ...told(session.followed, session), renewed: null };
    if (now - rotated >= ROTATE_MS) return this.#follow(key, session, now);
    if (now - seen >= TOUCH_MS) await this.#write(key, { ...session, seen: now }, now);
    return { ...told(key, session), renewed: null };
  }

  /** Gives a session another id. The old one is good for a moment more, and only while the new one is: who is logged out is out by both. */
  async #follow(key: string, session: Stored, now: number): Promise<LiveSession> {
    const id = newSecret();
    const next = digestOfSecret(id);
    await this.#write(next, { ...session, seen: now, rotated: now }, now);
    if ((await this.#redis.hsetnx(this.#keys.session(key), 'followed', next)) === 0) {
      // Another request was first.
      await this.end(next);
      return { ...told(key, session), renewed: null };
    }
    await this.#redis.pexpire(this.#keys.session(key), OVERLAP_MS);
    await this.#redis.zrem(this.#keys.sessions, key);
    return { ...told(next, session), renewed: id };
  }

  /** The session of an id while it goes on; unlike {@link find} it leaves the session as it is. */
  async look(id: string, now = Date.now()): Promise<Session | null> {
    const key = digestOfSecret(id);
    const session = await this.#read(key);
    return session !== null && now - session.since < this.#bounds.lifetimeMs && now - session.seen < this.#bounds.idleMs ? told(key, session) : null;
  }

  /** Ends it at once; false when there was none. */
  async end(key: string): Promise<boolean> {
    const [gone] = await Promise.all([this.#redis.del(this.#keys.session(key)), this.#redis.zrem(this.#keys.sessions, key)]);
    return gone > 0;
  }

  endById(id: string): Promise<boolean> {
    return this.end(digestOfSecret(id));
  }

  /** Ends every login of a user; gives how many there were. */
  async endOf(user: string): Promise<number> {
    const theirs = (await this.list(ALL)).filter((session) => session.user === user);
    await Promise.all(theirs.map(({ key }) => this.end(key)));
    return theirs.length;
  }

  /** Those under way, the last seen first. */
  async list(limit = 1_000, now = Date.now()): Promise<readonly Session[]> {
    await this.#redis.zremrangebyscore(this.#keys.sessions, '-inf', String(now - this.#bounds.idleMs));
    const keys = await this.#redis.zrange(this.#keys.sessions, '+inf', '-inf', 'BYSCORE', 'REV', 'LIMIT', 0, limit);
    const found = await Promise.all(keys.map(async (key) => ({ key, session: await this.#read(key) })));
    return found.flatMap(({ key, session }) => (session === null ? [] : [told(key, session)]));
  }

  async #read(key: string): Promise<Stored | null> {
    const read = stored.safeParse(await this.#redis.hgetall(this.#keys.session(key)));
    return read.success ? read.data : null;
  }

  async #write(key: string, session: Stored, now: number): Promise<void> {
    // Who takes its place is written by one command that only the first of several requests wins.
    const { followed: _, ...fields } = session;
    const left = Math.min(this.#bounds.idleMs, session.since + this.#bounds.lifetimeMs - now);
    const written = await this.#redis.multi()
      .hset(this.#keys.session(key), fields)
      .pexpire(this.#keys.session(key), Math.max(1, Math.ceil(left)))
      .zadd(this.#keys.sessions, session.seen, key)
      .exec();
    const wrong = written?.find(([error]) => error !== null)?.[0];
    if (wrong !== undefined && wrong !== null) throw wrong;
  }
}

const told = (key: string, { user, csrf, since, seen, address, agent, stamp }: Stored): Session =>
  ({ key, user, csrf, since: new Date(since).toISOString(), seen: new Date(seen).toISOString(), address, agent, stamp });
