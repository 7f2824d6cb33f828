import { connect } from 'node:net';
import type { RedisEndpoint } from './endpoint.js';

/** `absent`: nothing listens. `silent`: something listens and does not answer like Redis. `locked`: it wants another password. */
export type Probe = 'ready' | 'loading' | 'absent' | 'silent' | 'locked';

/** Asks once whether a server answers, without a client's retries. */
export async function probe(endpoint: RedisEndpoint, timeoutMs = 1000): Promise<Probe> {
  const answer = await ask(endpoint, ['PING'], /\+PONG\r\n|-LOADING|-(?:NOAUTH|WRONGPASS|ERR)/, timeoutMs);
  if (answer === null) return 'absent';
  if (answer.includes('+PONG')) return 'ready';
  if (answer.includes('-LOADING')) return 'loading';
  return /^-/m.test(answer) ? 'locked' : 'silent';
}

/** The server's process number, which it tells even while it reads its data; null when it does not answer. */
export async function askProcess(endpoint: RedisEndpoint, timeoutMs = 1000): Promise<number | null> {
  const answer = await ask(endpoint, ['INFO', 'server'], /process_id:\d+\r\n/, timeoutMs);
  const pid = /process_id:(\d+)\r\n/.exec(answer ?? '')?.[1];
  return pid === undefined ? null : Number(pid);
}

const MAX_ANSWER = 65_536;

/** What came back until `enough` matched, time ran out or the line closed; null when nothing listens. */
function ask(endpoint: RedisEndpoint, words: readonly string[], enough: RegExp, timeoutMs: number): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = endpoint.kind === 'socket' ? connect(endpoint.path) : connect(endpoint.port, endpoint.host);
    let connected = false;
    let answer = '';
    const end = (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(connected ? answer : null);
    };
    const timer = setTimeout(end, timeoutMs);
    socket.setEncoding('latin1');
    socket.on('error', end);
    socket.on('close', end);
    socket.on('connect', () => {
      connected = true;
      const password = endpoint.kind === 'tcp' ? endpoint.password : undefined;
      if (password !== undefined) socket.write(command(['AUTH', password]));
      socket.write(command(words));
    });
    socket.on('data', (chunk: string) => {
      answer += chunk;
      if (enough.test(answer) || answer.length > MAX_ANSWER) end();
    });
  });
}

const command = (words: readonly string[]): string =>
  `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;
