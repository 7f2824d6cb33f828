/** A thousand made feeds in a process of its own: `feed-server.js`; every loopback address is a host of its own. Tells its port to the parent. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const ITEMS = 20;
/** One item in this many milliseconds. */
const RHYTHM_MS = 20_000;
const FIRST = Math.floor(Date.now() / RHYTHM_MS);

function feed(origin: string, path: string, newest: number): string {
  const items = Array.from({ length: ITEMS }, (_, back) => {
    const number = newest - back;
    const link = `${origin}${path}/${number}`;
    return `<item><title>Report ${number} of the made wire</title><link>${link}</link><guid>${link}</guid>`
      + `<pubDate>${new Date(number * RHYTHM_MS).toUTCString()}</pubDate>`
      + `<description>&lt;p&gt;${'The council met on Sunday and put off its vote on the bridge. '.repeat(5)}&lt;/p&gt;</description></item>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Made Wire ${path}</title>${items.join('')}</channel></rss>`;
}

/** One source among the many is a sitemap, whose list is long and wholly new at its first poll. */
const LONG_LIST = 7;
const LONG_LIST_ITEMS = 5_000;
const longList = (origin: string): string =>
  `<?xml version="1.0" encoding="utf-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${
    Array.from({ length: LONG_LIST_ITEMS }, (_, at) => `<url><loc>${origin}/report/${at}</loc><lastmod>2026-11-22T10:00:00Z</lastmod></url>`).join('')}</urlset>`;

/** Half the hosts keep validators, as they do in the world. */
const server = createServer({ keepAliveTimeout: 30_000 }, (request, response) => {
  const path = request.url ?? '/';
  if (!path.startsWith('/feed/')) {
    response.writeHead(404).end();
    return;
  }
  const number = Number(path.slice('/feed/'.length));
  if (number === LONG_LIST) {
    response.writeHead(200, { 'content-type': 'application/xml' }).end(longList(`http://${request.headers.host ?? ''}`));
    return;
  }
  // Feeds do not all change in the same moment.
  const newest = FIRST + Math.floor((Date.now() / RHYTHM_MS - FIRST) + (number % 100) / 100);
  const etag = `"${newest}"`;
  const keeps = number % 2 === 0;
  if (keeps && request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
  else {
    response.writeHead(200, { 'content-type': 'application/rss+xml; charset=utf-8', ...(keeps ? { etag } : {}) })
      .end(feed(`http://${request.headers.host ?? ''}`, path, newest));
  }
});
server.listen(0, '0.0.0.0', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit(0));
