import type { LoadedConfig } from '../config/index.js';
import { UserList } from '../access/index.js';
import { createRedisView, Sessions, startConsole, WorkMonitor, type Console } from '../console/index.js';
import { ok, type Outcome } from '../fault.js';
import type { Service } from '../service/index.js';
import { openStoryStore } from '../store/index.js';
import { usersFile } from './users-file.js';
import { createCallback } from '../websub/index.js';

/** The console of a running service, until it is stopped. */
export async function serveConsole(
  service: Service, { settings, sourcesFile }: Pick<LoadedConfig, 'settings' | 'sourcesFile'>, onError: (error: unknown) => void,
): Promise<Outcome<Console>> {
  const { redis, keys, queues, outlets, due, subscriptions } = service;
  const monitor = new WorkMonitor({ redis, keys, queues, stuckAfterMs: settings.console.stuckAfter, onError });
  const view = createRedisView({ redis, keys, queues, settings, monitor, sources: () => service.sources.all, sinks: [...outlets.values()].map(({ plan, sink }) => ({ plan, where: sink.where })) });
  const stories = openStoryStore(settings);
  const started = await startConsole({
    host: settings.console.host, port: settings.console.port,
    queues: queues.all().map(({ queue }) => queue),
    services: { view, redis, keys, queues, due, settings, stories, lookAtPage: service.lookAtPage, surveySource: service.surveySource, sources: () => service.sources.configured, sourcesFile, users: new UserList(usersFile(settings)), sessions: new Sessions(redis, keys, { idleMs: settings.console.sessionIdle, lifetimeMs: settings.console.sessionLifetime }), onError },
    ...(settings.websub.callbackUrl === null ? {} : { callback: createCallback({ redis, keys, due, store: subscriptions, maxBytes: settings.fetch.maxFeedSize }) }),
  });
  if (!started.ok) return started;
  monitor.start();
  return ok({
    address: started.value.address,
    async stop() {
      monitor.stop();
      await started.value.stop();
      await stories?.close();
    },
  });
}
