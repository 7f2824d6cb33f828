import { Client } from 'pg';
import { settingsOf, type SettingsInput } from '../../src/config/index.js';
import { redisKeys } from '../../src/queue/index.js';
import { openSinks, type Sink, type SinkStory } from '../../src/sink/index.js';
import type { TestRedis } from '../redis.js';
import { linesIn } from './folder.js';
import { storyRecord } from './record.js';
import { never, startBulkServer } from './servers/bulk.js';
import { startKafka } from './servers/kafka.js';
import { startPostgres } from './servers/postgres.js';
import { startReceiver } from './servers/receiver.js';

/** One kind of sink with a real other end, as the contract's tests need it. */
export interface Kind {
  readonly name: string;
  /** A sink as another process would have it: nothing is shared but the other end. */
  open(): Sink;
  /** `id.version` of everything that the other end shows, in any order. */
  held(): Promise<string[]>;
  /** The other end takes what it gets and never answers, until it is well again. Where it can be scripted so. */
  readonly hang?: () => void;
  readonly well?: () => void;
  /** A story that this kind refuses for good, with what makes it so. */
  readonly refused?: () => SinkStory;
  /** What must never show in a message. */
  readonly secret?: string;
  /** A sink of this kind whose other end is not there. */
  readonly absent?: () => Sink;
  close(): Promise<void>;
}

export const ID = 'abcdefghijklmnopqrstuvwx';

export function storyOf(tail: string, version = 1, change: Parameters<typeof storyRecord>[0] = {}): SinkStory {
  const id = `${ID}${tail}`;
  const record = JSON.stringify(storyRecord({ id, version, ...change }));
  return { id, version, json: record, record };
}

export const nameOf = ({ id, version }: Pick<SinkStory, 'id' | 'version'>): string => `${id}.${version}`;
const named = (json: string): string => nameOf(JSON.parse(json) as { id: string; version: number });

const TIMEOUT = '1500ms';

function opened(test: TestRedis, dataDir: string, sinks: SettingsInput['sinks'], name: string): Sink {
  const settings = settingsOf({ dataDir, sinks: { ndjson: { enabled: name === 'ndjson' }, redisStream: { enabled: name === 'redis-stream' }, ...sinks } });
  const sink = openSinks(settings, test.redis, redisKeys(test.prefix)).get(name);
  if (sink === undefined) throw new Error(`no sink ${name}`);
  return sink;
}

/** Every kind that can be had here. */
export async function kinds(test: TestRedis, folder: string): Promise<Kind[]> {
  const found: Kind[] = [
    {
      name: 'ndjson', open: () => opened(test, folder, {}, 'ndjson'), close: () => Promise.resolve(),
      held: async () => (await linesIn(`${folder}/stories`)).map(named),
    },
    {
      name: 'redis-stream', open: () => opened(test, folder, {}, 'redis-stream'), close: () => Promise.resolve(),
      held: async () => (await test.redis.xrange(`${test.prefix}:stories`, '-', '+')).map(([, fields]) => named(fields[5] ?? '')),
    },
    await webhookKind(test, folder),
    await elasticsearchKind(test, folder),
  ];
  const postgres = await postgresKind(test, folder);
  const kafka = await kafkaKind(test, folder);
  return [...found, ...(postgres === null ? [] : [postgres]), ...(kafka === null ? [] : [kafka])];
}

async function webhookKind(test: TestRedis, folder: string): Promise<Kind> {
  const receiver = await startReceiver();
  const open = (url: string): Sink => opened(test, folder, { webhook: { hook: { url, secrets: [receiver.secret], allowPrivate: true, timeout: TIMEOUT } } }, 'hook');
  return {
    name: 'webhook',
    open: () => open(receiver.url),
    held: () => Promise.resolve([...receiver.taken.keys()]),
    hang: () => receiver.script(() => ({ status: 204, takes: true, hangs: true })),
    well: () => receiver.script((id) => (id.startsWith(`${ID}zz`) ? { status: 422 } : null)),
    refused: () => storyOf('zz'),
    secret: receiver.secret,
    absent: () => open('http://127.0.0.1:9/hook'),
    close: () => receiver.http.close(),
  };
}

async function elasticsearchKind(test: TestRedis, folder: string): Promise<Kind> {
  const server = await startBulkServer();
  const open = (url: string): Sink => opened(test, folder, { elasticsearch: { search: { url, username: 'editor', password: 'not-to-be-shown', timeout: TIMEOUT } } }, 'search');
  return {
    name: 'elasticsearch',
    open: () => open(server.http.origin),
    // It shows the newest version of each story, so the versions before count as held.
    held: () => Promise.resolve([...server.documents].flatMap(([id, { version }]) => Array.from({ length: version }, (_, at) => nameOf({ id, version: at + 1 })))),
    hang: () => server.before(never),
    well() {
      server.before(null);
      server.script((id) => (id === `${ID}zz` ? { status: 400, type: 'mapper_parsing_exception' } : null));
    },
    refused: () => storyOf('zz'),
    secret: 'not-to-be-shown',
    absent: () => open('http://127.0.0.1:9'),
    close: () => server.http.close(),
  };
}

async function postgresKind(test: TestRedis, folder: string): Promise<Kind | null> {
  const server = await startPostgres();
  if (server === null) return null;
  const open = (url: string): Sink => opened(test, folder, { postgres: { archive: { url, timeout: TIMEOUT } } }, 'archive');
  return {
    name: 'postgres',
    open: () => open(server.url),
    async held() {
      const client = new Client({ connectionString: server.url });
      await client.connect();
      const { rows } = await client.query<{ id: string; version: number }>('SELECT id, version FROM stories');
      await client.end();
      return rows.map(nameOf);
    },
    hang: () => server.pause(),
    well: () => server.resume(),
    refused: () => storyOf('zz', 3_000_000_000),
    secret: server.password,
    absent: () => open(server.url.replace(/:\d+\//, ':9/')),
    close: () => server.stop(),
  };
}

async function kafkaKind(test: TestRedis, folder: string): Promise<Kind | null> {
  const cluster = await startKafka('stories');
  if (cluster === null) return null;
  const open = (broker: string): Sink => opened(test, folder, { kafka: { bus: { brokers: [broker], timeout: TIMEOUT } } }, 'bus');
  return {
    name: 'kafka',
    open: () => open(cluster.broker),
    async held() {
      // The consumer reads a moment later. It tells twins apart by the key, as a compacted topic does, or by the headers.
      for (let before = -1; before !== cluster.messages.length;) {
        before = cluster.messages.length;
        await new Promise((resolve) => setTimeout(resolve, 700));
      }
      return [...new Set(cluster.messages.map(({ key, headers }) => {
        const [id, version] = ['id', 'version'].map((name) => headers[headers.indexOf(name) + 1]);
        if (key !== `${id}:${version}`) throw new Error(`the message ${key} has the headers ${headers.join(' ')}`);
        return `${id}.${version}`;
      }))];
    },
    hang: () => cluster.pause(),
    well: () => cluster.resume(),
    absent: () => open('127.0.0.1:9'),
    close: () => cluster.stop(),
  };
}
