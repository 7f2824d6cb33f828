import { failed, misconfigured, ok, type Outcome } from '../fault.js';
import { ACCEPT_ENCODING } from './body.js';
import type { FetchRequest, Validators } from './types.js';

const MAX_VALIDATOR_LENGTH = 1_000;
/** RFC 9110, 5.5: visible characters, spaces and tabs; bytes above 127 go back as they came. */
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const FIELD_NAME = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;

/** Fields that belong to the connection; a source that sets one would break or smuggle requests. */
const CONNECTION_FIELDS: ReadonlySet<string> = new Set([
  'host', 'connection', 'content-length', 'transfer-encoding', 'te', 'trailer', 'upgrade', 'keep-alive', 'expect', 'proxy-connection',
  'proxy-authorization', 'accept-encoding',
]);

/** A validator as it may be sent back; undefined when the host sent none, or one that is unfit. */
const validator = (value: string | undefined): string | undefined =>
  value !== undefined && value !== '' && value.length <= MAX_VALIDATOR_LENGTH && FIELD_VALUE.test(value) ? value : undefined;

/** What an answer brings for the next conditional request; a 304 without validators keeps those it was asked with. */
export function validatorsOf(headers: Readonly<Record<string, string>>, asked?: Validators): Validators {
  return {
    etag: validator(headers.etag) ?? asked?.etag,
    lastModified: validator(headers['last-modified']) ?? asked?.lastModified,
  };
}

/** The source's own headers, lower-case, checked; a fault names the header, never its value. */
export function sourceHeaders(headers: FetchRequest['headers'] = {}): Outcome<Readonly<Record<string, string>>> {
  const checked: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const key = name.trim().toLowerCase();
    if (!FIELD_NAME.test(key) || !FIELD_VALUE.test(value) || CONNECTION_FIELDS.has(key)) {
      return failed(misconfigured({
        code: 'header-invalid',
        message: `The header ${JSON.stringify(name.slice(0, 60))} of the source cannot be sent`,
        hint: CONNECTION_FIELDS.has(key) ? 'It belongs to the connection and is set by Dateline itself.' : 'Header names and values are plain ASCII on one line.',
      }));
    }
    checked[key] = value;
  }
  return ok(checked);
}

/** All headers of one hop. The source's own go first, so that they may replace the agent and what is accepted. */
export function requestHeaders(request: FetchRequest, userAgent: string, ownHeaders: Readonly<Record<string, string>>): Record<string, string> {
  const etag = validator(request.validators?.etag);
  const lastModified = validator(request.validators?.lastModified);
  return {
    'user-agent': userAgent,
    accept: request.accept ?? '*/*',
    ...ownHeaders,
    'accept-encoding': ACCEPT_ENCODING,
    ...(etag === undefined ? {} : { 'if-none-match': etag }),
    ...(lastModified === undefined ? {} : { 'if-modified-since': lastModified }),
  };
}
