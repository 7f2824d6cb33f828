import { text } from 'node:stream/consumers';
import { signingKey, verifyWebhook } from '../../../src/sink/index.js';
import { startHttpServer, type HttpServer } from '../../http-server.js';

export interface Received {
  readonly id: string;
  readonly body: string;
}

export interface Receiver {
  readonly http: HttpServer;
  readonly url: string;
  readonly secret: string;
  /** By webhook-id, each once. */
  readonly taken: ReadonlyMap<string, string>;
  /** Every request that was signed well and lately. */
  readonly attempts: readonly Received[];
  /** What is answered to an id: a status, with headers; `after`: it is taken although the answer is no 2xx, or none comes. */
  script(answer: (id: string) => { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly takes?: boolean; readonly hangs?: boolean } | null): void;
}

export const SECRET = `whsec_${Buffer.from('a key of at least sixteen bytes').toString('base64')}`;

/** A receiver as the standard wants it: it verifies, and knows an event again by its id. */
export async function startReceiver(): Promise<Receiver> {
  const key = signingKey(SECRET);
  if (key === null) throw new Error('the secret is no key');
  const taken = new Map<string, string>();
  const attempts: Received[] = [];
  let answer: Parameters<Receiver['script']>[0] = () => null;
  const http = await startHttpServer({
    '/hook': async (request, response) => {
      const body = await text(request);
      if (request.method === 'HEAD') return response.writeHead(405).end();
      if (!verifyWebhook(key, request.headers, body, Date.now())) return response.writeHead(400).end('signature');
      const id = String(request.headers['webhook-id']);
      attempts.push({ id, body });
      const said = answer(id);
      if (said === null || said.takes === true) taken.set(id, body);
      if (said?.hangs === true) return undefined;
      return response.writeHead(said?.status ?? 204, said?.headers).end();
    },
  });
  return { http, url: http.url('/hook'), secret: SECRET, taken, attempts, script: (next) => { answer = next; } };
}
