import { InvalidArgumentError } from 'commander';
import { duration } from '../config/quantities.js';

const length = duration();

/**
 * A moment as people give it to a command: how long ago (`30m`, `24h`, `7d`) or a date and time (ISO 8601; without a zone it is
 * UTC). Gives milliseconds of the epoch.
 */
export function moment(text: string, now = Date.now()): number {
  const ago = length.safeParse(text);
  if (ago.success) return now - ago.data;
  const at = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?$/.test(text)
    ? Date.parse(/[Z]$|[+-]\d\d:\d\d$/.test(text) || text.length === 10 ? text : `${text}Z`) : Number.NaN;
  if (Number.isNaN(at)) throw new InvalidArgumentError('expected how long ago, such as 30m, 24h or 7d, or a date such as 2026-11-23 or 2026-11-23T06:00Z.');
  return at;
}
