import { lookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector, ProxyAgent, type Dispatcher } from 'undici';
import { checkAddress, type RefusedAddressError } from './address-guard.js';

/** Gives all addresses of a host name; `dns.lookup` with `all`. */
export type Resolve = (hostname: string, answer: (error: Error | null, addresses: readonly LookupAddress[]) => void) => void;

export interface DispatcherOptions {
  readonly connectMs: number;
  readonly idleMs: number;
  readonly maxHeaderBytes: number;
  /** Connections to one origin; the host gate is what spaces requests, this only bounds them. */
  readonly connectionsPerOrigin: number;
  readonly resolve: Resolve;
  /** Certificates to trust beside the usual ones, PEM. */
  readonly ca?: string | undefined;
}

/** Where requests leave: guarded connections, connections that may be private, and one dispatcher a proxy. */
export interface Dispatchers {
  direct(allowPrivate: boolean): Dispatcher;
  /**
   * Through a proxy, the proxy resolves the host's name and connects: the guard sees scheme, port, credentials and literal
   * addresses, not what a name resolves to. The proxy itself, named by the user, may be private.
   *
   * @throws TypeError when the address is no proxy's
   */
  through(proxy: string): Dispatcher;
  close(): Promise<void>;
}

export function createDispatchers(options: DispatcherOptions): Dispatchers {
  const limits = {
    headersTimeout: options.idleMs,
    bodyTimeout: options.idleMs,
    maxHeaderSize: options.maxHeaderBytes,
    connections: options.connectionsPerOrigin,
    pipelining: 1,
  };
  const tls = options.ca === undefined ? {} : { ca: options.ca };
  const agent = (allowPrivate: boolean): Agent =>
    new Agent({ ...limits, connect: guardedConnector(options, allowPrivate) });
  const guarded = agent(false);
  const open = agent(true);
  const proxies = new Map<string, ProxyAgent>();
  return {
    direct: (allowPrivate) => (allowPrivate ? open : guarded),
    through(proxy) {
      const known = proxies.get(proxy);
      if (known !== undefined) return known;
      const made = new ProxyAgent({
        ...limits, uri: proxy,
        requestTls: { ...tls, timeout: options.connectMs }, proxyTls: { ...tls, timeout: options.connectMs },
      });
      proxies.set(proxy, made);
      return made;
    },
    // Destroyed, not closed: a request that still runs when the service stops must not hold it up.
    async close() {
      await Promise.all([guarded, open, ...proxies.values()].map((dispatcher) => dispatcher.destroy()));
    },
  };
}

/**
 * Checks the very address it connects to: names are resolved inside the connection's own lookup, and only public addresses
 * come out of it, so that a name that changes its answer between check and use (DNS rebinding) gains nothing.
 */
function guardedConnector(options: DispatcherOptions, allowPrivate: boolean): buildConnector.connector {
  const connect = buildConnector({
    timeout: options.connectMs,
    lookup: guardedLookup(options.resolve, allowPrivate),
    ...(options.ca === undefined ? {} : { ca: options.ca }),
  });
  return (target, callback) => {
    // A literal address is never looked up.
    const host = target.hostname.replace(/^\[|\]$/g, '');
    const refused = isIP(host) === 0 ? null : checkAddress(host, allowPrivate);
    if (refused === null) connect(target, callback);
    else callback(refused, null);
  };
}

function guardedLookup(resolve: Resolve, allowPrivate: boolean): LookupFunction {
  return (hostname, { all }, callback) => {
    resolve(hostname, (error, found) => {
      let refused: RefusedAddressError | null = null;
      const allowed = found.filter(({ address }) => {
        const refusal = checkAddress(address, allowPrivate);
        refused ??= refusal;
        return refusal === null;
      });
      const [first] = allowed;
      if (first === undefined) callback(error ?? refused ?? noAddress(hostname), '', 0);
      else if (all === true) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}

const noAddress = (hostname: string): NodeJS.ErrnoException => Object.assign(new Error(`no address for ${hostname}`), { code: 'ENODATA' });

/** The system's resolver: /etc/hosts and all. */
export const resolveBySystem: Resolve = (hostname, answer) => lookup(hostname, { all: true }, (error, found) => answer(error, found ?? []));
