import { readFileSync } from 'node:fs';
import type { Secret } from '../config/index.js';
import { failed, misconfigured, ok, type Outcome } from '../fault.js';

/** The secret itself: as written, or out of the environment or a file, whose last line end does not count. */
export function revealed(secret: Secret, what: string, env: NodeJS.ProcessEnv = process.env): Outcome<string> {
  if (typeof secret === 'string') return ok(secret);
  if ('env' in secret) {
    const value = env[secret.env];
    if (value !== undefined && value !== '') return ok(value);
    return failed(misconfigured({ code: 'secret-missing', message: `${what} is to come from the variable ${secret.env}, which is not set`, hint: `Set ${secret.env} where Dateline is started.` }));
  }
  try {
    return ok(readFileSync(secret.file, 'utf8').replace(/\r?\n$/, ''));
  } catch (cause) {
    return failed(misconfigured({ code: 'secret-missing', message: `${what} is to come from the file ${secret.file}, which cannot be read`, hint: 'Is it there, and may Dateline read it?', cause }));
  }
}
