import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A secret that nobody can guess: 256 bits. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** What is kept of such a secret. It has nothing to be guessed, so that a plain digest does; passwords take {@link hashPassword}. */
export const digestOfSecret = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** Compares digests, so that neither content nor length shows in the time taken. */
export function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
