/** What RFC 3986 lets stand in a URI as it is. */
const FOREIGN = /[^A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]/g;

/**
 * An address as a URI of RFC 3986, which is stricter than what browsers take: signs that WHATWG's serialiser leaves (`|`, `{`, `[`,
 * a second `#`, a bare `%`) are written out. Null when it is no absolute address.
 */
export function toUri(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const clean = (text: string): string =>
    text.replaceAll(FOREIGN, (sign) => encodeURIComponent(sign)).replaceAll(/%(?![0-9A-Fa-f]{2})/g, '%25');
  const { hash, search } = url;
  if (url.host === '') return clean(url.href);
  const user = url.username === '' ? '' : `${url.username}@`;
  return `${url.protocol}//${user}${url.host}${clean(url.pathname)}${clean(search)}${hash === '' ? '' : `#${clean(hash.slice(1)).replaceAll('#', '%23')}`}`;
}
