import { resolve } from 'node:path';
import { readUsers } from '../access/index.js';
import type { LoadedConfig, Settings } from '../config/index.js';
import { checkBind } from '../console/index.js';
import { createEvents, createLog, logEvents, startService, type Service } from '../service/index.js';
import { books } from '../ledger/index.js';
import { narrate } from './narrator.js';
import { serveConsole } from './serve-console.js';
import { usersFile } from './users-file.js';

/** Runs the service with its console until a signal asks it to stop; words for people, or log lines for machines. */
export async function runService(config: LoadedConfig, forMachines: boolean): Promise<void> {
  const { settings, sources } = config;
  // For people words, for machines the log: both at once would tell everything twice.
  const say = forMachines ? (): void => undefined : (line: string): void => void process.stdout.write(`${line}\n`);
  const events = createEvents();
  const log = createLog({ log: forMachines ? { ...settings.log, format: 'json' } : { ...settings.log, level: settings.log.level === 'info' ? 'silent' : settings.log.level } });
  logEvents(events, log);
  if (settings.roles.includes('console')) await refuseOpenConsole(settings);
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

  const served = settings.roles.includes('console') ? await serveConsole(service, config, (error) => log.error({ err: error }, 'console')) : null;
  if (served !== null && !served.ok) {
    await service.stop();
    throw served.fault;
  }
  await welcome(service, config, served?.ok === true ? served.value.address : null, say);

  const signal = await stopped.promise;
  // A second Ctrl-C does not wait.
  process.once('SIGINT', () => process.exit(130));
  say(`\n${signal === 'SIGINT' ? 'Ctrl-C' : signal}: stopping; running jobs may finish.`);
  endNarration();
  if (served?.ok === true) await served.value.stop();
  const { clean } = await service.stop();
  say(clean ? 'Stopped. Nothing was in hand; the next start goes on from here.' : 'Stopped. What was in hand runs again at the next start.');
}

/** Before anything is started: a console that strangers reach needs somebody to let in. */
async function refuseOpenConsole(settings: Settings): Promise<void> {
  const users = await readUsers(usersFile(settings));
  if (!users.ok) throw users.fault;
  const open = checkBind(settings.console.host, settings.console.token ?? undefined, users.value.length);
  if (open !== null) throw open;
}

/** Where to look, in plain words. */
async function welcome(service: Service, { settings, sourcesFile }: LoadedConfig, address: string | null, say: (line: string) => void): Promise<void> {
  const on = service.sources.ids.length;
  const all = [...(await books(service.redis, service.keys)).values()];
  const total = (column: 'seen' | 'delivered' | 'inFlight'): number => all.reduce((sum, entry) => sum + entry[column], 0);
  say([
    '',
    `  following   ${on} ${on === 1 ? 'source' : 'sources'} (${sourcesFile}; a change is picked up at once)`,
    ...[...service.outlets.values()].map(({ sink }) => `  records     ${sink.name}: ${sink.where}`),
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
