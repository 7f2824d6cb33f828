import type { Dispatcher } from 'undici';

/** Names are lower-case already; a repeated field is one list (RFC 9110, 5.3). Cookies are not kept, so they are not handed on. */
export function flatten(headers: Dispatcher.ResponseData['headers']): Readonly<Record<string, string>> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && name !== 'set-cookie') flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

/** Header bytes come as latin1; hosts write addresses in UTF-8. */
export function textOf(header: string): string {
  const utf8 = Buffer.from(header, 'latin1').toString('utf8');
  return utf8.includes('\uFFFD') ? header : utf8;
}
