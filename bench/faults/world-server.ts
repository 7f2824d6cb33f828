/**
 * The scripted hosts in a process of their own: `world-server.js SEED SOURCES BATCH`. Told by its parent what to do
 * ({@link WorldOrder}), it tells its port first and then what it was asked for.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { seeded } from '../throughput/random.js';
import { sourceOfHost } from './addresses.js';
import { pageOf, type ItemName, MANNERS } from './items.js';
import * as replies from './replies.js';
import type { Reply } from './replies.js';
import { World } from './world.js';

export type WorldOrder =
  | { readonly kind: 'publish'; readonly open: boolean }
  /** From now on hosts whose number leaves this rest by four answer nothing but trouble; null ends it. */
  | { readonly kind: 'storm'; readonly rest: number | null }
  | { readonly kind: 'report' };

export interface WorldReport {
  readonly kind: 'report';
  readonly published: readonly number[];
  readonly asked: number;
}
export interface WorldStarted {
  readonly kind: 'started';
  readonly port: number;
}

const [seedText = '', sourcesText = '', batchText = ''] = process.argv.slice(2);
const seed = Number(seedText);
const sources = Number(sourcesText);
const random = seeded(seed);
/** Requests for a page so far, of those that answer badly at first. */
const tries = new Map<string, number>();
let asked = 0;
let storm: number | null = null;
let world: World;

/** One feed in ten says "not modified" half of the times when it was. */
const liesAboutValidators = (source: number): boolean => source % 10 === 3;
const keepsValidators = (source: number): boolean => source % 2 === 1;

/** Only young pages are asked again: those that change are young by any clock that jumps, the others are old. */
const LONG_AGO = 'Mon, 06 Jan 2020 10:00:00 GMT';
const AHEAD = 'Sat, 01 Jan 2028 10:00:00 GMT';

function feed(items: readonly ItemName[], source: number): string {
  const entries = items.map((item) => {
    const link = world.link(item);
    const { title } = pageOf(seed, item);
    const published = MANNERS[world.manner(item)].again === undefined ? LONG_AGO : AHEAD;
    return `<item><title>${title}</title><link>${link}</link><guid isPermaLink="false">made-${item.source}-${item.number}</guid><pubDate>${published}</pubDate></item>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Made Wire ${source}</title>${entries.join('')}</channel></rss>`;
}

/** What a feed's host does instead of answering well, in one request of a hundred. */
const FEED_TROUBLES: readonly Reply[] = [
  replies.silent, replies.reset, replies.truncated('<rss>'), replies.status(503), replies.status(429, { 'retry-after': '1' }), replies.status(500),
  replies.page('<html><body><p>Down for maintenance</p></body></html>'),
];

function answerFeed(source: number, request: IncomingMessage, response: ServerResponse): void {
  if (random() < 0.01) {
    FEED_TROUBLES[Math.floor(random() * FEED_TROUBLES.length)]?.(request, response);
    return;
  }
  const items = world.list(source);
  const etag = `"${items.map(({ number }) => number).join('-')}"`;
  const told = request.headers['if-none-match'];
  if (told === etag || (told !== undefined && liesAboutValidators(source) && random() < 0.5)) {
    response.writeHead(304, { etag: told }).end();
    return;
  }
  const body = feed(items, source);
  response.writeHead(200, {
    'content-type': 'application/rss+xml; charset=utf-8', 'content-length': Buffer.byteLength(body), ...(keepsValidators(source) ? { etag } : {}),
  }).end(body);
}

/** A page that has changed, or gone, by the time somebody asks again: with the validator of its first edition. */
function changing(item: ItemName, told: string | undefined, becomes: 'edited' | 'withdrawn'): Reply {
  if (told === '"1"') return becomes === 'withdrawn' ? replies.status(410) : replies.page(pageOf(seed, item, 2).html, { etag: '"2"' });
  if (told === '"2"') return replies.status(304, { etag: '"2"' });
  return replies.page(pageOf(seed, item).html, { etag: '"1"' });
}

function replyOf(item: ItemName, moved: boolean, told: string | undefined): Reply {
  if (moved) return replies.page(pageOf(seed, item).html);
  const manner = world.manner(item);
  const html = (): string => pageOf(seed, item).html;
  const name = `${item.source}/${item.number}`;
  const before = tries.get(name) ?? 0;
  const bad = before < MANNERS[manner].bad;
  if (bad) tries.set(name, before + 1);
  else tries.delete(name);
  switch (manner) {
    case 'plain': case 'twin': return replies.page(html());
    case 'edited': case 'withdrawn': return changing(item, told, manner);
    case 'moved': return replies.redirect(`/at/${item.number}.html`, 301);
    case 'missing': return replies.status(404);
    case 'gone': return replies.status(410);
    case 'loop': return replies.redirect(`/${item.number}.html`, 302);
    case 'bomb': return replies.bomb;
    case 'endless': return replies.endless;
    case 'unavailable': return bad ? replies.status(503) : replies.page(html());
    case 'slowed': return bad ? replies.status(429, { 'retry-after': '1' }) : replies.page(html());
    case 'reset': return bad ? replies.reset : replies.page(html());
    case 'truncated': return bad ? replies.truncated(html()) : replies.page(html());
    case 'short': return bad ? replies.short(html()) : replies.page(html());
    case 'stalled': return bad ? replies.silent : replies.page(html());
    default: throw new Error(`no reply is written for the manner ${String(manner satisfies never)}`);
  }
}

const PAGE = /^(\/at)?\/(\d+)\.html$/;

const server = createServer({ keepAliveTimeout: 30_000 }, (request, response) => {
  response.on('error', () => undefined);
  request.on('error', () => undefined);
  const source = sourceOfHost(request.headers.host ?? '');
  const path = request.url ?? '/';
  if (storm !== null && source % 4 === storm) {
    (random() < 0.5 ? replies.reset : replies.status(503))(request, response);
    return;
  }
  if (path === '/feed.xml') {
    answerFeed(source, request, response);
    return;
  }
  const [, moved, number] = PAGE.exec(path) ?? [];
  if (number === undefined) {
    replies.status(404)(request, response);
    return;
  }
  const item = { source, number: Number(number) };
  asked += 1;
  world.asked(item);
  replyOf(item, moved !== undefined, request.headers['if-none-match'])(request, response);
});

const say = (message: WorldStarted | WorldReport): void => void process.send?.(message);

process.on('message', (order: WorldOrder) => {
  if (order.kind === 'publish') world.publish(order.open);
  else if (order.kind === 'storm') storm = order.rest;
  else say({ kind: 'report', published: world.published, asked });
});
process.on('disconnect', () => process.exit(0));
server.listen(0, '0.0.0.0', () => {
  const { port } = server.address() as AddressInfo;
  world = new World({ seed, sources, port, batch: Number(batchText) });
  say({ kind: 'started', port });
});
