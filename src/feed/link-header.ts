/** `Link` headers (RFC 8288) as far as WebSub uses them. */
import { resolveUrl } from './element-value.js';

export interface NamedHub {
  readonly hub: string | null;
  readonly self: string | null;
}

/** The first `hub` and `self` of a Link header, made absolute. */
export function hubOfLinkHeader(header: string | undefined, base: string | undefined): NamedHub {
  const named: { hub: string | null; self: string | null } = { hub: null, self: null };
  for (const match of (header ?? '').slice(0, 8192).matchAll(/<([^<>]{1,2048})>([^<]{0,1024})/g)) {
    const [, target = '', parameters = ''] = match;
    const rel = /;\s{0,9}rel\s{0,9}=\s{0,9}(?:"([^"]{0,200})"|([^\s";,]{1,200}))/i.exec(parameters);
    const relations = (rel?.[1] ?? rel?.[2] ?? '').toLowerCase().split(/\s+/);
    if (relations.includes('hub')) named.hub ??= resolveUrl(target, base);
    if (relations.includes('self')) named.self ??= resolveUrl(target, base);
  }
  return named;
}
