import { afterAll } from 'vitest';
import { UserList } from '../../src/access/index.js';
import { settingsOf, type SettingsInput, type SourceConfig } from '../../src/config/index.js';
import { createRedisView, Sessions, WorkMonitor, type ConsoleServices, type ConsoleView } from '../../src/console/index.js';
import { failed, giveUp } from '../../src/fault.js';
import { DueSet, openQueues, redisKeys } from '../../src/queue/index.js';
import type { StoryStore } from '../../src/store/index.js';
import type { TestRedis } from '../redis.js';

export interface ServicesInit {
  /** A list, or what gives it where it changes. */
  readonly sources?: readonly SourceConfig[] | (() => readonly SourceConfig[]);
  readonly sourcesFile?: string;
  readonly usersFile?: string;
  readonly settings?: SettingsInput;
  /** In place of parts of the real view of the Redis. */
  readonly view?: Partial<ConsoleView>;
  readonly stories?: StoryStore;
  readonly lookAtPage?: ConsoleServices['lookAtPage'];
  readonly surveySource?: ConsoleServices['surveySource'];
  readonly onError?: (error: unknown) => void;
}

const rethrow = (error: unknown): never => { throw error; };

/** What the console reaches, on the run's Redis; closed after the file. Call it at the head of a file. */
export function useServices(store: TestRedis, init: ServicesInit = {}): ConsoleServices {
  const { sources = [], sourcesFile = '/nowhere/sources.yaml', usersFile = '/nowhere/users.yaml', view = {}, onError = rethrow } = init;
  const configured = typeof sources === 'function' ? sources : () => sources;
  const settings = settingsOf({ ...init.settings, redis: { url: store.url, prefix: store.prefix } });
  const { redis } = store;
  const keys = redisKeys(store.prefix);
  const queues = openQueues(redis, settings, ['ndjson'], rethrow);
  const monitor = new WorkMonitor({ redis, keys, queues, stuckAfterMs: 60_000, onError: rethrow });
  const real = createRedisView({ redis, keys, queues, settings, monitor, sources: configured, sinks: [] });
  afterAll(() => queues.close());
  const sessions = new Sessions(redis, keys, { idleMs: settings.console.sessionIdle, lifetimeMs: settings.console.sessionLifetime });
  return { redis, keys, queues, sessions, users: new UserList(usersFile), due: new DueSet(redis, keys), settings, stories: init.stories ?? null,
    lookAtPage: init.lookAtPage ?? (() => Promise.resolve(failed(giveUp({ code: 'http-404', message: 'no page here' })))),
    surveySource: init.surveySource ?? (() => Promise.resolve(failed(giveUp({ code: 'http-404', message: 'no feed here' })))),
    sources: configured, sourcesFile, onError, view: { ...real, ...view } };
}
