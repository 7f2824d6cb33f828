/** Addresses of pages: cleaned for fetching, and folded to a key for recognising the same page again. */
import { TRACKING_PARAMETERS } from './tracking-parameters.js';

const MAX_LENGTH = 8192;

const exact = new Set(TRACKING_PARAMETERS.filter(({ name, anyCase }) => !name.endsWith('*') && anyCase !== true).map(({ name }) => name));
const exactAnyCase = new Set(TRACKING_PARAMETERS.filter(({ name, anyCase }) => !name.endsWith('*') && anyCase === true).map(({ name }) => name));
const prefixes = TRACKING_PARAMETERS.filter(({ name, anyCase }) => name.endsWith('*') && anyCase !== true).map(({ name }) => name.slice(0, -1));
const prefixesAnyCase = TRACKING_PARAMETERS.filter(({ name, anyCase }) => name.endsWith('*') && anyCase === true).map(({ name }) => name.slice(0, -1));

/** True when a query parameter of this name only tells how the reader came. */
export function isTrackingParameter(name: string): boolean {
  const lower = name.toLowerCase();
  return exact.has(name) || exactAnyCase.has(lower) || prefixes.some((prefix) => name.startsWith(prefix)) || prefixesAnyCase.some((prefix) => lower.startsWith(prefix));
}

/** `new URL` with null for what is none; `URL.parse` is younger than the oldest Node we run on. */
export function parseUrl(input: string, base?: string): URL | null {
  try {
    return new URL(input, base);
  } catch {
    return null;
  }
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll('+', ' '));
  } catch {
    return name;
  }
}

/** The pairs that stay, each as written: decoding and encoding again would change addresses some servers compare by the letter. */
function withoutTracking(query: string, host: string): string {
  const pairs = query.split('&');
  const kept = pairs.filter((pair) => {
    const [name = '', value = ''] = pair.split('=', 2);
    if (isTrackingParameter(decoded(name))) return false;
    // `ref` means many things; naming the page's own host, it is the mark of a feed or a share button
    return !(name === 'ref' && decoded(value).toLowerCase().replace(/^www\./, '') === host.replace(/^www\./, ''));
  });
  return kept.length === pairs.length ? query : kept.join('&');
}

/** What mark-up and templates leave around an address, and the second address that broken templates glue to the first. */
function bare(input: string): string {
  const text = input.trim();
  const cdata = /^<!\[CDATA\[([\s\S]*)\]\]>$/.exec(text);
  const inner = (cdata?.[1] ?? text).trim().replaceAll('&amp;', '&').replace(/<\/?[a-z]*>?$/i, '');
  // the site's address put before an address that was whole already
  const doubled = /^https?:\/\/[^/?#]*?(https?:\/\/.+)$/i.exec(inner)?.[1] ?? inner;
  // an address may hold another after `/` or `=`, but not after a letter
  const glued = /^(https?:\/\/[^?#]*?[\p{L}\d])https?:\/\//iu.exec(doubled)?.[1] ?? doubled;
  return glued.replace(/[&?]+$/, '');
}

/**
 * The address to fetch and to show: absolute, without tracking parameters and AMP wrapping, or null where there is no http(s) address.
 * Syntax by the WHATWG URL Standard. The host's case and default port fold, path and other parameters stay as written.
 */
export function cleanUrl(input: string, base?: string): string | null {
  if (input.length > MAX_LENGTH) return null;
  const url = parseUrl(bare(input), base);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  const page = unwrapAmp(url);
  const query = page.search.slice(1);
  if (query !== '') page.search = withoutTracking(query, page.hostname);
  if (page.search === '' && page.href.includes('?')) page.search = '';
  // a fragment made of nothing but tracking
  const fragment = page.hash.slice(1);
  if (fragment !== '' && withoutTracking(fragment, page.hostname) === '') page.hash = '';
  return page.href;
}

/** The publisher's page behind Google's AMP viewer or the AMP cache; the address itself where it is neither. */
export function unwrapAmp(address: URL): URL {
  const { hostname, pathname, search, hash } = address;
  let rest: string | undefined;
  if (/^(?:www\.)?google\.[a-z.]{2,6}$/.test(hostname)) rest = /^\/amp\/(.+)$/.exec(pathname)?.[1];
  else if (hostname.endsWith('.cdn.ampproject.org') || hostname === 'cdn.ampproject.org') rest = /^\/(?:c|v|wp|i)\/(.+)$/.exec(pathname)?.[1];
  if (rest === undefined) return new URL(address.href);
  const secure = rest.startsWith('s/');
  const page = parseUrl(`${secure ? 'https' : 'http'}://${secure ? rest.slice(2) : rest}${search}${hash}`);
  return page === null || !page.hostname.includes('.') ? new URL(address.href) : page;
}

/** Last labels under which anybody can register; enough of them to tell two sites from one. */
const SHARED_SECOND_LEVEL = /^(?:ac|asn|biz|co|com|edu|gen|go|gob|gov|gouv|id|in|info|kr|mil|muni|net|ne|nom|or|org|presse|res|sch|web)\.[a-z]{2}$/;

/** The registrable part of a host, by rule of thumb; a host with a public suffix of its own (github.io) stays apart by its first label. */
export function siteOf(host: string): string {
  const labels = host.replace(/\.$/, '').split('.');
  const width = SHARED_SECOND_LEVEL.test(labels.slice(-2).join('.')) ? 3 : 2;
  return labels.slice(-width).join('.');
}

/**
 * `rel=canonical` is believed on the same site only, and not when it sends every page to the front page.
 * Gives the address to use in the place of the page's.
 */
export function canonicalOnSameSite(pageUrl: string, canonical: string): string | null {
  const page = parseUrl(pageUrl);
  const target = parseUrl(bare(canonical), pageUrl);
  if (page === null || target === null || (target.protocol !== 'http:' && target.protocol !== 'https:')) return null;
  if (siteOf(page.hostname) !== siteOf(target.hostname)) return null;
  if (target.pathname === '/' && target.search === '' && (page.pathname !== '/' || page.search !== '')) return null;
  return cleanUrl(target.href);
}

/** The cleaned address with its parameters in order and its path without doubled slashes: for comparing, seldom for fetching. */
export function normalizeUrl(input: string, base?: string): string | null {
  const clean = cleanUrl(input, base);
  if (clean === null) return null;
  const url = new URL(clean);
  url.pathname = url.pathname.replace(/(?<!:)\/{2,}/g, '/');
  if (url.search !== '') url.search = url.search.slice(1).split('&').filter((pair) => pair !== '').sort().join('&');
  return url.href;
}

/**
 * The key under which two addresses are one page: normalised, without scheme, `www.` and the like before the host, default documents,
 * closing slash and fragment (unless it is the address of an app's page, `#!`). Not an address to fetch.
 */
export function identityUrl(input: string, base?: string): string | null {
  const normal = normalizeUrl(input, base);
  if (normal === null) return null;
  const url = new URL(normal);
  const host = url.hostname.replace(/^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)/, '');
  const path = url.pathname.replace(/\/(?:index|default)\.(?:html?|php|aspx?|jsp)$/i, '/').replace(/\/amp\/?$/, '/').replace(/(.)\/$/, '$1');
  const port = url.port === '' ? '' : `:${url.port}`;
  return `${host}${port}${path === '/' ? '' : path}${url.search}${url.hash.startsWith('#!') ? url.hash : ''}`;
}
