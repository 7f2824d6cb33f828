import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { processIdentitySchema, type ProcessIdentity } from '../machine/index.js';

const noteSchema = z.strictObject({
  endpoint: z.union([
    z.strictObject({ kind: z.literal('socket'), path: z.string() }),
    z.strictObject({ kind: z.literal('tcp'), host: z.string(), port: z.int(), tls: z.boolean(), password: z.string() }),
  ]),
  /** Null between the decision to start and the start. */
  identity: processIdentitySchema.nullable(),
  /** Product, version, origin. */
  what: z.string(),
});

/** What is known of the server of a folder: a file beside its data. It holds the password of a loopback port. */
export type ServerNote = z.infer<typeof noteSchema>;
/** Where an embedded server listens: a socket, or a loopback port with a password. */
export type EmbeddedEndpoint = ServerNote['endpoint'];
export type RunningNote = ServerNote & { readonly identity: ProcessIdentity };

const file = (dir: string): string => join(dir, 'server.json');

export async function readNote(dir: string): Promise<ServerNote | null> {
  const text = await readFile(file(dir), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return noteSchema.parse(JSON.parse(text));
  } catch {
    // Of another version or another making: as good as none.
    return null;
  }
}

export async function writeNote(dir: string, note: ServerNote): Promise<void> {
  const draft = `${file(dir)}.${process.pid}`;
  await writeFile(draft, JSON.stringify(note), { mode: 0o600 });
  await rename(draft, file(dir));
}
