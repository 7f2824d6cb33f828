import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { RedisKeys } from '../../queue/index.js';

export const auditEntrySchema = z.strictObject({
  id: z.string().describe('Place in the list'),
  at: z.string().describe('ISO 8601'),
  user: z.string(),
  role: z.string(),
  via: z.string().describe('loopback, session or token'),
  address: z.string().describe('Of whoever asked'),
  action: z.string().describe('What was asked for: source.add, quarantine.retry, login …'),
  target: z.string().nullable().describe('What it was done to'),
  outcome: z.string().describe('done, or the code of what stood in its way'),
});

/** One change that somebody asked for, whatever became of it. */
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** Old entries go when there are more than this. */
export const AUDIT_LENGTH = 10_000;
const MAX_TEXT = 500;

export async function writeAudit(redis: Redis, keys: RedisKeys, entry: Omit<AuditEntry, 'id' | 'at'>): Promise<void> {
  const fields = Object.entries({ ...entry, target: entry.target ?? '' }).flatMap(([name, value]) => [name, value.slice(0, MAX_TEXT)]);
  await redis.xadd(keys.audit, 'MAXLEN', '~', AUDIT_LENGTH, '*', ...fields);
}

export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  /** Place to go on from; null at the end. */
  readonly next: string | null;
}

export interface AuditFilter {
  readonly limit: number;
  /** `next` of the page before. */
  readonly cursor?: string | undefined;
  readonly user?: string | undefined;
  readonly action?: string | undefined;
}

export const AUDIT_CURSOR = /^\d{1,16}-\d{1,10}$/;
const CHUNK = 500;

/** The newest first. */
export async function readAudit(redis: Redis, keys: RedisKeys, { limit, cursor, user, action }: AuditFilter): Promise<AuditPage> {
  const entries: AuditEntry[] = [];
  let from = cursor === undefined ? '+' : `(${cursor}`;
  for (;;) {
    const chunk = await redis.xrevrange(keys.audit, from, '-', 'COUNT', CHUNK);
    for (const [id, flat] of chunk) {
      const entry = entryOf(id, flat);
      if ((user !== undefined && entry.user !== user) || (action !== undefined && entry.action !== action)) continue;
      entries.push(entry);
      if (entries.length > limit) return { entries: entries.slice(0, limit), next: entries[limit - 1]?.id ?? null };
    }
    const last = chunk.at(-1)?.[0];
    if (chunk.length < CHUNK || last === undefined) return { entries, next: null };
    from = `(${last}`;
  }
}

function entryOf(id: string, flat: readonly string[]): AuditEntry {
  const fields = new Map<string, string>();
  for (let at = 0; at + 1 < flat.length; at += 2) fields.set(flat[at] ?? '', flat[at + 1] ?? '');
  const of = (name: string): string => fields.get(name) ?? '';
  return {
    id, at: new Date(Number(id.split('-', 1)[0])).toISOString(), user: of('user'), role: of('role'), via: of('via'), address: of('address'), action: of('action'),
    target: of('target') === '' ? null : of('target'), outcome: of('outcome'),
  };
}
