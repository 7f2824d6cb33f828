import { isIP } from 'node:net';
import { failed, giveUp, ok, type FaultInit, type Outcome } from '../fault.js';
import { checkAddress } from './address-guard.js';
import { BLOCKED_PORTS } from './address-ranges.js';

const MAX_URL_LENGTH = 8_192;
const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/**
 * An address in a form fit for a log: without query and fragment, where tokens live, and without credentials.
 * Never throws, whatever the input.
 */
export function printableUrl(url: string | URL): string {
  const parsed = typeof url === 'string' ? parse(url) : url;
  if (parsed === null) return '(not an address)';
  const path = parsed.pathname.length > 200 ? `${parsed.pathname.slice(0, 200)}…` : parsed.pathname;
  return `${parsed.protocol}//${parsed.host}${path}${parsed.search === '' ? '' : '?…'}`;
}

/** The host of a URL as `net` and DNS take it: no brackets. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

/**
 * Says whether an address may be asked for at all; names are checked again when they are resolved, at connect time.
 * The URL parser has by then turned decimal, octal, hexadecimal and full-width hosts into plain IP addresses (WHATWG URL, 3.5).
 *
 * Faults: `url-invalid`, `url-scheme`, `url-credentials`, `url-port`, `address-refused`, all `give-up`.
 */
export function checkUrl(input: string, options: { readonly base?: URL; readonly mayBePrivate: (host: string) => boolean }): Outcome<URL> {
  const url = input.length > MAX_URL_LENGTH ? null : parse(input, options.base);
  const refuse = (init: FaultInit) => failed(giveUp(init));
  if (url === null) return refuse({ code: 'url-invalid', message: `This is no address: ${JSON.stringify(input.slice(0, 80))}` });
  const shown = printableUrl(url);
  const defaultPort = DEFAULT_PORTS[url.protocol];
  if (defaultPort === undefined) {
    return refuse({ code: 'url-scheme', message: `Only http and https are fetched, not ${url.protocol}`, hint: `The address begins ${shown.slice(0, 40)}` });
  }
  if (url.username !== '' || url.password !== '') {
    return refuse({
      code: 'url-credentials',
      message: `${shown} carries a user name or password`,
      hint: 'Give credentials in the headers of the source, where they stay out of logs and redirects.',
    });
  }
  const port = url.port === '' ? defaultPort : Number(url.port);
  if (BLOCKED_PORTS.has(port)) return refuse({ code: 'url-port', message: `${shown}: port ${port} belongs to another protocol` });
  const host = hostOf(url);
  const refused = isIP(host) === 0 ? null : checkAddress(host, options.mayBePrivate(url.hostname));
  if (refused !== null) return refuse({ code: 'address-refused', message: `${shown}: ${refused.message}`, hint: REFUSED_HINT });
  url.hash = '';
  return ok(url);
}

export const REFUSED_HINT = 'If it is a host of your own, allow it by name at its source (allowPrivate).';

function parse(input: string, base?: URL): URL | null {
  try {
    return new URL(input, base);
  } catch {
    return null;
  }
}
