import { join } from 'node:path';
import { afterAll, expect, vi } from 'vitest';
import { serveConsole } from '../../src/cli/serve-console.js';
import type { SettingsInput, SourceInput } from '../../src/config/index.js';
import { books } from '../../src/ledger/index.js';
import { serve, type TestService } from '../service/service.js';
import type { TestRedis } from '../redis.js';

export interface WorldInit {
  readonly sources?: readonly SourceInput[];
  readonly settings?: SettingsInput;
  /** Items of the sample wire that are to be delivered before the console is given; 12 are all there are. */
  readonly items?: number;
}

export interface ConsoleWorld {
  readonly service: TestService;
  /** Of the console, with a slash at its end. */
  readonly address: string;
}

const SAMPLE: readonly SourceInput[] = [{ id: 'sample', name: 'Sample wire', url: 'sample:' }];

/** The real service with its console on a free port, once the sample wire has come in; stopped after the file. */
export async function openConsole(store: TestRedis, { sources = SAMPLE, settings = {}, items = 12 }: WorldInit = {}): Promise<ConsoleWorld> {
  const service = await serve(store.url, store.prefix, sources, { ...settings, console: { port: 0, ...settings.console } });
  const troubles: unknown[] = [];
  const console = await serveConsole(service, { settings: service.settings, sourcesFile: join(service.dir, 'sources.yaml') }, (error) => troubles.push(error));
  if (!console.ok) throw console.fault;
  afterAll(async () => {
    await console.value.stop();
    expect(troubles).toEqual([]);
  });
  await vi.waitUntil(async () => ((await books(service.redis, service.keys)).get('sample')?.delivered ?? 0) >= items, { timeout: 120_000, interval: 100 });
  return { service, address: console.value.address };
}
