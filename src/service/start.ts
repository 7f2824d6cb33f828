import type { Redis } from 'ioredis';
import { join } from 'node:path';
import { PageArchive } from '../archive/index.js';
import { watchSources, type LoadedSources, type Role, type Settings } from '../config/index.js';
import { failed, misconfigured, ok, type Outcome } from '../fault.js';
import { createHostGate, createRobotsGate } from '../fetch/index.js';
import { DueSet, openQueues, redisKeys, StageCounter, type Queues, type RedisKeys } from '../queue/index.js';
import { connectRedis, openRedis } from '../redis/index.js';
import { openOutlets, sinkPlans, STORE, type Outlet } from '../sink/index.js';
import type { StoryRecord } from '../story/index.js';
import { openStoreSink } from '../store/index.js';
import { SubscriptionStore } from '../websub/index.js';
import type { WorkerContext } from '../../workers/context.js';
import { askHubs } from '../../workers/hubs.js';
import { FurnitureStore } from '../../workers/furniture-store.js';
import { lookAtPage, type PageLook } from '../../workers/page-look.js';
import { surveySource, type SourceSurvey, type SurveyWish } from '../../workers/source-survey.js';
import { ParsePool } from '../../workers/parse-pool.js';
import { noteAttempts } from './attempt-notes.js';
import { every } from './every.js';
import { createEvents, type ServiceEmitter } from './events.js';
import { watchMemory } from './memory-watch.js';
import { openFetcher } from './open-fetcher.js';
import { startArticleRole, startDeliverRole, startPollRole, type RunningRole } from './roles.js';
import { SourceSet } from './source-set.js';
import { forgetOld, mendOwed } from './upkeep.js';

export interface ServiceOptions {
  readonly settings: Settings;
  readonly sources: LoadedSources;
  /** Listeners put on here hear everything from the first moment. */
  readonly events?: ServiceEmitter;
  /** One line of progress for people: which Redis was taken, and the like. */
  readonly say?: (line: string) => void;
}

export interface Service {
  readonly settings: Settings;
  readonly events: ServiceEmitter;
  readonly keys: RedisKeys;
  /** For reading: the ledger, the due-set. */
  readonly redis: Redis;
  readonly queues: Queues;
  readonly due: DueSet;
  readonly subscriptions: SubscriptionStore;
  readonly outlets: ReadonlyMap<string, Outlet>;
  readonly sources: SourceSet;
  /** Fetches and reads a story's page once more, for a person. */
  readonly lookAtPage: (record: StoryRecord, signal: AbortSignal) => Promise<Outcome<PageLook>>;
  /** Looks at what an address has to offer, for a person who thinks of following it. */
  readonly surveySource: (wish: SurveyWish) => Promise<Outcome<SourceSurvey>>;
  readonly roles: readonly RunningRole[];
  /** Which Redis was taken and where its data lies. */
  readonly redisReport: string;
  /** Clean within `shutdownGrace` and a second; what is not done by then runs again at the next start. */
  stop(): Promise<{ readonly clean: boolean }>;
}

const MEND_MS = 5_000;
const ASK_HUBS_MS = 2_000;
const FORGET_MS = 10 * 60_000;
const COUNT_MS = 2_000;

const starters: { readonly [Name in Exclude<Role, 'console'>]: (context: WorkerContext, connection: Redis) => RunningRole } = {
  deliver: startDeliverRole,
  article: startArticleRole,
  poll: startPollRole,
};
/** Downstream first, so that nothing is taken in before there is somebody to take it on. */
const ORDER = ['deliver', 'article', 'poll'] as const;

/** Starts the roles of the settings in this process; the console is the caller's. */
export async function startService({ settings, sources: loaded, events = createEvents(), say = () => undefined }: ServiceOptions): Promise<Outcome<Service>> {
  const opened = await openRedis(settings, say);
  if (!opened.ok) return opened;
  const { endpoint, report } = opened.value;
  const watcher = {
    lost: (error: Error): void => void events.emit('trouble', { what: 'redis', error }),
    back: (): void => say('Redis is back; work goes on.'),
  };
  const redis = connectRedis(endpoint, 'producer', watcher);
  const blocking = connectRedis(endpoint, 'worker');
  const keys = redisKeys(settings.redis.prefix);
  const store = openStoreSink(settings);
  const outlets = openOutlets(settings, redis, keys, store === null ? [] : [store]);
  // The store alone would not do: it is not for keeping.
  if ([...outlets.keys()].every((name) => name === STORE)) {
    redis.disconnect();
    blocking.disconnect();
    await opened.value.release();
    return failed(misconfigured({ code: 'no-sink', message: 'No sink is enabled, so stories have nowhere to go.', hint: 'Enable sinks.ndjson or sinks.redisStream.' }));
  }
  const queues = openQueues(redis, settings, [...outlets.keys()], (queue, error) => events.emit('trouble', { what: `${queue} queue`, error }));
  const due = new DueSet(redis, keys);
  const subscriptions = new SubscriptionStore(redis, keys);
  const sources = new SourceSet(loaded.sources, settings.sampleWire);
  const fetcher = openFetcher(settings);
  const { prefix } = settings.redis;
  const { minDelay, maxDelay, concurrency, robotsLifetime } = settings.politeness;
  const gate = createHostGate(redis, { prefix, minDelayMs: minDelay, maxDelayMs: maxDelay, concurrency });
  const agent = settings.fetch.userAgent.split(/[/ ]/, 1)[0] ?? settings.fetch.userAgent;
  const robots = createRobotsGate(redis, fetcher, { prefix, agent, lifetimeMs: robotsLifetime, gate });
  const reads = settings.roles.includes('poll') || settings.roles.includes('article');
  const pool = new ParsePool({
    threads: settings.article.threads, timeLimit: settings.article.readTimeout, memory: settings.article.threadMemory, warm: reads,
  });
  const tell = (what: string) => (error: Error): void => void events.emit('trouble', { what, error });
  const memory = watchMemory(redis, settings.redis.memory, tell('redis memory'));
  const furniture = new FurnitureStore(redis, keys);
  const stages = new StageCounter(redis, keys);
  const context: WorkerContext = {
    settings, redis, keys, queues, due, subscriptions, events, fetcher, pool, outlets, plans: sinkPlans(settings),
    gate, robots, memory, furniture, stages, archive: settings.archive.enabled ? new PageArchive(join(settings.dataDir, settings.archive.dir)) : null,
    source: (id) => sources.get(id),
  };

  if (settings.roles.includes('poll')) await due.sync(sources.ids);
  const watch = watchSources(loaded, {
    changed(next) {
      const before = new Map(sources.all.map(({ id, url }) => [id, url]));
      sources.replace(next);
      if (settings.roles.includes('poll')) {
        due.sync(sources.ids).catch(tell('due-set'));
        // What is known of the old address, a month's rest after a 410 say, is nothing to the new one.
        const moved = sources.all.filter(({ id, url }) => before.has(id) && before.get(id) !== url);
        Promise.all(moved.map(({ id }) => due.reschedule(id, 0))).catch(tell('due-set'));
      }
      events.emit('sources-changed', { sources: sources.ids.length });
    },
    broken: (error) => tell('sources file')(error),
  }, { read: (text, name) => pool.run('sources', { bytes: new TextEncoder().encode(text), name }) });
  const roles = ORDER.filter((name) => settings.roles.includes(name)).map((name) => starters[name](context, blocking));
  const stopMending = every(MEND_MS, () => mendOwed(context), tell('jobs owed'));
  const stopForgetting = settings.roles.includes('poll') ? every(FORGET_MS, () => forgetOld(context), tell('ledger')) : () => undefined;
  const stopAsking = settings.roles.includes('poll') && settings.websub.callbackUrl !== null
    ? every(ASK_HUBS_MS, () => askHubs(context, Date.now()), tell('hubs')) : () => undefined;
  const stopCounting = every(COUNT_MS, () => stages.write(), tell('stage counts'));
  const stopNoting = noteAttempts(redis, keys, events);
  events.emit('ready', { roles: settings.roles, sources: sources.ids.length });

  const end = async (): Promise<{ readonly clean: boolean }> => {
    watch.close();
    stopMending();
    stopForgetting();
    stopAsking();
    memory.stop();
    stopCounting();
    await within(500, stopNoting());
    const clean = await within(settings.shutdownGrace, Promise.all(roles.toReversed().map((role) => role.stop(false))));
    if (!clean) await within(500, Promise.all(roles.map((role) => role.stop(true))));
    await within(1_000, Promise.all([furniture.write(), stages.write(), pool.close(), fetcher.close(), ...[...outlets.values()].map(({ sink }) => sink.close())]));
    await within(500, queues.close());
    redis.disconnect();
    blocking.disconnect();
    await opened.value.release();
    return { clean };
  };
  let ending: Promise<{ readonly clean: boolean }> | null = null;
  const stop = (): Promise<{ readonly clean: boolean }> => (ending ??= end());
  return ok({ settings, events, lookAtPage: (record, signal) => lookAtPage(context, record, signal), surveySource: (wish) => surveySource(context, sources.configured, wish), keys, redis, queues, due, subscriptions, outlets, sources, roles, redisReport: report, stop });
}

/** Whether the work ended well within the time. */
async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([work.then(() => true, () => false), late]);
  } finally {
    clearTimeout(timer);
  }
}
