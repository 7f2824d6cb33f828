import { createHmac, timingSafeEqual } from 'node:crypto';

/** Headers of one delivery, as Standard Webhooks 1.0 has them (github.com/standard-webhooks/standard-webhooks, spec). */
export interface WebhookHeaders {
  /** The same whenever the same story version comes again. */
  readonly 'webhook-id': string;
  /** Seconds of the epoch when this attempt was made. */
  readonly 'webhook-timestamp': string;
  /** `v1,` and base64 of HMAC-SHA256 over id, timestamp and body; one for each secret, with spaces between. */
  readonly 'webhook-signature': string;
}

const PREFIX = 'whsec_';
const MIN_KEY_BYTES = 16;

/** The key in a secret (`whsec_` and base64); null when it is none or shorter than 16 bytes. */
export function signingKey(secret: string): Buffer | null {
  const encoded = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret;
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(encoded)) return null;
  const key = Buffer.from(encoded, 'base64');
  return key.length < MIN_KEY_BYTES ? null : key;
}

const digest = (key: Buffer, id: string, timestamp: string, body: string): Buffer => createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();

/** Signs a body with every key, so that a receiver may hold the old or the new one while they change. */
export function signWebhook(keys: readonly Buffer[], id: string, body: string, now: number): WebhookHeaders {
  const timestamp = String(Math.floor(now / 1_000));
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': keys.map((key) => `v1,${digest(key, id, timestamp, body).toString('base64')}`).join(' '),
  };
}

/** The receiver's side: whether the body was signed with the key, and lately. An older one may be a replay. */
export function verifyWebhook(key: Buffer, headers: Readonly<Record<string, unknown>>, body: string, now: number, toleranceMs = 300_000): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers;
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string') return false;
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now - Number(timestamp) * 1_000) > toleranceMs) return false;
  const wanted = digest(key, id, timestamp, body);
  return signatures.split(' ').some((signature) => {
    const given = signature.startsWith('v1,') ? Buffer.from(signature.slice(3), 'base64') : Buffer.alloc(0);
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  });
}
