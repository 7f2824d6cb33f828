import { hash, verify } from '@node-rs/argon2';
import { misconfigured, type Fault } from '../fault.js';

/** Shorter ones are guessed; longer ones only cost time (NIST SP 800-63B: at least 8 of either, at least 64 allowed). */
export const PASSWORD_LENGTH = { min: 10, max: 200 } as const;

/** Why it cannot be a password, or null. */
export function passwordTrouble(password: string | null): Fault | null {
  const { min, max } = PASSWORD_LENGTH;
  if (password !== null && password.length >= min && password.length <= max) return null;
  return misconfigured({ code: 'password-length', message: `A password has ${min} to ${max} characters.`, hint: 'Several words in a row are easy to keep and hard to guess.' });
}

/** One hash takes 19 MiB and tens of milliseconds of a thread; more at once would be a way to wear the service down. */
const AT_ONCE = 2;
const MOST_WAITING = 20;

let running = 0;
const waiting: (() => void)[] = [];

/** Argon2id with the library's figures, which are those of OWASP's password storage page: 19 MiB, two passes. */
export const hashPassword = (password: string): Promise<string> => hash(composed(password));

let nobody: Promise<string> | undefined;

/**
 * Whether it is the password of the hash. Without a hash (no such user) it takes as long and is never true, so that the time
 * does not tell who exists. Null when too many ask at once.
 */
export async function checkPassword(password: string, hashed: string | null): Promise<boolean | null> {
  if (running >= AT_ONCE) {
    if (waiting.length >= MOST_WAITING) return null;
    await new Promise<void>((resolve) => { waiting.push(resolve); });
  }
  running += 1;
  try {
    nobody ??= hashPassword('nobody has this password');
    const fits = await verify(hashed ?? (await nobody), composed(password));
    return hashed !== null && fits;
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

/** The same password typed on another keyboard may come in other code points (Unicode TR 15; RFC 8265 wants NFC). */
const composed = (password: string): string => password.slice(0, 4 * PASSWORD_LENGTH.max).normalize('NFC');
