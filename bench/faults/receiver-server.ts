/**
 * Somebody downstream who takes stories by webhook, in a process of its own, and honours the key: what comes again under the same
 * `webhook-id` is taken once. Told by its parent how to behave ({@link ReceiverOrder}).
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SinkAudit, type Audit } from './audit.js';
import { expectedOf } from './world.js';

/**
 * - `well`: takes it and says so;
 * - `refuse`: 503, nothing taken;
 * - `hang`: takes nothing and says nothing;
 * - `late`: takes it, and answers when nobody waits any more;
 * - `cut`: takes it, and hangs up.
 */
export type Mood = 'well' | 'refuse' | 'hang' | 'late' | 'cut';

export type ReceiverOrder =
  | { readonly kind: 'mood'; readonly mood: Mood }
  | { readonly kind: 'audit'; readonly seed: number; readonly sources: number; readonly port: number; readonly published: readonly number[] };

export interface ReceiverStarted {
  readonly kind: 'started';
  readonly port: number;
}
export interface ReceiverAudit {
  readonly kind: 'audit';
  readonly audit: Audit;
  /** Deliveries that came again under a key that was known: what at-least-once costs. */
  readonly repeats: number;
}

const LATE_MS = 6_000;
const audit = new SinkAudit();
const taken = new Set<string>();
let repeats = 0;
let mood: Mood = 'well';

/** The record stands last in the event. */
const recordIn = (event: string): string => event.slice(event.indexOf('"data":') + '"data":'.length, -1);

const server = createServer({ keepAliveTimeout: 30_000 }, (request, response) => {
  response.on('error', () => undefined);
  const chunks: Buffer[] = [];
  request.on('error', () => undefined);
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const now = mood;
    if (now === 'hang') return;
    if (now === 'refuse') {
      response.writeHead(503, { 'content-length': '0' }).end();
      return;
    }
    const key = String(request.headers['webhook-id'] ?? '');
    if (taken.has(key)) repeats += 1;
    else {
      taken.add(key);
      audit.take(recordIn(Buffer.concat(chunks).toString('utf8')));
    }
    if (now === 'cut') request.socket.resetAndDestroy();
    else if (now === 'late') setTimeout(() => response.writeHead(204).end(), LATE_MS);
    else response.writeHead(204).end();
  });
});

const say = (message: ReceiverStarted | ReceiverAudit): void => void process.send?.(message);

process.on('message', (order: ReceiverOrder) => {
  if (order.kind === 'mood') mood = order.mood;
  else say({ kind: 'audit', audit: audit.against(expectedOf(order, order.published).stories), repeats });
});
process.on('disconnect', () => process.exit(0));
server.listen(0, '127.0.0.1', () => say({ kind: 'started', port: (server.address() as AddressInfo).port }));
