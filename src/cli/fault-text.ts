import { styleText } from 'node:util';
import type { Fault } from '../fault.js';

/** A fault as a person reads it: what and where, the cause, how to mend it. Ends with a line break. */
export function describeFault(fault: Fault): string {
  const lines = [`${styleText('red', 'dateline:')} ${fault.message}`];
  if (fault.cause instanceof Error && !fault.message.includes(fault.cause.message)) lines.push(`  cause: ${fault.cause.message}`);
  if (fault.hint !== undefined) lines.push(`  mend:  ${fault.hint}`);
  return `${lines.join('\n')}\n`;
}
