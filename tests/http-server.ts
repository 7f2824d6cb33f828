import { createServer, type IncomingHttpHeaders, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly method: string;
  /** Path with query, as it was asked. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** When the request's head was in, in `performance.now()` milliseconds. */
  readonly at: number;
}

/** A scripted answer: anything that Node's own server can say. */
export type Reply = (request: IncomingMessage, response: ServerResponse) => unknown;

export interface HttpServer {
  /** `http://127.0.0.1:port`, no slash at the end. */
  readonly origin: string;
  readonly port: number;
  /** Every request, in the order of arrival. */
  readonly seen: readonly SeenRequest[];
  /** Requests for one path (query aside), or for all. */
  count(path?: string): number;
  /** The most requests that were open at one time. */
  peak(): number;
  /** Sets or changes the answer of a path; without one a path is a 404. */
  route(path: string, reply: Reply): void;
  url(path: string): string;
  /** Closes every connection; a test that leaves one hanging does not hang the run. */
  close(): Promise<void>;
}

/**
 * A real HTTP server on loopback that answers from a script, and counts and times what it is asked.
 * Routes go by exact path; `*` answers whatever has no route. Scripted answers stand in `http-replies.ts`.
 */
export async function startHttpServer(routes: Readonly<Record<string, Reply>> = {}): Promise<HttpServer> {
  const table = new Map(Object.entries(routes));
  const seen: SeenRequest[] = [];
  const pathOf = (path: string): string => path.split('?', 1)[0] ?? path;
  let open = 0;
  let peak = 0;

  const listener: RequestListener = (request, response) => {
    const path = request.url ?? '/';
    seen.push({ method: request.method ?? '', path, headers: request.headers, at: performance.now() });
    open += 1;
    peak = Math.max(peak, open);
    response.once('close', () => {
      open -= 1;
    });
    // A client that hangs up is part of the script, not an error of the server.
    response.on('error', () => undefined);
    request.on('error', () => undefined);
    const reply = table.get(pathOf(path)) ?? table.get('*');
    if (reply === undefined) response.writeHead(404, { 'content-type': 'text/plain' }).end('no such page');
    else (async () => reply(request, response))().catch(() => response.destroy());
  };

  const server = createServer({ keepAliveTimeout: 5_000, maxHeaderSize: 262_144 }, listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;

  return {
    origin,
    port,
    seen,
    count: (path) => (path === undefined ? seen.length : seen.filter((request) => pathOf(request.path) === path).length),
    peak: () => peak,
    route: (path, reply) => void table.set(path, reply),
    url: (path) => origin + path,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
