import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { duration, size } from './quantities.js';
import { sinkSettings } from './sink-settings.js';

export const ROLES = ['poll', 'article', 'deliver', 'console'] as const;
export type Role = (typeof ROLES)[number];

const count = (min: number, max: number) => z.int().min(min).max(max);
const threadsFor = (cores: number): number => (cores <= 2 ? cores : cores - 1);
const httpUrl = z.url({ protocol: /^https?$/, error: 'expected an http:// or https:// address' });

/**
 * Every option: its type, default and one line of meaning, in one place. `config/dateline.yaml`, its JSON Schema and the
 * environment's names (`DATELINE_` and the path in capitals: `fetch.maxPageSize` is `DATELINE_FETCH_MAX_PAGE_SIZE`) follow from it.
 */
export const settingsSchema = z.strictObject({
  dataDir: z.string().min(1).prefault('data')
    .describe('Folder of everything Dateline writes; relative to where it is started'),
  roles: z.array(z.enum(ROLES)).min(1).prefault([...ROLES])
    .describe('What this process does: poll feeds, read articles, deliver stories, serve the console'),
  sampleWire: z.boolean().prefault(true)
    .describe('Take in the bundled sample wire, the sources whose address begins with sample:'),
  shutdownGrace: duration({ min: '0ms', max: '10m' }).prefault('8s')
    .describe('How long running jobs may finish after Ctrl-C; what is not done then runs again at the next start'),
  log: z.strictObject({
    level: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).prefault('info')
      .describe('Least severe line that is written'),
    format: z.enum(['auto', 'pretty', 'json']).prefault('auto')
      .describe('pretty for people, json for machines; auto takes pretty on a terminal'),
  }).prefault({}),
  redis: z.strictObject({
    url: z.url({ protocol: /^(rediss?|unix)$/, error: 'expected a redis://, rediss:// or unix:// address' }).nullable().prefault(null)
      .describe('Server to use; null finds one on this machine and starts it on the data folder'),
    prefix: z.string().regex(/^[A-Za-z0-9._{}-]{1,64}$/, { error: 'expected letters, digits, . _ - { } only' }).prefault('dateline')
      .describe('First part of every key, so that several Datelines can share a server; {braces} keep it on one slot of a cluster'),
    memory: size({ min: '1MB', max: '10000GB' }).nullable().prefault(null)
      .describe('Memory Redis may use: at 85 % of it nothing new is taken in, while deliveries go on; null takes the server\'s maxmemory, else half of its machine'),
  }).prefault({}),
  fetch: z.strictObject({
    userAgent: z.string().min(1).max(200).regex(/^[\x20-\x7e]+$/, { error: 'expected printable ASCII' }).prefault('Dateline/0.1')
      .describe('Name Dateline gives itself to the hosts it asks'),
    contact: z.string().max(200).regex(/^[\x21-\x7e]+$/, { error: 'expected an address without spaces' }).nullable().prefault(null)
      .describe('Page or mail address put behind the name, so that a host can reach you; please set it'),
    connectTimeout: duration({ min: '100ms', max: '5m' }).prefault('10s').describe('Longest wait for a connection'),
    idleTimeout: duration({ min: '100ms', max: '5m' }).prefault('20s').describe('Longest silence within an answer'),
    totalTimeout: duration({ min: '100ms', max: '30m' }).prefault('60s').describe('Longest time for one address, redirects included'),
    maxFeedSize: size({ min: '1kB', max: '1GB' }).prefault('16MB').describe('Largest feed, after decompression; more is refused'),
    maxPageSize: size({ min: '1kB', max: '1GB' }).prefault('8MB').describe('Largest page, after decompression; more is refused'),
    maxRedirects: count(0, 20).prefault(5).describe('Redirects followed for one address'),
    allowPrivate: z.boolean().prefault(false)
      .describe('Let every source reach private, loopback and link-local addresses; better set on the one source that needs it'),
    proxy: httpUrl.nullable().prefault(null).describe('HTTP proxy for every source that names none of its own'),
  }).prefault({}),
  politeness: z.strictObject({
    minDelay: duration({ max: '10m' }).prefault('1s').describe('Least time between two requests to one host, over all processes'),
    maxDelay: duration({ max: '24h' }).prefault('60s').describe('Most time between two requests to one host, however slow it answers or much it asks for'),
    concurrency: count(1, 32).prefault(2).describe('Requests under way to one host at the same time, over all processes'),
    robotsLifetime: duration({ min: '1m', max: '7d' }).prefault('24h').describe('How long a robots.txt is remembered'),
  }).prefault({}),
  poll: z.strictObject({
    interval: duration({ min: '100ms', max: '7d' }).prefault('5m').describe('Time between two polls of a source whose rhythm is not known yet'),
    minInterval: duration({ min: '100ms', max: '7d' }).prefault('1m').describe('Shortest time between two polls of a source, however busy'),
    maxInterval: duration({ min: '100ms', max: '30d' }).prefault('1h').describe('Longest time between two polls of a source, however quiet'),
    concurrency: count(1, 500).prefault(20).describe('Sources polled at the same time in one process'),
  }).prefault({}),
  article: z.strictObject({
    concurrency: count(1, 500).prefault(20).describe('Pages fetched and read at the same time in one process'),
    threads: z.union([z.literal('auto'), count(1, 64)], { error: 'expected auto or a whole number from 1 to 64' }).prefault('auto')
      // The main thread is idle three quarters of the time, so that on two cores two threads do half as much again as one.
      .transform((threads) => (threads === 'auto' ? threadsFor(availableParallelism()) : threads))
      .describe('Threads that read pages; auto is one a core up to two cores, then one less than the cores'),
    readTimeout: duration({ min: '100ms', max: '5m' }).prefault('10s').describe('Longest time a thread may work on one page before it is stopped'),
    maxWaiting: count(1, 10_000_000).prefault(100_000).describe('Pages that may wait to be read before no more polls are made; a poll under way still adds what it lists'),
    threadMemory: size({ min: '64MB', max: '8GB' }).prefault('512MB').describe('Largest heap of one thread'),
  }).prefault({}),
  reask: z.strictObject({
    after: z.array(duration({ min: '100ms', max: '30d' })).max(20).prefault(['15m', '1h', '4h', '12h', '24h', '48h'])
      .describe('How long after a story was first read its page is asked again, for corrections; an empty list asks never again'),
    missing: duration({ min: '100ms', max: '24h' }).prefault('30m')
      .describe('A page that is not there (404) is asked once more after this time before its stories are withdrawn; one that is gone (410) is believed at once'),
    perHost: count(1, 1000).prefault(4).describe('Pages of one host that may be asked again at the same time, over all processes'),
    maxPages: count(0, 10_000_000).prefault(100_000).describe('Pages that may wait to be asked again; above this number the pages of new stories are asked once only'),
  }).prefault({}),
  duplicates: z.strictObject({
    near: z.enum(['mark', 'end', 'off']).prefault('mark')
      .describe('What becomes of a story that prints the text of another with small changes: mark it with the first one\'s id, end it as a duplicate that goes nowhere, or do not look'),
    window: duration({ min: '1m', max: '30d' }).prefault('3d').describe('How long a story is looked for; up to twice as long where there is room'),
    maxStories: count(2, 100_000_000).prefault(1_000_000).describe('Stories that are looked for at most, at some 250 bytes of Redis each'),
  }).prefault({}),
  deliver: z.strictObject({
    concurrency: count(1, 100).prefault(16).describe('Deliveries under way at the same time in one process'),
    batch: count(1, 1000).prefault(100).describe('Most stories handed to a sink at once'),
    alarmAt: z.number().min(0.1).max(1).prefault(0.7).describe('Share of its bound from which the backlog of a sink is an alarm: log, metric, /readyz'),
    spill: z.strictObject({
      dir: z.string().min(1).prefault('spill').describe('Folder of the deliveries that wait on disk for sinks that take none; inside the data folder unless absolute'),
      maxSize: size({ min: '0B', max: '100000GB' }).prefault('10GB')
        .describe('Most room they may take on this machine; an alarm from 80 % of it on. With 0B none goes to disk, and reading pauses at the bound of a sink'),
    }).prefault({}),
    breaker: z.strictObject({
      failures: count(1, 1000).prefault(5).describe('Failures in a row after which a sink is left alone for a while'),
      wait: duration({ min: '10ms', max: '1h' }).prefault('1s').describe('How long it is left alone; it doubles each time a single delivery then fails again'),
      maxWait: duration({ min: '10ms', max: '24h' }).prefault('10s').describe('Longest time between two tries of a sink that fails'),
    }).prefault({}),
  }).prefault({}),
  websub: z.strictObject({
    callbackUrl: httpUrl.nullable().prefault(null)
      .describe('Public address that leads to the console, under which hubs reach /websub/ to tell of news at once; null polls only'),
  }).prefault({}),
  retries: z.strictObject({
    attempts: count(1, 100).prefault(6).describe('How often a job is tried before it goes to quarantine'),
    backoff: duration({ min: '10ms', max: '1h' }).prefault('5s').describe('Wait before the second attempt; it doubles with each one after'),
    maxBackoff: duration({ min: '10ms', max: '24h' }).prefault('10m').describe('Longest wait between two attempts'),
    jitter: z.number().min(0).max(1).prefault(0.5).describe('Share of the wait that is drawn at random, so that retries do not march in step'),
  }).prefault({}),
  lock: z.strictObject({
    duration: duration({ min: '1s', max: '10m' }).prefault('8s').describe('How long a job belongs to a worker that gives no sign of life'),
    stalledInterval: duration({ min: '500ms', max: '10m' }).prefault('4s')
      .describe('How often jobs of dead workers are looked for; they go on after at most this and the lock together'),
    maxStalled: count(1, 100).prefault(20).describe('How often a job may lose its worker before it goes to quarantine; running twice is harmless'),
  }).prefault({}),
  sinks: sinkSettings,
  quarantine: z.strictObject({
    age: duration({ min: '1m', max: '3650d' }).prefault('30d').describe('How long a failed job is kept for a replay'),
    count: count(1, 10_000_000).prefault(10_000).describe('How many failed jobs are kept'),
  }).prefault({}),
  store: z.strictObject({
    maxStories: count(1, 10_000_000).prefault(50_000).describe('Stories that may wait for their sinks before reading pauses'),
    maxSize: size({ min: '1MB', max: '1000GB' }).prefault('512MB').describe('Data that may wait for the sinks before reading pauses'),
  }).prefault({}),
  archive: z.strictObject({
    enabled: z.boolean().prefault(false).describe('Keep every page as it was fetched, so that it can be read again (dateline reread)'),
    dir: z.string().min(1).prefault('pages').describe('Folder of the pages; inside the data folder'),
    age: duration({ min: '1h', max: '3650d' }).prefault('30d').describe('How long a page is kept'),
    maxSize: size({ min: '1MB', max: '100000GB' }).prefault('10GB').describe('Most room the pages take, gzipped; the oldest go first'),
  }).prefault({}),
  ledger: z.strictObject({
    retention: duration({ min: '1h', max: '3650d' }).prefault('30d').describe('How long an item seen is remembered after its feed last showed it'),
    maxItems: count(1_000, 100_000_000).prefault(200_000).describe('Items of one source that are remembered; of more, those that its feed has not listed for longest are forgotten'),
    trace: duration({ min: '1m', max: '3650d' }).prefault('7d').describe('How long the steps of an item can be traced; at most 4,000 steps a source'),
  }).prefault({}),
  console: z.strictObject({
    host: z.string().min(1).prefault('127.0.0.1').describe('Address the console listens on; the default is closed to other machines'),
    port: count(0, 65_535).prefault(4700).describe('Port of the console; 0 takes a free one'),
    token: z.string().min(16, { error: 'expected 16 characters or more' }).max(200).nullable().prefault(null)
      .describe('Secret that lets in as operator; where host is no loopback address, this or users are needed'),
    users: z.string().min(1).prefault('users.yaml').describe('File of those who may log in, as `dateline users` writes it; inside the data folder unless absolute'),
    sessionIdle: duration({ min: '1m', max: '30d' }).prefault('12h').describe('How long a login lasts without a request'),
    sessionLifetime: duration({ min: '1m', max: '90d' }).prefault('7d').describe('How long a login lasts at most'),
    stuckAfter: duration({ min: '5s', max: '24h' }).prefault('60s').describe('/readyz fails when work waits and none was finished for this long'),
    stories: z.strictObject({
      enabled: z.boolean().prefault(true).describe('Keep stories in the data folder (stories.db), so that the console can search and show them'),
      age: duration({ min: '1h', max: '3650d' }).prefault('30d').describe('How long a story version is kept there'),
      maxStories: count(100, 10_000_000).prefault(200_000).describe('Story versions kept there, the oldest go first'),
      maxSize: size({ min: '10MB', max: '1000GB' }).prefault('2GB').describe('Bytes the store may use on the disk, the oldest go first'),
    }).prefault({}),
  }).prefault({}),
}).superRefine((settings, context) => {
  const wrong = (path: readonly string[], message: string): void => context.addIssue({ code: 'custom', path: [...path], message });
  const { poll, reask, retries, politeness, console } = settings;
  if (poll.minInterval > poll.interval) wrong(['poll', 'minInterval'], 'must not be longer than poll.interval');
  if (poll.maxInterval < poll.interval) wrong(['poll', 'maxInterval'], 'must not be shorter than poll.interval');
  if (reask.after.some((time, at) => time <= (reask.after[at - 1] ?? 0))) wrong(['reask', 'after'], 'must name later and later times');
  const { breaker } = settings.deliver;
  if (breaker.maxWait < breaker.wait) wrong(['deliver', 'breaker', 'maxWait'], 'must not be shorter than deliver.breaker.wait');
  if (retries.maxBackoff < retries.backoff) wrong(['retries', 'maxBackoff'], 'must not be shorter than retries.backoff');
  if (politeness.maxDelay < politeness.minDelay) wrong(['politeness', 'maxDelay'], 'must not be shorter than politeness.minDelay');
  if (console.sessionLifetime < console.sessionIdle) wrong(['console', 'sessionLifetime'], 'must not be shorter than console.sessionIdle');
}).describe('Settings of Dateline');

/** All settings, complete. Times are in milliseconds, sizes in bytes, `article.threads` is a number. */
export type Settings = z.output<typeof settingsSchema>;
/** Settings as a person writes them: every key optional, times and sizes with their units. */
export type SettingsInput = z.input<typeof settingsSchema>;

/** Complete settings out of a few, for tests and for use as a library. Throws a ZodError when one is wrong. */
export const settingsOf = (input: SettingsInput = {}): Settings => settingsSchema.parse(input);
