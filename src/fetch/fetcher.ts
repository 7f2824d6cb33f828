import type { Dispatcher } from 'undici';
import { failed, giveUp, misconfigured, ok, retryLater, type Fault, type Outcome } from '../fault.js';
import { BodyTooLargeError, readBody, UnreadableBodyError } from './body.js';
import { startDeadline } from './deadline.js';
import type { Dispatchers, Resolve } from './dispatchers.js';
import { freshSeconds } from './freshness.js';
import { statusFault } from './http-status.js';
import { codeOf, networkFault, proxiedFault } from './network-fault.js';
import { requestHeaders, sourceHeaders, validatorsOf } from './request-headers.js';
import { checkUrl, printableUrl } from './request-url.js';
import { flatten, textOf } from './response-headers.js';
import type { Fetched, Fetcher, FetchRequest, PostRequest } from './types.js';

export interface FetcherOptions {
  /** Who asks: product, version, and where its owner is found, e.g. `Dateline/1.0 (+https://example.org/bot; news@example.org)`. */
  readonly userAgent: string;
  /** Bound of one `get`, from the first look-up to the last byte, redirects included. Default 30,000. */
  readonly totalMs?: number | undefined;
  /** The longest silence: before the headers, or between two pieces of the body; kept to about a second. Default 15,000. */
  readonly idleMs?: number | undefined;
  /** DNS, TCP and TLS of one connection. Default 10,000. */
  readonly connectMs?: number | undefined;
  /** Bytes of a body after decompression, where the request names no bound. Default 16 MiB. */
  readonly maxBytes?: number | undefined;
  /** Default 10. */
  readonly maxRedirects?: number | undefined;
  /** Default 32 KiB. */
  readonly maxHeaderBytes?: number | undefined;
  /** Connections to one origin. Default 8; spacing requests is the host gate's part. */
  readonly connectionsPerOrigin?: number | undefined;
  /** Certificates to trust beside the usual ones, PEM. */
  readonly ca?: string | undefined;
  /** Default: the system's resolver. */
  readonly resolve?: Resolve | undefined;
}

const DEFAULTS = {
  totalMs: 30_000, idleMs: 15_000, connectMs: 10_000, maxBytes: 16 * 1_024 * 1_024, maxRedirects: 10, maxHeaderBytes: 32_768,
  connectionsPerOrigin: 8,
} as const;

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** Those that keep method and body (RFC 9110, 15.4). */
const KEEPING_METHOD: ReadonlySet<number> = new Set([307, 308]);
const PERMANENT: ReadonlySet<number> = new Set([301, 308]);

type Settings = { readonly [Name in keyof typeof DEFAULTS]: number } & { readonly userAgent: string };

/** An answer's head, its body still to come. */
interface Head {
  readonly url: URL;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Dispatcher.ResponseData['body'];
  readonly movedForGood: boolean;
  readonly askedAt: number;
}

/**
 * The one way out to the network: time-outs that cover the body, bounds after decompression, redirects followed by hand with every
 * hop guarded, conditional requests and freshness by RFC 9110 and 9111. Faults never hold headers, credentials, queries or the proxy.
 */
export function createFetcher(options: FetcherOptions): Fetcher {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const settings: Settings = { ...DEFAULTS, userAgent: options.userAgent, ...given };
  // Loaded with the first fetcher: threads that only decode bytes come through this stage's index too, and need no HTTP client.
  const dispatchers = import('./dispatchers.js').then(({ createDispatchers, resolveBySystem }) =>
    createDispatchers({ ...settings, resolve: options.resolve ?? resolveBySystem, ca: options.ca }));
  const bounded = async <T>(request: FetchRequest | PostRequest, take: (head: Head) => Promise<Outcome<T>>): Promise<Outcome<T>> => {
    const deadline = startDeadline(settings.totalMs, request.signal);
    try {
      const head = await followRedirects(request, settings, await dispatchers, deadline.signal);
      return head.ok ? await take(head.value) : head;
    } catch (error) {
      const faultOf = request.proxy === undefined ? networkFault : proxiedFault;
      return failed(deadline.fault(request.url) ?? bodyFault(error, request.url) ?? faultOf(error, printableUrl(request.url)));
    } finally {
      deadline.stop();
    }
  };
  return {
    get(request) {
      const started = performance.now();
      return bounded(request, (head) => finish(head, request, settings, started));
    },
    post: (request) => bounded(request, ({ url, status, headers, body }) => {
      drain(body);
      return Promise.resolve(status >= 200 && status < 300 ? ok({ status }) : failed(statusFault(status, headers, printableUrl(url), Date.now())));
    }),
    async close() {
      await (await dispatchers).close();
    },
  };
}

async function followRedirects(request: FetchRequest & Partial<PostRequest>, settings: Settings, dispatchers: Dispatchers, signal: AbortSignal): Promise<Outcome<Head>> {
  const mayBePrivate = privateHosts(request);
  const own = sourceHeaders(request.headers);
  if (!own.ok) return own;
  const first = checkUrl(request.url, { mayBePrivate });
  if (!first.ok) return first;

  let url = first.value;
  let ownHeaders = own.value;
  let movedForGood = true;
  const seen = new Set([url.href]);
  const form = request.form === undefined ? undefined : new URLSearchParams(request.form).toString();
  const followed = form === undefined ? REDIRECTS : KEEPING_METHOD;
  for (;;) {
    const dispatcher = dispatcherFor(request, url, mayBePrivate, dispatchers);
    if (!dispatcher.ok) return dispatcher;
    const askedAt = Date.now();
    const response = await ask(dispatcher.value, url, requestHeaders(request, settings.userAgent, ownHeaders), signal, form);
    const headers = flatten(response.headers);
    const location = followed.has(response.statusCode) ? headers.location : undefined;
    if (location === undefined) {
      return ok({ url, status: response.statusCode, headers, body: response.body, movedForGood: movedForGood && seen.size > 1, askedAt });
    }

    drain(response.body);
    const next = checkUrl(textOf(location), { base: url, mayBePrivate });
    if (!next.ok) return next;
    if (seen.has(next.value.href)) {
      return failed(giveUp({
        code: 'redirect-loop', message: `${printableUrl(url)}: the host redirects in a circle`,
        hint: 'Some hosts do so to clients without cookies; a direct address may help.',
      }));
    }
    if (seen.size > settings.maxRedirects) {
      return failed(giveUp({ code: 'redirect-limit', message: `${printableUrl(request.url)}: more than ${settings.maxRedirects} redirects` }));
    }
    seen.add(next.value.href);
    movedForGood &&= PERMANENT.has(response.statusCode);
    // What was meant for one origin is not for another: headers may be credentials.
    if (next.value.origin !== url.origin) ownHeaders = {};
    url = next.value;
  }
}

async function finish(head: Head, request: FetchRequest, settings: Settings, started: number): Promise<Outcome<Fetched>> {
  const { url, status, headers, body } = head;
  const now = Date.now();
  const asked = request.validators;
  const notModified = status === 304 && (asked?.etag !== undefined || asked?.lastModified !== undefined);
  if (status !== 200 && status !== 203 && !notModified) {
    drain(body);
    return failed(statusFault(status, headers, printableUrl(url), now));
  }
  const maxBytes = request.maxBytes ?? settings.maxBytes;
  if (notModified) drain(body);
  else if (request.cut !== true && Number(headers['content-length'] ?? 0) > maxBytes) {
    body.destroy();
    throw new BodyTooLargeError(maxBytes);
  }
  const content = notModified ? { bytes: new Uint8Array(), damaged: false } : await readBody(body, headers['content-encoding'], { maxBytes, cut: request.cut });
  return ok({
    url: url.href,
    status,
    notModified,
    headers,
    bytes: content.bytes,
    ...(content.damaged ? { damaged: true } : {}),
    movedTo: head.movedForGood ? url.href : null,
    validators: validatorsOf(headers, notModified ? asked : undefined),
    freshSeconds: freshSeconds(headers, now, now - head.askedAt),
    fetchedAt: new Date(now).toISOString(),
    elapsedMs: Math.round(performance.now() - started),
  });
}

/** One request; once more when a kept-alive connection had just been closed by the host, which is nobody's fault. */
async function ask(dispatcher: Dispatcher, url: URL, headers: Record<string, string>, signal: AbortSignal, form?: string): Promise<Dispatcher.ResponseData> {
  const send = (): Promise<Dispatcher.ResponseData> =>
    dispatcher.request({
      origin: url.origin, path: url.pathname + url.search, signal,
      ...(form === undefined ? { method: 'GET', headers } : { method: 'POST', headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' }, body: form }),
    });
  try {
    return await send();
  } catch (error) {
    if (signal.aborted || !wasStaleConnection(error)) throw error;
    return send();
  }
}

/** The connection had answered before, and broke before a byte of this answer came. */
const wasStaleConnection = (error: unknown): boolean =>
  codeOf(error) === 'UND_ERR_SOCKET' && error instanceof Error && 'socket' in error
  && typeof error.socket === 'object' && error.socket !== null && 'bytesRead' in error.socket && Number(error.socket.bytesRead) > 0;

function dispatcherFor(request: FetchRequest, url: URL, mayBePrivate: (host: string) => boolean, dispatchers: Dispatchers): Outcome<Dispatcher> {
  if (request.proxy === undefined) return ok(dispatchers.direct(mayBePrivate(url.hostname)));
  try {
    return ok(dispatchers.through(request.proxy));
  } catch {
    // No cause: its message would hold the proxy's address.
    return failed(misconfigured({ code: 'proxy-invalid', message: 'The proxy of the source is no address', hint: 'Write it as http://host:port, with user:password@ before the host where it wants them.' }));
  }
}

function privateHosts({ url, allowPrivate }: Pick<FetchRequest, 'url' | 'allowPrivate'>): (host: string) => boolean {
  if (allowPrivate === undefined || allowPrivate === false) return () => false;
  const named = allowPrivate === true ? [hostnameOf(url)] : allowPrivate;
  const hosts = new Set(named.map((host) => host.toLowerCase()));
  return (host) => hosts.has(host);
}

const hostnameOf = (url: string): string => (URL.canParse(url) ? new URL(url).hostname : '');

/** Reads the rest of an unwanted body when it is short, so that the connection can be used again; else drops it. */
function drain(body: Dispatcher.ResponseData['body']): void {
  body.dump({ limit: 16_384, signal: AbortSignal.timeout(1_000) }).catch(() => body.destroy());
}

function bodyFault(error: unknown, url: string): Fault | null {
  if (error instanceof BodyTooLargeError) {
    return giveUp({ code: 'too-large', message: `${printableUrl(url)}: ${error.message}`, hint: 'Raise the bound of bytes, should it be worth having.' });
  }
  if (error instanceof UnreadableBodyError) return retryLater({ code: 'body-unreadable', message: `${printableUrl(url)}: ${error.message}`, cause: error });
  return null;
}
