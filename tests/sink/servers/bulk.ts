import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { startHttpServer, type HttpServer } from '../../http-server.js';

export interface Indexed {
  readonly version: number;
  readonly document: string;
}

export interface BulkServer {
  readonly http: HttpServer;
  readonly documents: ReadonlyMap<string, Indexed>;
  /** Numbers of documents in each bulk request, in their order. */
  readonly requests: readonly number[];
  /** Status and error of a document, by its id; null lets it be taken. */
  script(answer: (id: string) => { readonly status: number; readonly type?: string } | null): void;
  /** What the next requests do before they answer. */
  before(act: (() => Promise<void> | void) | null): void;
  /** Status of whole requests, or null. */
  whole(status: number | null): void;
}

const head = z.object({ index: z.object({ _index: z.string(), _id: z.string(), version: z.int(), version_type: z.literal('external') }) });

/** A server that speaks as much of Elasticsearch's bulk interface as a client can see: external versions, one answer an item. */
export async function startBulkServer(): Promise<BulkServer> {
  const documents = new Map<string, Indexed>();
  const requests: number[] = [];
  let answer: Parameters<BulkServer['script']>[0] = () => null;
  let act: (() => Promise<void> | void) | null = null;
  let whole: number | null = null;
  const http = await startHttpServer({
    '/': (_, response) => { response.writeHead(200, { 'content-type': 'application/json' }).end('{"version":{"number":"2.11.0","distribution":"opensearch"}}'); },
    '/_bulk': async (request, response) => {
      const lines = (await text(request)).split('\n');
      if (lines.pop() !== '') throw new Error('a bulk body ends with a line end');
      if (whole !== null) return response.writeHead(whole, { 'retry-after': '1' }).end();
      requests.push(lines.length / 2);
      const items = [];
      for (let at = 0; at < lines.length; at += 2) {
        const { index: { _id, version } } = head.parse(JSON.parse(lines[at] ?? ''));
        const refused = answer(_id);
        const there = documents.get(_id);
        if (refused !== null) items.push({ index: { _id, status: refused.status, error: { type: refused.type ?? 'x', reason: 'as scripted' } } });
        else if (there !== undefined && there.version >= version) items.push({ index: { _id, status: 409, error: { type: 'version_conflict_engine_exception', reason: 'older' } } });
        else {
          documents.set(_id, { version, document: lines[at + 1] ?? '' });
          items.push({ index: { _id, status: there === undefined ? 201 : 200 } });
        }
      }
      await act?.();
      return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ took: 1, errors: true, items }));
    },
  });
  return {
    http, documents, requests,
    script: (next) => { answer = next; },
    before: (next) => { act = next; },
    whole: (status) => { whole = status; },
  };
}

export const never = (): Promise<void> => sleep(60_000, undefined, { ref: false });
