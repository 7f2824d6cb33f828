import { resolve } from 'node:path';
import { createRedisView, startConsole, WorkMonitor, type Console } from '../console/index.js';
import type { LoadedConfig } from '../config/index.js';
import type { Outcome } from '../fault.js';
import { createEvents, createLog, logEvents, startService, type Service } from '../service/index.js';
import { books } from '../ledger/index.js';
import { createCallback } from '../websub/index.js';
import { narrate } from './narrator.js';

/** Runs the service with its console until a signal asks it to stop; words for people, or log lines for machines. */
export async function runService(config: LoadedConfig, forMachines: boolean): Promise<void> {
  const { settings, sources } = config;
  // For people words, for machines the log: both at once would tell everything twice.
  const say = forMachines ? (): void => undefined : (line: string): void => void process.stdout.write(`${line}\n`);
  const events = createEvents();
  const log = createLog({ log: forMachines ? { ...settings.log, format: 'json' } : { ...settings.log, level: settings.log.level === 'info' ? 'silent' : settings.log.level } });
  logEvents(events, log);
  say(`Dateline starts: ${settings.roles.join(', ')}.`);

  const stopped = deferred<string>();
  let heard = false;
  const hear = (signal: NodeJS.Signals): void => {
    heard = true;
    stopped.resolve(signal);
  };
  process.once('SIGINT', hear);
  process.once('SIGTERM', hear);

  const started = await startService({ settings, sources, events, say });
  if (!started.ok) {
    if (!heard) throw started.fault;
    // Ctrl-C reaches the programs that were just fetching a Redis, too: that is no fault of theirs.
    say('Stopped before it had started.');
    process.exitCode = 130;
    return;
  }
  const service = started.value;
  const endNarration = narrate(events, say);
  say(service.redisReport);

  const watched = settings.roles.includes('console') ? await watch(service, config, (error) => log.error({ err: error }, 'console')) : null;
  if (watched !== null && !watched.console.ok) {
    watched.monitor.stop();
    await service.stop();
    throw watched.console.fault;
  }
  await welcome(service, config, watched?.console.ok === true ? watched.console.value.address : null, say);

  const signal = await stopped.promise;
  // A second Ctrl-C does not wait.
  process.once('SIGINT', () => process.exit(130));
  say(`\n${signal === 'SIGINT' ? 'Ctrl-C' : signal}: stopping; running jobs may finish.`);
  endNarration();
  watched?.monitor.stop();
  if (watched?.console.ok === true) await watched.console.value.stop();
  const { clean } = await service.stop();
  say(clean ? 'Stopped. Nothing was in hand; the next start goes on from here.' : 'Stopped. What was in hand runs again at the next start.');
}

async function watch(service: Service, { settings, sourcesFile }: LoadedConfig, onError: (error: unknown) => void): Promise<{ monitor: WorkMonitor; console: Outcome<Console> }> {
  const { redis, keys, queues, sinks, due, subscriptions } = service;
  const monitor = new WorkMonitor({ redis, keys, queues, stuckAfterMs: settings.console.stuckAfter, onError });
  monitor.start();
  const view = createRedisView({ redis, keys, queues, settings, monitor, sources: () => service.sources.all, sinks: [...sinks.values()] });
  return {
    monitor,
    console: await startConsole({
      host: settings.console.host, port: settings.console.port, token: settings.console.token ?? undefined,
      queues: [queues.poll, queues.article, queues.deliver],
      services: { view, redis, keys, queues, due, settings, sources: () => service.sources.configured, sourcesFile, onError },
      ...(settings.websub.callbackUrl === null ? {} : { callback: createCallback({ redis, keys, due, store: subscriptions, maxBytes: settings.fetch.maxFeedSize }) }),
    }),
  };
}

/** Where to look, in plain words. */
async function welcome(service: Service, { settings, sourcesFile }: LoadedConfig, address: string | null, say: (line: string) => void): Promise<void> {
  const on = service.sources.ids.length;
  const all = [...(await books(service.redis, service.keys)).values()];
  const total = (column: 'seen' | 'delivered' | 'inFlight'): number => all.reduce((sum, entry) => sum + entry[column], 0);
  say([
    '',
    `  following   ${on} ${on === 1 ? 'source' : 'sources'} (${sourcesFile}; a change is picked up at once)`,
    ...[...service.sinks.values()].map((sink) => `  records     ${sink.name}: ${sink.where}`),
    ...(address === null ? [] : [`  console     ${address}`]),
    `  data        ${resolve(settings.dataDir)}`,
    ...(total('seen') === 0 ? [] : [`  so far      ${total('seen')} items seen, ${total('delivered')} delivered, ${total('inFlight')} in flight; known items are not read twice`]),
    '  to stop     Ctrl-C',
    '',
  ].join('\n'));
}

function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => { resolve = settle; });
  return { promise, resolve };
}
