import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { SpilledDelivery } from '../ledger/index.js';

/** Hex digits of the SHA-256 of a line's JSON, at its head: enough to tell a line that was cut or overwritten. */
const SUM_LENGTH = 16;
const sumOf = (json: string): string => createHash('sha256').update(json).digest('hex').slice(0, SUM_LENGTH);
const line = z.tuple([z.string(), z.string()]);

/** A segment's bytes: a line a delivery, a checksum and `[name, stories]`. */
export function encodeSegment(deliveries: readonly SpilledDelivery[]): Buffer {
  const lines = deliveries.map(({ name, body }) => {
    const json = JSON.stringify([name, body.toString('utf8')]);
    return `${sumOf(json)} ${json}\n`;
  });
  return Buffer.from(lines.join(''));
}

/** The deliveries whose lines are whole; what is broken is left out, and missed by the register. */
export function decodeSegment(bytes: Buffer): SpilledDelivery[] {
  return bytes.toString('utf8').split('\n').flatMap((text): SpilledDelivery[] => {
    const json = text.slice(SUM_LENGTH + 1);
    if (json === '' || sumOf(json) !== text.slice(0, SUM_LENGTH)) return [];
    const [name, body] = line.parse(JSON.parse(json));
    return [{ name, body: Buffer.from(body) }];
  });
}
