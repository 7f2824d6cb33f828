import {
  changeUsers, digestOfSecret, hashPassword, keepingOperator, newSecret, passwordTrouble, withChanged, withoutUser, withUser, type User, type UserRole,
} from '../access/index.js';
import { failed, misconfigured, ok, type Fault, type Outcome } from '../fault.js';
import type { ConsoleServices } from './services.js';

/** What the console does to users, for its pages and its API alike. Whatever is changed, an operator is left. */

type Reach = Pick<ConsoleServices, 'users' | 'sessions'>;

/** How somebody comes in: with a password of their own, or, a program, with a token that is made and shown this once. */
export type WayIn = { readonly password: string } | { readonly token: true };

export interface NewUser {
  readonly user: User;
  readonly token: string | null;
}

export async function addUser({ users }: Reach, name: string, role: UserRole, way: WayIn): Promise<Outcome<NewUser>> {
  const trouble = 'password' in way ? passwordTrouble(way.password) : null;
  if (trouble !== null) return failed(trouble);
  const token = 'password' in way ? null : newSecret();
  const user: User = { name, role, ...('password' in way ? { password: await hashPassword(way.password) } : { token: `sha256:${digestOfSecret(token ?? newSecret())}` }) };
  const added = await changeUsers(users.path, (list) => kept(withUser(list, user)));
  if (added.ok) return ok({ user, token });
  return failed(added.fault.code === 'last-operator' ? misconfigured({
    code: 'last-operator', message: 'The first user has to be an operator: from then on the console lets in nobody who is not a user.', hint: 'Give this one the role operator, and add the others after it.',
  }) : added.fault);
}

/** Another role, another password, or both. Either ends the logins under way: what they were made for holds no more. */
export async function changeUser(reach: Reach, name: string, { role, password }: { readonly role?: UserRole | undefined; readonly password?: string | undefined }): Promise<Outcome<User>> {
  const before = await reach.users.all();
  if (!before.ok) return before;
  const trouble = password === undefined ? null : passwordTrouble(password) ?? wayTrouble(before.value.find((user) => user.name === name));
  if (trouble !== null) return failed(trouble);
  const change = { ...(role === undefined ? {} : { role }), ...(password === undefined ? {} : { password: await hashPassword(password) }) };
  const changed = await changeUsers(reach.users.path, (list) => kept(withChanged(list, name, change)));
  if (!changed.ok) return changed;
  await reach.sessions.endOf(name);
  const user = changed.value.find((one) => one.name === name);
  return user === undefined ? failed(unknownUser(name)) : ok(user);
}

/** Nobody comes in by that name any more, and who is in is out. */
export async function removeUser({ users, sessions }: Reach, name: string): Promise<Outcome<string>> {
  const removed = await changeUsers(users.path, (list) => kept(withoutUser(list, name)));
  if (!removed.ok) return removed;
  await sessions.endOf(name);
  return ok(name);
}

/** Ends every login of a user; gives how many there were. */
export async function endLogins({ users, sessions }: Reach, name: string): Promise<Outcome<number>> {
  return (await users.named(name)) === null ? failed(unknownUser(name)) : ok(await sessions.endOf(name));
}

const kept = (change: Outcome<readonly User[]>): Outcome<readonly User[]> => (change.ok ? keepingOperator(change.value) : change);

const wayTrouble = (user: User | undefined): Fault | null => (user?.token === undefined ? null
  : misconfigured({ code: 'user-is-program', message: `${user.name} comes in with a token, not with a password.`, hint: 'Remove it and add it again for a new token.' }));

export const unknownUser = (name: string): Fault => misconfigured({ code: 'no-such-user', message: `There is no user ${name.slice(0, 64)}.`, hint: 'It may have been removed.' });
