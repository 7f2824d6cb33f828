import { z } from 'zod';
import type { WebhookSettings } from '../config/index.js';
import { failed, misconfigured, ok, type Outcome } from '../fault.js';
import type { Dispatchers } from '../fetch/index.js';
import type { Sink, SinkBatch, SinkStory } from './contract.js';
import { send, statusFault } from './http.js';
import { revealed } from './secret.js';
import { signingKey, signWebhook } from './webhook-signature.js';

const told = z.object({ status: z.enum(['usable', 'corrected', 'withdrawn']), version: z.int(), fetchedAt: z.string() });
const marked = z.array(z.string());

/** The same for every attempt, so that the receiver knows a story version again. */
const eventId = ({ id, version }: SinkStory): string => `${id}.${version}`;

/** The event of a story version: its kind, when it was seen, and the story. */
export function webhookBody({ record, json }: SinkStory): string {
  const { status, version, fetchedAt } = told.parse(JSON.parse(record));
  const type = status === 'withdrawn' ? 'story.withdrawn' : status === 'corrected' ? 'story.corrected' : version === 1 ? 'story.published' : 'story.updated';
  return `{"type":"${type}","timestamp":${JSON.stringify(fetchedAt)},"data":${json}}`;
}

/**
 * Posts each story version to an endpoint, signed as Standard Webhooks has it. The receiver tells twins apart by `webhook-id`;
 * what it is known to have taken of a page is not sent again.
 */
export function webhookSink(name: string, { url, secrets, allowPrivate }: WebhookSettings, dispatchers: Dispatchers): Sink {
  const dispatcher = dispatchers.direct(allowPrivate);
  const keysOf = (): Outcome<readonly Buffer[]> => {
    const keys: Buffer[] = [];
    for (const secret of secrets) {
      const text = revealed(secret, `the signing secret of ${name}`);
      if (!text.ok) return text;
      const key = signingKey(text.value);
      if (key === null) return failed(misconfigured({ code: 'secret-unfit', message: `${name}: a signing secret is not whsec_ and base64 of 16 bytes or more`, hint: 'Make one: echo "whsec_$(openssl rand -base64 32)"' }));
      keys.push(key);
    }
    return ok(keys);
  };
  const post = async (story: SinkStory, keys: readonly Buffer[], signal: AbortSignal): Promise<Outcome<void>> => {
    const body = webhookBody(story);
    const id = eventId(story);
    const headers = { 'content-type': 'application/json', 'user-agent': 'Dateline', 'idempotency-key': `"${id}"`, ...signWebhook(keys, id, body, Date.now()) };
    const answer = await send({ dispatcher, url, headers, body, signal, sink: name });
    if (!answer.ok) return answer;
    return answer.value.status >= 200 && answer.value.status < 300 ? ok(undefined) : failed(statusFault(name, answer.value));
  };
  return {
    name,
    where: `webhook at ${new URL(url).origin}`,
    begin() {
      const keys = keysOf();
      return Promise.resolve(keys.ok ? ok('') : keys);
    },
    async deliver(batch: SinkBatch): Promise<Outcome<void>> {
      const { stories, mark, signal } = batch;
      const keys = keysOf();
      if (!keys.ok) return keys;
      const taken = new Set(mark === '' ? [] : marked.parse(JSON.parse(mark)));
      for (const story of stories) {
        if (taken.has(eventId(story))) continue;
        const posted = await post(story, keys.value, signal);
        if (!posted.ok) {
          if (taken.size > 0) await batch.remark(JSON.stringify([...taken]));
          return posted;
        }
        taken.add(eventId(story));
      }
      // Of a page in several batches the next attempt must know the earlier ones, too.
      if (mark !== '') await batch.remark(JSON.stringify([...taken]));
      return ok(undefined);
    },
    async check(signal) {
      const keys = keysOf();
      if (!keys.ok) return keys;
      // HEAD and not POST: nothing may look like a story. Whatever it answers, it is there.
      const answer = await send({ dispatcher, url, method: 'HEAD', headers: {}, signal, sink: name });
      return answer.ok ? ok(`answers ${answer.value.status} to HEAD`) : answer;
    },
    close: () => Promise.resolve(),
  };
}
