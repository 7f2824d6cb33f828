import { serve, type ServerType } from '@hono/node-server';
import type { AddressInfo } from 'node:net';
import type { Queue } from 'bullmq';
import type { Hono } from 'hono';
import { failed, misconfigured, ok, type Outcome } from '../fault.js';
import { checkBind } from './access/requests.js';
import { BOARD_PATH, createConsoleApp } from './app.js';
import { createBoard } from './board.js';
import type { ConsoleServices } from './services.js';

export interface ConsoleOptions {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly queues: readonly Queue[];
  readonly services: ConsoleServices;
  /** What hubs ask, served without the token. */
  readonly callback?: Hono | undefined;
}

export interface Console {
  /** Where a browser finds it. */
  readonly address: string;
  stop(): Promise<void>;
}

/** Starts the console; a bind open to strangers, or a port that is taken, is a fault that says how to mend it. */
export async function startConsole(options: ConsoleOptions): Promise<Outcome<Console>> {
  const users = await options.services.users.all();
  if (!users.ok) return users;
  const open = checkBind(options.host, options.services.settings.console.token ?? undefined, users.value.length);
  if (open !== null) return failed(open);
  const closing = new AbortController();
  const app = createConsoleApp({ ...options, closing: closing.signal, board: createBoard(options.queues, BOARD_PATH) });
  return new Promise((resolve) => {
    const server: ServerType = serve({ fetch: app.fetch, hostname: options.host, port: options.port }, (info: AddressInfo) => {
      const host = info.family === 'IPv6' ? `[${info.address}]` : info.address;
      resolve(ok({ address: `http://${host}:${info.port}/`, stop: () => { closing.abort(); return stop(server); } }));
    });
    server.once('error', (cause: NodeJS.ErrnoException) => {
      resolve(failed(misconfigured({
        code: 'console-port',
        message: `The console cannot listen on ${options.host}:${options.port}: ${cause.code === 'EADDRINUSE' ? 'the port is taken' : cause.message}.`,
        hint: 'Name another port with DATELINE_CONSOLE_PORT (0 takes a free one), or stop what uses this one.',
        cause,
      })));
    });
  });
}

function stop(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    // A browser's idle keep-alive connection would hold the stop back.
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
}
