import { createServer, request as ask } from 'node:http';
import { connect, type AddressInfo } from 'node:net';

export interface TestProxy {
  readonly url: string;
  /** Targets of CONNECT, in order. */
  readonly targets: readonly string[];
  readonly credentials: ReadonlyArray<string | undefined>;
  close(): Promise<void>;
}

/** A real forward proxy on loopback: CONNECT tunnels, with a user name and password where `auth` is given. */
export async function startProxy(options: { readonly auth?: string; readonly refuse?: boolean } = {}): Promise<TestProxy> {
  const targets: string[] = [];
  const credentials: Array<string | undefined> = [];
  const server = createServer((incoming, response) => {
    incoming.pipe(ask(incoming.url ?? '', { headers: incoming.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    }));
  });
  server.on('connect', (incoming, socket, head) => {
    targets.push(incoming.url ?? '');
    credentials.push(incoming.headers['proxy-authorization']);
    const wanted = options.auth === undefined ? undefined : `Basic ${Buffer.from(options.auth).toString('base64')}`;
    if (options.refuse === true || (wanted !== undefined && incoming.headers['proxy-authorization'] !== wanted)) {
      socket.end(`HTTP/1.1 ${options.refuse === true ? '502 Bad Gateway' : '407 Proxy Authentication Required'}\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    // Names are the proxy's to resolve: every one of them leads to this machine.
    const upstream = connect(Number(incoming.url?.split(':').at(-1)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${options.auth === undefined ? '' : `${options.auth}@`}127.0.0.1:${port}`,
    targets,
    credentials,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}
