import { Fault, giveUp, misconfigured, retryLater } from '../fault.js';
import { RefusedAddressError } from './address-guard.js';
import { REFUSED_HINT } from './request-url.js';

interface Trouble { readonly code: string; readonly says: string; readonly hint?: string }

const CERTIFICATE_HINT = 'The owner of the host must mend the certificate; until then it is asked again from time to time.';
const certificate = (code: string, says: string): Trouble => ({ code, says, hint: CERTIFICATE_HINT });
const lost: Trouble = { code: 'connection-lost', says: 'the connection broke' };
const refused: Trouble = { code: 'connection-refused', says: 'nothing listens there' };
const unreachable: Trouble = { code: 'host-unreachable', says: 'the network has no way to the host' };
const idle: Trouble = { code: 'timeout-idle', says: 'the host fell silent' };
const connecting: Trouble = { code: 'timeout-connect', says: 'the connection took too long' };

/** What the codes of Node, OpenSSL and undici mean; all of it may pass, so all of it is asked again. */
export const TROUBLES: Readonly<Record<string, Trouble>> = {
  ENOTFOUND: { code: 'dns-not-found', says: 'DNS knows no such host' },
  EAI_AGAIN: { code: 'dns-failed', says: 'DNS gave no answer' },
  EAI_FAIL: { code: 'dns-failed', says: 'DNS gave no answer' },
  EAI_NODATA: { code: 'dns-not-found', says: 'DNS has no address for the host' },
  ENODATA: { code: 'dns-not-found', says: 'DNS has no address for the host' },
  ECONNREFUSED: refused,
  ECONNRESET: lost,
  ECONNABORTED: lost,
  EPIPE: lost,
  UND_ERR_SOCKET: lost,
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: { code: 'connection-lost', says: 'the body ended before its announced length' },
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  EADDRNOTAVAIL: unreachable,
  EACCES: unreachable,
  ETIMEDOUT: connecting,
  UND_ERR_CONNECT_TIMEOUT: connecting,
  UND_ERR_HEADERS_TIMEOUT: idle,
  UND_ERR_BODY_TIMEOUT: idle,
  CERT_HAS_EXPIRED: certificate('tls-certificate-expired', 'its certificate has expired'),
  CERT_NOT_YET_VALID: certificate('tls-certificate-not-yet-valid', 'its certificate is not valid yet'),
  CERT_REVOKED: certificate('tls-certificate-revoked', 'its certificate was revoked'),
  DEPTH_ZERO_SELF_SIGNED_CERT: certificate('tls-certificate-self-signed', 'its certificate is signed by itself'),
  SELF_SIGNED_CERT_IN_CHAIN: certificate('tls-certificate-self-signed', 'its certificates lead to one signed by itself'),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: certificate('tls-certificate-incomplete', 'it sends its certificate without the one that signed it'),
  UNABLE_TO_GET_ISSUER_CERT: certificate('tls-certificate-incomplete', 'a certificate of its chain is missing'),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: certificate('tls-certificate-unknown-issuer', 'its certificate comes from an unknown issuer'),
  ERR_TLS_CERT_ALTNAME_INVALID: certificate('tls-certificate-wrong-host', 'its certificate names another host'),
};

/** Faults by error code; a code seen in a list of addresses tried (AggregateError) counts as its first. */
export function networkFault(error: unknown, shownUrl: string): Fault {
  const known = rootOf(error);
  if (known instanceof RefusedAddressError) {
    return giveUp({ code: 'address-refused', message: `${shownUrl}: ${known.message}`, hint: REFUSED_HINT, cause: known });
  }
  const code = codeOf(known);
  const trouble = TROUBLES[code];
  const init = { message: `${shownUrl}: ${trouble?.says ?? 'the request failed'}`, cause: known };
  if (trouble !== undefined) return retryLater({ ...init, ...trouble });
  if (code === 'UND_ERR_HEADERS_OVERFLOW') {
    return giveUp({ ...init, code: 'headers-too-large', message: `${shownUrl}: the headers of the answer are too large` });
  }
  if (code === 'UND_ERR_INVALID_ARG') {
    return misconfigured({
      ...init, code: 'header-invalid', message: `${shownUrl}: a header of the source cannot be sent`,
      hint: 'Header names and values are plain ASCII on one line.',
    });
  }
  // Without its cause, which holds what the host sent.
  if (known instanceof Error && known.name === 'HTTPParserError') return retryLater({ code: 'http-unreadable', message: `${shownUrl}: the answer is no HTTP` });
  if (code === 'EPROTO' || code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS')) {
    return retryLater({ ...init, code: 'tls-failed', message: `${shownUrl}: no secure connection could be made` });
  }
  if (/CERT|ISSUER|CRL|CHAIN/.test(code)) {
    return retryLater({ ...init, ...certificate('tls-certificate-invalid', ''), message: `${shownUrl}: its certificate is not valid (${code})` });
  }
  return retryLater({ ...init, code: 'request-failed' });
}

/** Codes that, through a proxy, tell of the way to the proxy or of its answer to CONNECT. */
const PROXY_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_ABORTED',
  'UND_ERR_PRX_TLS', 'UND_ERR_SOCKS5',
]);

/** As {@link networkFault}, for a request through a proxy: without the cause, which would tell where the proxy is. */
export function proxiedFault(error: unknown, shownUrl: string): Fault {
  if (PROXY_CODES.has(codeOf(error)) || PROXY_CODES.has(codeOf(rootOf(error)))) {
    return retryLater({
      code: 'proxy-failed', message: `${shownUrl}: the proxy of the source cannot be reached or lets nothing through`,
      hint: 'Check its address and credentials.',
    });
  }
  const { consequence, code, message, hint } = networkFault(error, shownUrl);
  return new Fault(consequence, { code, message, ...(hint === undefined ? {} : { hint }) });
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function rootOf(error: unknown): unknown {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors[0];
  // undici wraps what went wrong behind a proxy.
  return error instanceof Error && error.cause instanceof Error && TROUBLES[codeOf(error)] === undefined ? error.cause : error;
}
