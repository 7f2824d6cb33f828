import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { failed, ok, retryLater, type Fault, type Outcome } from '../fault.js';
import { releaseLease, renewLease, takeLease } from '../redis-lease.js';
import { checkUrl, printableUrl } from './request-url.js';
import { allows, MAX_ROBOTS_BYTES, parseRobots, rulesFor, type AgentRules } from './robots.js';
import type { Fetched, Fetcher, FetchRequest, HostGate, RobotsGate } from './types.js';

export interface RobotsGateOptions {
  /** First part of every key. */
  readonly prefix: string;
  /** The name that groups in robots.txt are looked up by: the user agent's product token. */
  readonly agent: string;
  /** How long an answer is kept. Default 24 hours, the most RFC 9309 allows while the host answers. */
  readonly lifetimeMs?: number | undefined;
  /** How long the right to ask a host is a process's that gives no sign of life. Default 5 seconds. */
  readonly lockMs?: number | undefined;
  /** A robots.txt goes through it, for it is a request like any other; and it learns of crawl delays. */
  readonly gate?: HostGate | undefined;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** RFC 9309, 2.3.1.4: "a reasonably long period", after which an unreachable robots.txt counts as none. */
const UNREACHABLE_FOR_GOOD_MS = 30 * DAY;
const FIRST_RETRY_MS = 60_000;
const LONGEST_RETRY_MS = HOUR;
/** Renewed while a host is being asked, however long that takes; when the process that asks dies, the next one takes over after it. */
const LOCK_MS = 5_000;
const LOOK_AGAIN_MS = 100;
/** How long a robots.txt waits for its host's gate before whoever wants it is told to come back. */
const WAITS_FOR_GATE_MS = 2_000;
/** Origins remembered in this process, so that most checks ask nobody. */
const MAX_LOCAL = 2_000;
/** How long this process trusts its own memory before it looks at the shared one again. */
const LOCAL_MS = 5 * 60_000;

const patternSchema = z.object({ allow: z.boolean(), pieces: z.array(z.string()).readonly(), anchored: z.boolean(), length: z.number() });
/** What is shared of one origin. `rules` null: robots.txt was never had. */
const entrySchema = z.object({
  rules: z.object({ rules: z.array(patternSchema).readonly(), crawlDelayMs: z.number().nullable() }).nullable(),
  /** When to ask the host again, and since when it cannot be reached; milliseconds since the epoch. */
  until: z.number(),
  unreachableSince: z.number().nullable(),
  failures: z.number(),
  reason: z.string(),
});
type Entry = z.output<typeof entrySchema>;

/** How the host is reached: as its pages are. */
/** The host's gate was shut: nothing was asked. */
interface Shut {
  readonly shutMs: number;
}

type Reach = Pick<FetchRequest, 'allowPrivate' | 'proxy'>;

const EVERYTHING: AgentRules = { rules: [], crawlDelayMs: null };

/**
 * Asks robots.txt, once a host however many jobs want to know, and shares the answer through Redis (RFC 9309, 2.3 and 2.4):
 *
 * - 2xx is read up to 500 KiB; redirects are followed as for pages;
 * - other 4xx answers, and redirects that lead nowhere, forbid nothing; 429 counts as unreachable, for it asks for less, not more;
 * - 5xx and network trouble: the last rules known stay in force; without any, `robots-unreachable`, retry-later, for 30 days, then nothing is forbidden;
 * - while the host's gate is shut nothing is asked: `host-shut`, retry-later, with the wait.
 *
 * The fault of an address that is none is that of the fetcher.
 */
export function createRobotsGate(redis: Redis, fetcher: Fetcher, options: RobotsGateOptions): RobotsGate {
  const { prefix, agent, gate, lifetimeMs = DAY, lockMs = LOCK_MS } = options;
  const local = new Map<string, { readonly entry: Entry; readonly seenAt: number }>();
  const underWay = new Map<string, Promise<Entry | Shut>>();
  const agentKey = createHash('sha1').update(agent.toLowerCase()).digest('hex').slice(0, 8);
  const keyOf = (origin: string): string => `${prefix}:robots:{${origin}}:${agentKey}`;

  async function stored(key: string): Promise<Entry | null> {
    const text = await redis.get(key);
    if (text === null) return null;
    const entry = entrySchema.safeParse(JSON.parse(text));
    return entry.success ? entry.data : null;
  }

  function remembered(origin: string, now: number): Entry | null {
    const known = local.get(origin);
    return known !== undefined && known.entry.until > now && known.seenAt + LOCAL_MS > now ? known.entry : null;
  }

  function remember(origin: string, entry: Entry): Entry {
    local.delete(origin);
    local.set(origin, { entry, seenAt: Date.now() });
    const [oldest] = local.keys();
    if (local.size > MAX_LOCAL && oldest !== undefined) local.delete(oldest);
    return entry;
  }

  /** From the shared memory, from another process that is asking already, or from the host. */
  async function obtain(origin: string, reach: Reach): Promise<Entry | Shut> {
    const key = keyOf(origin);
    const lock = `${key}:lock`;
    const token = randomUUID();
    for (;;) {
      const known = await stored(key);
      if (known !== null && known.until > Date.now()) return known;
      if (await takeLease(redis, lock, token, lockMs)) {
        // A lock that could not be renewed costs the host a second request, no more.
        const renewing = setInterval(() => void renewLease(redis, lock, token, lockMs).catch(() => undefined), lockMs / 3);
        try {
          return await ask(origin, key, known, reach);
        } finally {
          clearInterval(renewing);
          await releaseLease(redis, lock, token);
        }
      }
      await sleep(LOOK_AGAIN_MS);
    }
  }

  async function ask(origin: string, key: string, before: Entry | null, reach: Reach): Promise<Entry | Shut> {
    const { host } = new URL(origin);
    if (gate !== undefined && !(await entered(gate, host))) return { shutMs: await gate.book(host) };
    const answer = await fetcher.get({ url: `${origin}/robots.txt`, accept: 'text/plain, */*;q=0.5', maxBytes: MAX_ROBOTS_BYTES, cut: true, ...reach });
    const entry = entryOf(answer, before, agent, lifetimeMs, Date.now());
    await redis.set(key, JSON.stringify(entry), 'PX', UNREACHABLE_FOR_GOOD_MS + DAY);
    if (gate !== undefined) {
      await gate.crawlDelay(host, entry.rules?.crawlDelayMs ?? null);
      await gate.observed(host, answer.ok ? answer.value.elapsedMs : 0, answer.ok || answer.fault.consequence === 'give-up');
      if (!answer.ok && answer.fault.retryAfterMs !== undefined) await gate.slowDown(host, answer.fault.retryAfterMs);
    }
    return entry;
  }

  async function entryFor(origin: string, reach: Reach): Promise<Entry | Shut> {
    const known = remembered(origin, Date.now());
    if (known !== null) return known;
    const running = underWay.get(origin);
    if (running !== undefined) return running;
    const started = obtain(origin, reach).then((entry) => ('shutMs' in entry ? entry : remember(origin, entry))).finally(() => underWay.delete(origin));
    underWay.set(origin, started);
    return started;
  }

  return {
    async check(address, { allowPrivate = false, proxy } = {}) {
      const url = checkUrl(address, { mayBePrivate: () => allowPrivate });
      if (!url.ok) return url;
      const { origin, pathname, search } = url.value;
      if (pathname === '/robots.txt') return ok({ allowed: true, crawlDelayMs: null });
      const entry = await entryFor(origin, { allowPrivate, proxy });
      if ('shutMs' in entry) return failed(shut(url.value, entry.shutMs));
      if (entry.rules === null) return failed(unreachable(url.value, entry, Date.now()));
      return ok({ allowed: allows(entry.rules, pathname + search), crawlDelayMs: entry.rules.crawlDelayMs });
    },
  };
}

function entryOf(answer: Outcome<Fetched>, before: Entry | null, agent: string, lifetimeMs: number, now: number): Entry {
  const settled = (rules: AgentRules, reason: string): Entry => ({ rules, until: now + lifetimeMs, unreachableSince: null, failures: 0, reason });
  if (answer.ok) return settled(rulesFor(parseRobots(answer.value.bytes), agent), 'read');
  const { fault } = answer;
  // An address refused today may be allowed by name tomorrow.
  if (fault.code === 'address-refused') return { ...settled(EVERYTHING, fault.code), until: now + FIRST_RETRY_MS };
  if (!isUnreachable(fault)) return settled(EVERYTHING, fault.code);
  const since = before?.unreachableSince ?? now;
  if (now - since > UNREACHABLE_FOR_GOOD_MS) return { ...settled(EVERYTHING, fault.code), unreachableSince: since };
  const failures = (before?.failures ?? 0) + 1;
  const wait = Math.max(fault.retryAfterMs ?? 0, Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 10)));
  return { rules: before?.rules ?? null, until: now + wait, unreachableSince: since, failures, reason: fault.code };
}

/** 4xx but 429, a redirect that leads nowhere, a body of the wrong kind: the host was reached, and has no rules to tell. */
const isUnreachable = (fault: Fault): boolean =>
  fault.code.startsWith('http-4') ? fault.code === 'http-429' : fault.consequence !== 'give-up';

/** Whether the request may go out now, or soon. */
async function entered(gate: HostGate, host: string): Promise<boolean> {
  for (const until = Date.now() + WAITS_FOR_GATE_MS; ; await sleep(LOOK_AGAIN_MS)) {
    if (await gate.enter(host)) return true;
    if (Date.now() >= until) return false;
  }
}

const shut = (url: URL, ms: number): Fault => retryLater({
  code: 'host-shut', message: `${printableUrl(url)}: its host is not to be asked now, not even for its robots.txt`, hint: 'It is asked when its gate opens.', retryAfterMs: Math.max(LOOK_AGAIN_MS, ms),
});

const unreachable = (url: URL, { until, reason }: Entry, now: number): Fault =>
  retryLater({
    code: 'robots-unreachable',
    message: `${printableUrl(url)}: what may be fetched there is not known, as its robots.txt cannot be had (${reason})`,
    hint: 'It is asked for again later; a host that forbids nothing may answer 404.',
    retryAfterMs: Math.max(1_000, until - now),
  });
