import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { failed, misconfigured, ok, retryLater, type Outcome } from '../fault.js';
import { withLockFile } from '../machine/index.js';
import { USER_ROLES } from './role.js';

const userSchema = z.strictObject({
  name: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}._@+-]{0,63}$/u, { error: 'expected letters, digits, . _ @ + - and at most 64 of them' }),
  role: z.enum(USER_ROLES),
  /** Of a person: Argon2id in the PHC form. */
  password: z.string().regex(/^\$argon2id\$/, { error: 'expected a hash that `dateline users add` makes' }).max(500).optional(),
  /** Of a program: digest of the secret it shows. */
  token: z.string().regex(/^sha256:[\w-]{43}$/, { error: 'expected a digest that `dateline users add --token` makes' }).optional(),
});

/** Somebody who may come in: a person with a password, or a program with a token. */
export type User = z.infer<typeof userSchema>;

const fileSchema = z.strictObject({ users: z.array(userSchema).max(1_000) });

const HEAD = '# Who may use the console and its API. Written by `dateline users`; holds hashes, never a password.\n';
const MAX_BYTES = 1_000_000;

/** The users of the file; none where there is no file. */
export async function readUsers(path: string): Promise<Outcome<readonly User[]>> {
  let text: string;
  try {
    const { size } = await stat(path);
    if (size > MAX_BYTES) return failed(invalid(path, 'is too large'));
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return ok([]);
    return failed(retryLater({ code: 'users-unreadable', message: `${path} cannot be read (${cause instanceof Error ? cause.message : String(cause)}).`, hint: 'Check who may read it.', cause }));
  }
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 0 });
  } catch (cause) {
    return failed(invalid(path, `is no YAML (${cause instanceof Error ? cause.message.slice(0, 200) : ''})`));
  }
  const read = fileSchema.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    return failed(invalid(path, `is wrong at ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`));
  }
  const names = read.data.users.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  return twice === undefined ? ok(read.data.users) : failed(invalid(path, `names ${twice} twice`));
}

/** Changes the list in the file: whole or not at all, readable by its owner only, one writer at a time. */
export async function changeUsers(path: string, change: (users: readonly User[]) => Outcome<readonly User[]>): Promise<Outcome<readonly User[]>> {
  await mkdir(dirname(path), { recursive: true });
  return withLockFile(`${path}.lock`, { waitMs: 10_000 }, async () => {
    const before = await readUsers(path);
    if (!before.ok) return before;
    const after = change(before.value);
    if (!after.ok) return after;
    const draft = `${path}.${randomUUID()}`;
    try {
      await writeFile(draft, HEAD + stringify({ users: after.value }, { lineWidth: 0 }), { mode: 0o600 });
      await rename(draft, path);
      return after;
    } catch (cause) {
      await rm(draft, { force: true });
      return failed(retryLater({ code: 'users-not-writable', message: `${path} cannot be written (${cause instanceof Error ? cause.message : String(cause)}).`, hint: 'Check who may write it.', cause }));
    }
  });
}

/** Puts a user into the list, whose name must be free. */
export function withUser(users: readonly User[], user: User): Outcome<readonly User[]> {
  const checked = userSchema.safeParse(user);
  if (!checked.success) return failed(misconfigured({ code: 'user-invalid', message: `${checked.error.issues[0]?.path.join('.') ?? 'user'}: ${checked.error.issues[0]?.message ?? ''}.` }));
  return users.some(({ name }) => name === user.name)
    ? failed(misconfigured({ code: 'user-present', message: `There is a user ${user.name} already.`, hint: `dateline users remove ${user.name}, then add again.` }))
    : ok([...users, checked.data]);
}

/** The same list with another role, password or token of one who is in it. */
export function withChanged(users: readonly User[], name: string, change: Partial<Pick<User, 'role' | 'password' | 'token'>>): Outcome<readonly User[]> {
  return users.some((user) => user.name === name) ? ok(users.map((user) => (user.name === name ? { ...user, ...change } : user))) : failed(unknownUser(name));
}

/**
 * Whether somebody is left who may act on users: a list without an operator could be mended only on the machine. Of a change by
 * the machine's own people this is not asked.
 */
export function keepingOperator(users: readonly User[]): Outcome<readonly User[]> {
  return users.some(({ role, password, token }) => role === 'operator' && (password ?? token) !== undefined) ? ok(users)
    : failed(misconfigured({ code: 'last-operator', message: 'Then nobody would be left who may act as an operator.', hint: 'Make somebody else an operator first.' }));
}

export function withoutUser(users: readonly User[], name: string): Outcome<readonly User[]> {
  return users.some((user) => user.name === name) ? ok(users.filter((user) => user.name !== name))
    : failed(unknownUser(name));
}

const unknownUser = (name: string) => misconfigured({ code: 'no-such-user', message: `There is no user ${name.slice(0, 64)}.`, hint: 'dateline users list shows them.' });

const invalid = (path: string, what: string) =>
  misconfigured({ code: 'users-invalid', message: `${path} ${what}.`, hint: '`dateline users` writes it; nobody is let in until it is mended.' });
