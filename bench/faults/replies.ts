import type { IncomingMessage, ServerResponse } from 'node:http';
import { createGzip } from 'node:zlib';

/** A scripted answer. */
export type Reply = (request: IncomingMessage, response: ServerResponse) => void;

export const page = (html: string, headers: Readonly<Record<string, string>> = {}): Reply => (_, response) => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': Buffer.byteLength(html), ...headers }).end(html);
};
export const status = (code: number, headers: Readonly<Record<string, string>> = {}): Reply => (_, response) => {
  response.writeHead(code, { ...(code === 304 ? {} : { 'content-length': '0' }), ...headers }).end();
};
export const redirect = (location: string, code: 301 | 302): Reply => status(code, { location });
/** Hangs up with a reset instead of an answer. */
export const reset: Reply = (request) => void request.socket.resetAndDestroy();
/** Takes the request and never says a word. */
export const silent: Reply = () => undefined;
/** Promises more than it sends, then hangs up. */
export const truncated = (html: string): Reply => (request, response) => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': Buffer.byteLength(html) + 500 });
  response.write(html.slice(0, Math.ceil(html.length / 2)), () => request.socket.destroy());
};
/** Promises more than it has, sends all it has, and waits. */
export const short = (html: string): Reply => (_, response) => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': Buffer.byteLength(html) + 500 });
  response.write(html);
};

const CHUNK = Buffer.alloc(65_536, '<p>more of the same </p>');

function pour(into: NodeJS.WritableStream, left: number): void {
  if (left <= 0) into.end();
  else if (into.write(CHUNK)) setImmediate(pour, into, left - CHUNK.length);
  else into.once('drain', () => pour(into, left - CHUNK.length));
}

export const endless: Reply = (_, response) => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  let open = true;
  response.once('close', () => {
    open = false;
  });
  const more = (): void => {
    if (!open) return;
    if (response.write(CHUNK)) setImmediate(more);
    else response.once('drain', more);
  };
  more();
};

/** A few kilobytes that unfold to many megabytes; made as they are sent. */
export const bomb: Reply = (_, response) => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-encoding': 'gzip' });
  const gzip = createGzip({ level: 1 });
  response.once('close', () => gzip.destroy());
  gzip.on('error', () => undefined);
  gzip.pipe(response);
  pour(gzip, 32 << 20);
};
