/** Names of fields, headers and parameters whose value is nobody's business. */
const SECRET_NAME = /(?:authorization|cookie|password|passwd|pwd|secret|token|csrf|api-?key|access-?key|signature|credentials?)$|^(?:sig|headers)$/i;
const PUT = '[redacted]';

/** `scheme://user:password@host`; what stands before the @ holds neither / nor blank (RFC 3986, 3.2.1). */
const USERINFO = /\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#@"'<>]{1,300}@/gi;
/** `?api_key=…`, `&token=…`; the value ends at the next parameter. */
const PARAMETER = /([?&;](?:[\w.-]{0,40}[-_.])?(?:token|key|apikey|secret|password|passwd|pwd|auth|signature|sig|code)=)[^&;#\s"'<>]{1,2000}/gi;
/** `Bearer …`, `Basic …` (RFC 9110, 11.4). */
const SCHEME = /\b(Bearer|Basic|Digest|Negotiate)\s+[\w~+/.=-]{6,2000}/gi;

const LONGEST = 2_000;
const DEEPEST = 5;
const MOST = 100;

/** A text without what would let its reader in somewhere: user info and secret parameters of addresses, credentials of headers. */
export const redactText = (text: string): string => {
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return cut.replace(USERINFO, `$1${PUT}@`).replace(PARAMETER, `$1${PUT}`).replace(SCHEME, `$1 ${PUT}`);
};

/** The same for the fields of a line, however deep a library's error has nested them; texts, lists and depth are bounded. */
export function redactFields(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).slice(0, MOST).map(([name, value]) => [name, SECRET_NAME.test(name) && value !== null ? PUT : redactValue(value, 1)]));
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEEPEST) return '[…]';
  if (value instanceof Error) {
    const { name, message, stack, cause } = value;
    return {
      type: name, message: redactText(message), ...('code' in value ? { code: redactValue(value.code, depth + 1) } : {}),
      ...(stack === undefined ? {} : { stack: redactText(stack) }), ...(cause === undefined ? {} : { cause: redactValue(cause, depth + 1) }),
    };
  }
  if (value instanceof Date || value instanceof URL) return redactText(value instanceof URL ? value.href : value.toISOString());
  if (Array.isArray(value)) return value.slice(0, MOST).map((entry) => redactValue(entry, depth + 1));
  return Object.fromEntries(Object.entries(value).slice(0, MOST).map(([name, entry]) => [name, SECRET_NAME.test(name) && entry !== null ? PUT : redactValue(entry, depth + 1)]));
}
