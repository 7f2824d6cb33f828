import { misconfigured, failed, ok, type Outcome } from '../fault.js';

/** Where a Redis or Valkey server listens. */
export type RedisEndpoint =
  | { readonly kind: 'socket'; readonly path: string; readonly db?: number }
  | {
      readonly kind: 'tcp';
      readonly host: string;
      readonly port: number;
      readonly tls: boolean;
      readonly username?: string;
      readonly password?: string;
      readonly db?: number;
    };

/** Reads `redis://`, `rediss://` (TLS) and `unix:///path[?db=N]` addresses. */
export function endpointFromUrl(text: string): Outcome<RedisEndpoint> {
  const wrong = (message: string) =>
    failed(misconfigured({
      code: 'redis-url', message,
      hint: 'Write it as redis://user:password@host:6379/0, rediss://… for TLS, or unix:///path/redis.sock.',
    }));
  // The address itself stays out of messages: it may hold a password.
  if (!URL.canParse(text)) return wrong('The address of Redis is not a URL.');
  const url = new URL(text);
  const db = readDb(url.protocol === 'unix:' ? (url.searchParams.get('db') ?? '') : url.pathname.slice(1));
  if (db === null) return wrong('The database number in the address of Redis is not a whole number from 0 to 65535.');
  const selected = db === 0 ? {} : { db };
  if (url.protocol === 'unix:') {
    const path = decodeURIComponent(url.pathname);
    return path.length > 1 && url.host === '' ? ok({ kind: 'socket', path, ...selected }) : wrong('The unix: address of Redis names no file.');
  }
  if (url.protocol !== 'redis:' && url.protocol !== 'rediss:') return wrong('The address of Redis does not begin with redis://, rediss:// or unix://.');
  if (url.hostname === '') return wrong('The address of Redis names no host.');
  return ok({
    kind: 'tcp',
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? 6379 : Number(url.port),
    tls: url.protocol === 'rediss:',
    ...(url.username === '' ? {} : { username: decodeURIComponent(url.username) }),
    ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
    ...selected,
  });
}

function readDb(text: string): number | null {
  if (text === '') return 0;
  const db = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  return db <= 65_535 ? db : null;
}

/** The address as {@link endpointFromUrl} reads it; holds the password. */
export function endpointUrl(endpoint: RedisEndpoint): string {
  if (endpoint.kind === 'socket') {
    const path = endpoint.path.split('/').map(encodeURIComponent).join('/');
    return `unix://${path}${endpoint.db === undefined ? '' : `?db=${endpoint.db}`}`;
  }
  const { username = '', password, host, port, db, tls } = endpoint;
  const user = username === '' && password === undefined ? '' : `${encodeURIComponent(username)}:${encodeURIComponent(password ?? '')}@`;
  return `${tls ? 'rediss' : 'redis'}://${user}${host.includes(':') ? `[${host}]` : host}:${port}${db === undefined ? '' : `/${db}`}`;
}

/** For people: without name and password. */
export const describeEndpoint = (endpoint: RedisEndpoint): string =>
  endpoint.kind === 'socket' ? endpoint.path : `${endpoint.host}:${endpoint.port}`;
