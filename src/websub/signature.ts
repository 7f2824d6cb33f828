import { createHmac, timingSafeEqual } from 'node:crypto';

/** Methods a hub may sign with (W3C WebSub, 8). */
const METHODS: ReadonlySet<string> = new Set(['sha1', 'sha256', 'sha384', 'sha512']);
/** Whole bytes only: half a byte at the end would be passed over in silence. */
const HEADER = /^(sha\d{1,3})=((?:[0-9a-f]{2}){20,64})$/i;

/** Takes the bytes as they come, keeps none of them, and says at the end whether they were signed with the secret. */
export interface SignatureCheck {
  update(bytes: Uint8Array): void;
  matches(): boolean;
}

/** The check of one push by its `X-Hub-Signature` (`method=hex`); null when the header is missing or of no known method. */
export function signatureCheck(header: string | undefined, secret: string): SignatureCheck | null {
  const [, name, hex] = HEADER.exec(header ?? '') ?? [];
  const method = name?.toLowerCase();
  if (method === undefined || hex === undefined || !METHODS.has(method)) return null;
  const hmac = createHmac(method, secret);
  const given = Buffer.from(hex, 'hex');
  return {
    update: (bytes) => void hmac.update(bytes),
    matches() {
      const made = hmac.digest();
      return made.length === given.length && timingSafeEqual(made, given);
    },
  };
}
