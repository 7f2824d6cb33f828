import { InvalidArgumentError, type Command } from 'commander';
import { changeUsers, digestOfSecret, hashPassword, newSecret, passwordTrouble, readUsers, USER_ROLES, withoutUser, withUser, type User, type UserRole } from '../access/index.js';
import { misconfigured } from '../fault.js';
import { settingsFor } from './settings.js';
import { table } from './table.js';
import { usersFile } from './users-file.js';

interface AddFlags {
  readonly role: UserRole;
  readonly token?: boolean;
}

export function addUsersCommand(program: Command): void {
  const users = program.command('users')
    .summary('who may use the console')
    .description('Who may log in to the console, and which programs may use its API. While there are none, and no console.token, the console answers only to this machine, and asks nobody who they are. A running service follows at once.');

  users.command('add')
    .description('Adds somebody: asks for the password, or reads it from standard input. viewer looks; editor changes sources too; operator acts on jobs and users as well.')
    .argument('<name>')
    .option('--role <role>', `one of ${USER_ROLES.join(', ')}`, readRole, 'viewer')
    .option('--token', 'a program: makes a token and prints it, this once')
    .addHelpText('after', '\nExamples:\n  dateline users add eva --role editor\n  dateline users add prometheus --token')
    .action(async (name: string, { role, token }: AddFlags, command: Command) => {
      const path = usersFile(await settingsFor(command));
      // Before the password is asked for: nobody types one for nothing.
      const before = await readUsers(path);
      if (!before.ok) throw before.fault;
      const free = withUser(before.value, { name, role });
      if (!free.ok) throw free.fault;
      const secret = token === true ? newSecret() : await password();
      const user: User = { name, role, ...(token === true ? { token: `sha256:${digestOfSecret(secret)}` } : { password: await hashPassword(secret) }) };
      const added = await changeUsers(path, (list) => withUser(list, user));
      if (!added.ok) throw added.fault;
      process.stderr.write(`${name} may come in as ${role} (${path}).\n`);
      if (token === true) process.stdout.write(`${secret}\n`);
    });

  users.command('list')
    .description('Lists them, with role and way in.')
    .addHelpText('after', '\nExample:\n  dateline users list')
    .action(async (_flags: object, command: Command) => {
      const list = await readUsers(usersFile(await settingsFor(command)));
      if (!list.ok) throw list.fault;
      process.stdout.write(list.value.length === 0 ? 'There are no users yet: dateline users add makes one.\n'
        : table(['name', 'role', 'by'], list.value.map((user) => [user.name, user.role, user.token === undefined ? 'password' : 'token'])));
    });

  users.command('remove')
    .description('Removes somebody; their logins end at once.')
    .argument('<name>')
    .addHelpText('after', '\nExample:\n  dateline users remove eva')
    .action(async (name: string, _flags: object, command: Command) => {
      const removed = await changeUsers(usersFile(await settingsFor(command)), (list) => withoutUser(list, name));
      if (!removed.ok) throw removed.fault;
      process.stderr.write(removed.value.length === 0 ? `${name} is removed; there are no users any more.\n` : `${name} is removed.\n`);
    });
}

async function password(): Promise<string> {
  const { askSecret } = await import('./ask-secret.js');
  const first = await askSecret('Password: ');
  const trouble = passwordTrouble(first);
  if (first === null || trouble !== null) throw trouble ?? misconfigured({ code: 'password-length', message: 'No password came.' });
  if (process.stdin.isTTY && (await askSecret('Once more: ')) !== first) throw misconfigured({ code: 'password-differs', message: 'The two are not the same.', hint: 'Try again.' });
  return first;
}

function readRole(text: string): UserRole {
  const role = USER_ROLES.find((name) => name === text);
  if (role !== undefined) return role;
  throw new InvalidArgumentError(`it is one of ${USER_ROLES.join(', ')}.`);
}
