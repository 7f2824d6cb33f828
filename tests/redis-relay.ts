import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import type { RedisEndpoint } from '../src/redis/index.js';

export interface RedisRelay {
  /** Address to give to the process that is to be stopped at a place of one's own choosing. */
  readonly url: string;
  /**
   * From the `times`-th command on that holds `text`, no answer goes back any more: what was sent is done in Redis, and whoever sent it
   * never learns of it. Settles when it is so; a kill -9 then strikes between that command and the next.
   */
  silentAfter(text: string, times?: number): Promise<void>;
  close(): Promise<void>;
}

/** Stands between a process and the run's Redis, on loopback. */
export async function startRedisRelay(endpoint: RedisEndpoint): Promise<RedisRelay> {
  const sockets = new Set<Socket>();
  let wanted: { readonly text: string; left: number; readonly struck: () => void } | null = null;
  let silent = false;
  const server = createServer((client) => {
    const redis = endpoint.kind === 'socket' ? connect(endpoint.path) : connect(endpoint.port, endpoint.host);
    let tail = '';
    let struckHere = false;
    for (const socket of [client, redis]) {
      sockets.add(socket);
      // The process at the other end is killed: that is the script.
      socket.on('error', () => undefined);
      socket.once('close', () => { sockets.delete(socket); client.destroy(); redis.destroy(); });
    }
    client.on('data', (bytes) => {
      if (wanted !== null && !struckHere) {
        // Commands come in pieces of any length.
        const { text } = wanted;
        const seen = tail + bytes.toString('latin1');
        let from = 0;
        for (let at = seen.indexOf(text); at >= 0 && wanted.left > 0; at = seen.indexOf(text, from)) {
          from = at + text.length;
          wanted.left -= 1;
        }
        tail = seen.slice(Math.max(from, seen.length - text.length + 1));
        if (wanted.left === 0) struckHere = true;
      }
      redis.write(bytes);
    });
    redis.on('data', (bytes) => {
      if (struckHere && wanted !== null) {
        silent = true;
        wanted.struck();
      }
      if (!silent) client.write(bytes);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    silentAfter: (text, times = 1) => new Promise((resolve) => {
      wanted = { text, left: times, struck: resolve };
    }),
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
