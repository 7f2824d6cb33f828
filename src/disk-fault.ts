import { retryLater, type Fault } from './fault.js';

/** A file that cannot be written, for now; the code tells a full disk (`disk-full`) from all else (`file-unwritable`). */
export function diskFault(path: string, cause: unknown): Fault {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return retryLater({
    code: code === 'ENOSPC' || code === 'EDQUOT' ? 'disk-full' : 'file-unwritable',
    message: `${path} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`,
    hint: 'Make room or mend the permissions; the stories wait and are written then.',
    cause,
  });
}
