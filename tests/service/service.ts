import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { loadSources, settingsOf, type SettingsInput, type SourceInput } from '../../src/config/index.js';
import { createEvents, startService, type Service, type ServiceEvents } from '../../src/service/index.js';

/** One thing the service told, with its name. */
export type Told = { readonly [Name in keyof ServiceEvents]: { readonly event: Name; readonly fields: ServiceEvents[Name][0] } }[keyof ServiceEvents];

export interface TestService extends Service {
  readonly told: readonly Told[];
  readonly dir: string;
  /** Writes the sources file anew. */
  writeSources(sources: readonly SourceInput[]): Promise<void>;
}

const NAMES = ['ready', 'polled', 'source-trouble', 'accepted', 'settled', 'asked-again', 'delivered', 'fault', 'intake-paused', 'sink-state', 'sink-backlog', 'spill', 'spill-lost', 'spill-unseen', 'sink-removed', 'intake-resumed', 'trouble', 'sources-changed'] as const;

/** The real service in this process, on a folder of its own; stopped and removed after the file. */
export async function serve(redisUrl: string, prefix: string, sources: readonly SourceInput[], settings: SettingsInput = {}, dir?: string): Promise<TestService> {
  const folder = dir ?? (await mkdtemp(join(tmpdir(), 'dl-service-')));
  const file = join(folder, 'sources.yaml');
  const writeSources = (list: readonly SourceInput[]): Promise<void> => writeFile(file, JSON.stringify({ sources: list }));
  await writeSources(sources);
  const loaded = await loadSources(file);
  if (!loaded.ok) throw loaded.fault;
  const events = createEvents();
  const told: Told[] = [];
  for (const event of NAMES) events.on(event, (fields?: unknown) => void told.push({ event, fields } as Told));
  const service = await startService({
    settings: settingsOf({
      dataDir: folder, roles: ['poll', 'article', 'deliver'], ...settings,
      redis: { url: redisUrl, prefix, ...settings.redis },
      politeness: { minDelay: '0ms', ...settings.politeness },
      retries: { backoff: '50ms', attempts: 3, ...settings.retries },
      article: { threads: 1, ...settings.article },
    }),
    sources: loaded.value, events,
  });
  if (!service.ok) throw service.fault;
  afterAll(async () => {
    await service.value.stop();
    await rm(folder, { recursive: true, force: true });
  });
  return { ...service.value, told, dir: folder, writeSources };
}
