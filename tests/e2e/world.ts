import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { body, generated, redirect, status } from '../http-replies.js';
import { startHttpServer, type HttpServer } from '../http-server.js';

const PLACES = ['Tripoli', 'Valletta', 'Nicosia', 'Izmir', 'Alexandria', 'Genoa', 'Marseille', 'Split', 'Piraeus', 'Beirut'];
const THINGS = ['the harbour wall', 'a tram line', 'the fish market', 'the old archive', 'a school of music', 'the water tower', 'the night ferry', 'a row of plane trees'];

/** A news page of its own words for each number. */
export function pageHtml(number: number): string {
  const place = PLACES[number % PLACES.length] ?? '';
  const thing = THINGS[(number * 7) % THINGS.length] ?? '';
  const paragraphs = Array.from({ length: 4 }, (_, at) =>
    `<p>${at === 0 ? `${place.toUpperCase()}, Nov 23 (Wire) - ` : ''}The council of ${place} said in its note number ${number}.${at} that work on ${thing} would begin within ${number + at + 2} weeks, ` +
    `and that ${number * 13 + at} people had signed the letter which asked for it before the summer session was closed.</p>`);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Note ${number}: work on ${thing} begins in ${place}</title></head><body>` +
    `<nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Note ${number}: work on ${thing} begins in ${place}</h1>${paragraphs.join('\n')}</article>` +
    '<footer><a href="/about">About this wire</a></footer></body></html>';
}

const item = (origin: string, path: string, title: string): string =>
  `<item><title>${title}</title><link>${origin}${path}</link><guid>${origin}${path}</guid><pubDate>Mon, 23 Nov 2026 10:00:00 GMT</pubDate></item>`;

const feed = (origin: string, items: readonly string[], end = '</channel></rss>'): string =>
  `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Loopback wire</title><link>${origin}/</link>${items.join('')}${end}`;

export interface World {
  readonly server: HttpServer;
  /** Addresses of the pages that hold a story, as their records must name them. */
  readonly published: ReadonlySet<string>;
  /** Lists more pages in the good feed. */
  publish(count: number): void;
  /** Requests for pages so far. */
  asked(): number;
  close(): Promise<void>;
}

const PAGE_MS = 40;

/** A small web on loopback: one good feed of good and bad pages, a broken feed, and a feed that is none. */
export async function startWorld(): Promise<World> {
  const server = await startHttpServer();
  const { origin } = server;
  const published = new Set<string>();
  const items: string[] = [];
  let numbers = 0;

  const add = (path: string, html: string | Uint8Array, wait = PAGE_MS): void => {
    const zipped = gzipSync(html);
    server.route(path, async (_, response) => {
      await sleep(wait);
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-encoding': 'gzip' }).end(zipped);
    });
    published.add(origin + path);
  };
  const publish = (count: number): void => {
    for (let at = 0; at < count; at += 1) {
      numbers += 1;
      add(`/page-${numbers}.html`, pageHtml(numbers));
      items.push(item(origin, `/page-${numbers}.html`, `Note ${numbers}`));
    }
  };

  add('/moved.html', pageHtml(901));
  server.route('/old.html', redirect('/moved.html', 301));
  add('/slow.html', pageHtml(902), 2_500);
  add('/bad-bytes.html', Buffer.concat([Buffer.from(pageHtml(903).replace('</article>', '<p>The last word was ')), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from('.</p></article>')]));
  server.route('/endless.html', generated(Infinity, { 'content-type': 'text/html' }));
  server.route('/gone.html', status(410));
  server.route('/empty.html', body(''));
  for (const path of ['/old.html', '/slow.html', '/bad-bytes.html', '/endless.html', '/gone.html', '/empty.html', '/missing.html']) items.push(item(origin, path, `The page at ${path}`));

  add('/cut-1.html', pageHtml(911));
  add('/cut-2.html', pageHtml(912));
  const broken = feed(origin, [item(origin, '/cut-1.html', 'One'), item(origin, '/cut-2.html', 'Two')], '<item><title>Thr');
  server.route('/feed.xml', (_, response) => response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(feed(origin, items.toReversed())));
  server.route('/broken.xml', body(broken, { 'content-type': 'text/xml' }));
  server.route('/html.xml', body(pageHtml(950)));
  return { server, published, publish, asked: () => server.seen.filter(({ path }) => path.endsWith('.html')).length, close: () => server.close() };
}
