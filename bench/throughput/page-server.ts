/** A web of made pages in a process of its own, gzipped beforehand: `page-server.js COUNT`, tells its port to the parent. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { makePage } from './pages.js';

const count = Number(process.argv[2]);
const bodies = new Map<string, Buffer>();
let bytes = 0;
const items: string[] = [];
for (let number = 1; number <= count; number += 1) {
  const { path, title, html } = makePage(number);
  bytes += Buffer.byteLength(html);
  bodies.set(path, gzipSync(html));
  items.push(`<item><title>${title}</title><link>ORIGIN${path}</link><guid>ORIGIN${path}</guid></item>`);
}

const server = createServer({ keepAliveTimeout: 30_000 }, (request, response) => {
  const path = request.url ?? '/';
  const page = bodies.get(path);
  if (page !== undefined) {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-encoding': 'gzip', 'content-length': page.length }).end(page);
  } else if (path === '/feed.xml') {
    const origin = `http://${request.headers.host ?? ''}`;
    response.writeHead(200, { 'content-type': 'application/rss+xml; charset=utf-8' })
      .end(`<?xml version="1.0"?><rss version="2.0"><channel><title>Made Wire</title>${items.join('').replaceAll('ORIGIN', origin)}</channel></rss>`);
  } else {
    response.writeHead(404).end();
  }
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port, bytes }));
process.on('disconnect', () => process.exit(0));
