import type { Outcome } from '../fault.js';

/** What a conditional request needs of the last answer. */
export interface Validators {
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

export interface FetchRequest {
  readonly url: string;
  readonly accept?: string | undefined;
  readonly validators?: Validators | undefined;
  /** Extra headers of the source; never logged. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Bytes after decompression; more is a fault `too-large`. */
  readonly maxBytes?: number | undefined;
  /** Take the first `maxBytes` of a larger body, marked `damaged`, instead of the fault. */
  readonly cut?: boolean | undefined;
  /**
   * Hosts that may be private, because the user named them so: `true` for the host of `url` itself, or a list of host names as
   * they stand in addresses (an IPv6 address in brackets). A redirect to a host that is not named is guarded as ever.
   */
  readonly allowPrivate?: boolean | readonly string[] | undefined;
  /** `http://`, `https://` or `socks5://`, with credentials where it wants them; never logged. The proxy resolves names, so private hosts are its own affair. */
  readonly proxy?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A 200 or 304 answer; every other ending is a `Fault`. */
export interface Fetched {
  /** Final address after redirects. */
  readonly url: string;
  readonly status: number;
  readonly notModified: boolean;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Decompressed; empty when not modified. */
  readonly bytes: Uint8Array;
  /** The body was cut at `maxBytes`, or its compression ended early or held an error; `bytes` are what came before. */
  readonly damaged?: boolean | undefined;
  /** Every hop was 301 or 308: where the address says it has moved for good. */
  readonly movedTo: string | null;
  readonly validators: Validators;
  /** Seconds from now for which the answer says it stays fresh (Cache-Control, Expires, Age; RFC 9111); null when it does not say. */
  readonly freshSeconds: number | null;
  /** ISO 8601. */
  readonly fetchedAt: string;
  readonly elapsedMs: number;
}

/** A form sent with POST, by the same rules and through the same guard as a `get`. */
export interface PostRequest extends Pick<FetchRequest, 'url' | 'allowPrivate' | 'proxy' | 'signal'> {
  readonly form: Readonly<Record<string, string>>;
}

/** The one way out to the network: bounds, redirects, decompression and the address guard in one place. */
export interface Fetcher {
  get(request: FetchRequest): Promise<Outcome<Fetched>>;
  /** Any 2xx is well; its body is not read. A redirect is followed where it keeps the method (307, 308). */
  post(request: PostRequest): Promise<Outcome<{ readonly status: number }>>;
  close(): Promise<void>;
}

/** One gate a host, shared by every process through Redis. */
export interface HostGate {
  /** Books the host's next slot; gives the milliseconds to wait until it. */
  book(host: string): Promise<number>;
  /** True when the request may start now (a near slot is waited for); false: book again and come back. Each true is to be answered by `observed`. */
  enter(host: string): Promise<boolean>;
  /** Pushes the host's next slot by at least `ms` (Retry-After, 429, 503). */
  slowDown(host: string, ms: number): Promise<void>;
  /** Tells that a request let in has ended, and how the host answered: for the adaptive interval. */
  observed(host: string, elapsedMs: number, healthy: boolean): Promise<void>;
  /** What the host's robots.txt asks for between two requests; null for nothing. The robots gate tells it. */
  crawlDelay(host: string, ms: number | null): Promise<void>;
}

export interface RobotsGate {
  /** Whether the address may be fetched, and the crawl-delay the host asks for. An unreachable robots.txt follows RFC 9309, 2.3.1. */
  check(url: string, options?: { readonly allowPrivate?: boolean | undefined; readonly proxy?: string | undefined }): Promise<Outcome<{ readonly allowed: boolean; readonly crawlDelayMs: number | null }>>;
}
