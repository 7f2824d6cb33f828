import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { ElasticsearchSettings } from '../config/index.js';
import { failed, giveUp, misconfigured, ok, retryLater, type Outcome } from '../fault.js';
import type { Dispatchers } from '../fetch/index.js';
import { SINK_THROTTLED, type Sink, type SinkStory } from './contract.js';
import { Gather } from './gather.js';
import { send, statusFault } from './http.js';
import { revealed } from './secret.js';

/** Bytes of one request; the servers refuse 100 MB and want far less. */
const MAX_BULK_BYTES = 8_000_000;
const MAX_ANSWER = 16_000_000;
/** Waits before a story that the server was too busy for is sent once more within the delivery. */
const AGAIN_MS = [200, 800];

const result = z.looseObject({ status: z.int(), error: z.looseObject({ type: z.string(), reason: z.string().nullish() }).optional() });
const bulkAnswer = z.object({ items: z.array(z.record(z.string(), result)) });

/**
 * One document a story in Elasticsearch or OpenSearch, by the bulk interface. The story's version is the document's external
 * version, so that an old version that comes late never overwrites a newer one, and one that comes twice changes nothing.
 * Over the project's own HTTP client: of the official ones, one needs a newer Node, and neither knows the address guard.
 */
export function elasticsearchSink(name: string, settings: ElasticsearchSettings, dispatchers: Dispatchers, bounds: { readonly batch: number; readonly timeoutMs: number }): Sink {
  const dispatcher = dispatchers.direct(settings.allowPrivate);
  const base = settings.url.replace(/\/+$/, '');
  const authorization = (): Outcome<Readonly<Record<string, string>>> => {
    if (settings.apiKey !== null) {
      const key = revealed(settings.apiKey, `the API key of ${name}`);
      return key.ok ? ok({ authorization: `ApiKey ${key.value}` }) : key;
    }
    if (settings.username === null) return ok({});
    const password = settings.password === null ? ok('') : revealed(settings.password, `the password of ${name}`);
    return password.ok ? ok({ authorization: `Basic ${Buffer.from(`${settings.username}:${password.value}`).toString('base64')}` }) : password;
  };

  /** One request; one outcome a story. */
  async function bulk(stories: readonly SinkStory[]): Promise<Outcome<void>[]> {
    const headers = authorization();
    const all = (outcome: Outcome<void>): Outcome<void>[] => stories.map(() => outcome);
    if (!headers.ok) return all(headers);
    const body = stories.map((story) => `${action(settings.index, story)}\n${story.json}\n`).join('');
    const [first] = stories;
    if (stories.length > 1 && first !== undefined && Buffer.byteLength(body) > MAX_BULK_BYTES) return halves(stories);
    const answer = await send({
      dispatcher, url: `${base}/_bulk`, body, sink: name, maxAnswer: MAX_ANSWER, signal: AbortSignal.timeout(bounds.timeoutMs),
      headers: { 'content-type': 'application/x-ndjson', ...headers.value },
    });
    if (!answer.ok) return all(answer);
    if (answer.value.status === 413 && stories.length > 1) return halves(stories);
    if (answer.value.status < 200 || answer.value.status >= 300) return all(failed(statusFault(name, answer.value)));
    const read = bulkAnswer.safeParse(parsed(answer.value.body));
    if (!read.success || read.data.items.length !== stories.length) {
      return all(failed(misconfigured({ code: 'sink-answer', message: `${name} does not answer as the bulk interface does`, hint: 'Is it Elasticsearch or OpenSearch, and nothing in between?' })));
    }
    return read.data.items.map((item): Outcome<void> => itemOutcome(name, Object.values(item)[0]));
  }

  async function halves(stories: readonly SinkStory[]): Promise<Outcome<void>[]> {
    const middle = Math.ceil(stories.length / 2);
    return [...await bulk(stories.slice(0, middle)), ...await bulk(stories.slice(middle))];
  }

  /** What the server was too busy for is sent again, and only that. */
  async function sendMany(stories: readonly SinkStory[]): Promise<readonly Outcome<void>[]> {
    const outcomes = await bulk(stories);
    for (const wait of AGAIN_MS) {
      const again = outcomes.flatMap((outcome, at) => (!outcome.ok && outcome.fault.code === BUSY_ITEM ? [at] : []));
      if (again.length === 0) break;
      await sleep(wait);
      const next = await bulk(again.flatMap((at) => stories[at] ?? []));
      for (const [place, at] of again.entries()) outcomes[at] = next[place] ?? outcomes[at] ?? ok(undefined);
    }
    return outcomes.map((outcome) => (!outcome.ok && outcome.fault.code === BUSY_ITEM
      ? failed(retryLater({ code: SINK_THROTTLED, message: outcome.fault.message })) : outcome));
  }

  const gather = new Gather(bounds.batch, sendMany);
  return {
    name,
    where: `index ${settings.index} at ${new URL(base).origin}`,
    begin() {
      const headers = authorization();
      return Promise.resolve(headers.ok ? ok('') : headers);
    },
    deliver: ({ stories }) => gather.deliver(stories),
    async check(signal) {
      const headers = authorization();
      if (!headers.ok) return headers;
      const answer = await send({ dispatcher, url: `${base}/`, method: 'GET', headers: headers.value, signal, sink: name });
      if (!answer.ok) return answer;
      if (answer.value.status !== 200) return failed(statusFault(name, answer.value));
      const version = z.looseObject({ version: z.looseObject({ number: z.string(), distribution: z.string().optional() }) }).safeParse(parsed(answer.value.body));
      return ok(version.success ? `${version.data.version.distribution ?? 'elasticsearch'} ${version.data.version.number}` : 'answers');
    },
    close: () => Promise.resolve(),
  };
}

const BUSY_ITEM = 'sink-item-busy';

const action = (index: string, { id, version }: SinkStory): string =>
  JSON.stringify({ index: { _index: index, _id: id, version, version_type: 'external' } });

/** 409: the same version is there, or a newer one. */
function itemOutcome(name: string, item: z.output<typeof result> | undefined): Outcome<void> {
  if (item === undefined) return failed(retryLater({ code: 'sink-answer', message: `${name} says nothing of a story` }));
  const { status, error } = item;
  if ((status >= 200 && status < 300) || status === 409) return ok(undefined);
  const message = `${name} answers ${status} to a story: ${error?.type ?? 'no reason'}${error?.reason == null ? '' : `, ${error.reason.slice(0, 200)}`}`;
  if (status === 429 || status >= 500) return failed(retryLater({ code: BUSY_ITEM, message }));
  if (status === 401 || status === 403 || status === 404) return failed(misconfigured({ code: `sink-http-${status}`, message, hint: 'May Dateline write to that index, and is it there?' }));
  return failed(giveUp({ code: error?.type === undefined ? `sink-http-${status}` : `story-refused`, message }));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
