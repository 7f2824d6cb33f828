import type { SettingsInput, SourceInput } from '../../src/config/index.js';
import { feedUrl, sourceId } from './addresses.js';

export interface HarnessSettings {
  readonly dir: string;
  readonly redisUrl: string;
  readonly prefix: string;
  readonly ndjsonDir: string;
  readonly streamLength: number;
  readonly webhookUrl: string;
  readonly backlog?: number | undefined;
}

/** Name of the sink that is a webhook. */
export const WEBHOOK = 'receiver';
const SECRET = `whsec_${Buffer.from('a secret of the harness alone').toString('base64')}`;

const bound = (backlog: number | undefined): { readonly maxBacklog?: number } => (backlog === undefined ? {} : { maxBacklog: backlog });

/** The service as it is shipped, but that it need not be polite to hosts on loopback, and that patience is short. Locks are the default's. */
export const serviceSettings = ({ dir, redisUrl, prefix, ndjsonDir, streamLength, webhookUrl, backlog }: HarnessSettings): SettingsInput => ({
  dataDir: `${dir}/data`,
  redis: { url: redisUrl, prefix },
  log: { level: 'warn', format: 'json' },
  sampleWire: false,
  // A host that fails is asked at most a second later: the proof is about the books, not about patience.
  politeness: { minDelay: '0ms', maxDelay: '1s' },
  fetch: { maxPageSize: '256kB', connectTimeout: '2s', idleTimeout: '2s', totalTimeout: '5s' },
  article: { concurrency: 16, threads: 1 },
  reask: { after: ['5s', '15s'], missing: '5s' },
  retries: { attempts: 12, backoff: '300ms', maxBackoff: '5s' },
  // Its own files are a matter of the console's tests.
  console: { stories: { enabled: false } },
  sinks: {
    ndjson: { dir: ndjsonDir, ...bound(backlog) }, redisStream: { maxLength: streamLength, ...bound(backlog) },
    webhook: { [WEBHOOK]: { url: webhookUrl, secrets: [SECRET], allowPrivate: true, timeout: '2s', ...bound(backlog) } },
  },
});

export const madeSources = (count: number, port: number, pollMs: number): SourceInput[] =>
  Array.from({ length: count }, (_, source) => ({
    id: sourceId(source), url: feedUrl(source, port), allowPrivate: true, interval: `${pollMs}ms`, stories: 'one' as const,
  }));
