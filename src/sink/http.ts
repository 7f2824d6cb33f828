import { request, type Dispatcher } from 'undici';
import { failed, giveUp, misconfigured, ok, retryLater, type Fault, type Outcome } from '../fault.js';
import { retryAfterMs } from '../fetch/index.js';
import { SINK_GONE, SINK_THROTTLED } from './contract.js';

export interface HttpAnswer {
  readonly status: number;
  /** The head of the body; what is beyond the bound is left unread. */
  readonly body: string;
  readonly retryAfter: string | undefined;
}

export interface HttpSend {
  readonly dispatcher: Dispatcher;
  readonly url: string;
  readonly method?: 'POST' | 'GET' | 'HEAD';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal: AbortSignal;
  /** Name of the sink, for messages: the address may hold a secret. */
  readonly sink: string;
  readonly maxAnswer?: number;
}

const MAX_ANSWER = 4_096;

/** One request; an answer of any status is an answer. Redirects are not followed: what was signed for one address is not sent to another. */
export async function send({ dispatcher, url, method = 'POST', headers, body, signal, sink, maxAnswer = MAX_ANSWER }: HttpSend): Promise<Outcome<HttpAnswer>> {
  try {
    const answer = await request(url, { dispatcher, method, headers: { ...headers }, body: body ?? null, signal });
    const text = await readHead(answer.body, maxAnswer);
    const retryAfter = answer.headers['retry-after'];
    return ok({ status: answer.statusCode, body: text, retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter });
  } catch (error) {
    return failed(connectionFault(error, sink, signal));
  }
}

async function readHead(body: AsyncIterable<Buffer>, most: number): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body) {
    parts.push(part);
    size += part.length;
    // Leaving the loop destroys the body, and the connection with it.
    if (size > most) break;
  }
  return Buffer.concat(parts).toString('utf8', 0, most);
}

function connectionFault(error: unknown, sink: string, signal: AbortSignal): Fault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (signal.aborted) return retryLater({ code: 'sink-timeout', message: `${sink} did not answer in time`, cause: error });
  if (code === 'ERR_ADDRESS_REFUSED') {
    return misconfigured({ code: 'address-refused', message: `${sink}: its address is private`, hint: 'Set allowPrivate on the sink if that is meant.', cause: error });
  }
  return retryLater({ code: 'sink-unreachable', message: `${sink} cannot be reached${code === '' ? '' : ` (${code})`}`, cause: error });
}

/** Answers that say nothing against the story: the same one may be taken later. */
const PASSING = new Set([408, 409, 423, 425]);
/** Answers about the whole endpoint, which a person must mend. */
const ENDPOINT = new Set([401, 402, 403, 404, 405, 407, 421, 426, 511]);

/**
 * What a status other than 2xx means for a delivery.
 *
 * | status | means |
 * |---|---|
 * | 410 | the receiver wants no more |
 * | 429, 503 | left alone for Retry-After, or as the breaker has it |
 * | 408, 409, 423, 425, other 5xx | again later |
 * | 3xx, 401, 402, 403, 404, 405 … | the address or the credentials are wrong |
 * | other 4xx | this story is refused for good |
 */
export function statusFault(sink: string, { status, retryAfter }: HttpAnswer, now = Date.now()): Fault {
  const message = `${sink} answers ${status}`;
  const wait = retryAfterMs(retryAfter, now);
  if (status === 410) return giveUp({ code: SINK_GONE, message: `${message}: it wants no more stories` });
  if (status === 429 || (status === 503 && wait !== undefined)) {
    return retryLater({ code: SINK_THROTTLED, message, ...(wait === undefined ? {} : { retryAfterMs: Math.min(wait, LONGEST_WAIT_MS) }) });
  }
  if (PASSING.has(status) || status >= 500 && status !== 511) return retryLater({ code: `sink-http-${status}`, message });
  if (ENDPOINT.has(status) || status < 400) {
    return misconfigured({ code: `sink-http-${status}`, message, hint: status < 400 ? 'Redirects are not followed: give the address it leads to.' : 'Look after its address and credentials; its stories wait.' });
  }
  return giveUp({ code: `sink-http-${status}`, message: `${message}: it refuses this story` });
}

/** A receiver that asks for more is asked again all the same: its clock may be wrong. */
const LONGEST_WAIT_MS = 3_600_000;
