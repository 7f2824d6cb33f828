/** Scripted answers for `http-server.ts`: what hosts send, the bad ones included. */
import type { OutgoingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGzip, gzipSync } from 'node:zlib';
import type { Reply } from './http-server.js';

export const body = (content: string | Uint8Array, headers: OutgoingHttpHeaders = {}): Reply => (_, response) =>
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(content);

export const gzipped = (content: string | Uint8Array, headers: OutgoingHttpHeaders = {}): Reply =>
  body(gzipSync(content), { 'content-encoding': 'gzip', ...headers });

export const status = (code: number, headers: OutgoingHttpHeaders = {}, content = ''): Reply => (_, response) =>
  response.writeHead(code, headers).end(content);

export const redirect = (to: string, code = 302): Reply => status(code, { location: to });

/** 200 with an ETag, and 304 to whoever brings it back. */
export const withEtag = (content: string, etag: string, headers: OutgoingHttpHeaders = {}): Reply => (request, response) =>
  request.headers['if-none-match'] === etag
    ? response.writeHead(304, { etag, ...headers }).end()
    : response.writeHead(200, { 'content-type': 'application/rss+xml', etag, ...headers }).end(content);

/** One answer after the other; the last one stays. */
export function inTurn(...replies: readonly Reply[]): Reply {
  let turn = 0;
  return (request, response) => {
    const reply = replies[Math.min(turn, replies.length - 1)];
    turn += 1;
    return reply?.(request, response);
  };
}

/** Waits before the head, then between chunks. */
export const slow = (options: { readonly headMs?: number; readonly gapMs?: number; readonly chunks?: readonly string[]; readonly type?: string }): Reply =>
  async (_, response) => {
    await sleep(options.headMs ?? 0);
    if (response.destroyed) return;
    response.writeHead(200, { 'content-type': options.type ?? 'text/plain' });
    response.flushHeaders();
    for (const chunk of options.chunks ?? ['slow']) {
      await sleep(options.gapMs ?? 0);
      if (response.destroyed) return;
      response.write(chunk);
    }
    response.end();
  };

/** Takes the request and never says a word. */
export const silent: Reply = () => undefined;

/** Hangs up with a reset instead of an answer. */
export const reset: Reply = (request) => request.socket.resetAndDestroy();

/** Promises more bytes than it sends, then hangs up. */
export const truncated = (content: string | Uint8Array, headers: OutgoingHttpHeaders = {}): Reply => (request, response) => {
  const bytes = Buffer.from(content);
  response.writeHead(200, { 'content-type': 'text/html', 'content-length': bytes.length + 1_000, ...headers });
  response.write(bytes, () => request.socket.destroy());
};

/** `bytes` of text made as they are read; `Infinity` for a body without end. Never more than a chunk in memory. */
export const generated = (bytes: number, headers: OutgoingHttpHeaders = {}): Reply => (_, response) => {
  response.writeHead(200, { 'content-type': 'text/plain', ...headers });
  return pipeline(chunksOf(bytes), response).catch(() => undefined);
};

export const endless: Reply = generated(Infinity);

/** A small compressed body that unfolds to `bytes`; sent as it is made, so that a bomb of any size costs nothing here. */
export const gzipBomb = (bytes: number): Reply => (_, response) => {
  response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' });
  return pipeline(chunksOf(bytes), createGzip({ level: 9 }), response).catch(() => undefined);
};

function chunksOf(bytes: number): Readable {
  const chunk = Buffer.alloc(65_536, 'a');
  let left = bytes;
  return new Readable({
    read() {
      if (left <= 0) {
        this.push(null);
        return;
      }
      const size = Math.min(left, chunk.length);
      left -= size;
      this.push(size === chunk.length ? chunk : chunk.subarray(0, size));
    },
  });
}
