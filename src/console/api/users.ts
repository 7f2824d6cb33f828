import { z } from 'zod';
import { USER_ROLES, type User } from '../../access/index.js';
import { ok } from '../../fault.js';
import type { Area } from '../area.js';
import { addUser, changeUser, endLogins, removeUser } from '../user-changes.js';
import { apiRoute } from './route.js';

const name = z.string().min(1).max(64);
const role = z.enum(USER_ROLES);
const shown = z.strictObject({ name: z.string(), role, by: z.enum(['password', 'token', 'nothing']).describe('How they come in') });
const params = z.strictObject({ name });

const shownOf = ({ name, role, password, token }: User): z.input<typeof shown> => ({ name, role, by: password !== undefined ? 'password' : token === undefined ? 'nothing' : 'token' });

/** Who may come in. An operator is always left; hashes are never given. */
export const usersApi: Area = {
  pages: [],
  api: [
    apiRoute({
      method: 'get', path: '/users', access: 'operator', summary: 'Who may come in', answer: z.strictObject({ items: z.array(shown) }),
      async handle(_, { services }) {
        const users = await services.users.all();
        return users.ok ? ok({ items: users.value.map(shownOf) }) : users;
      },
    }),
    apiRoute({
      method: 'post', path: '/users', access: 'operator', action: 'user.add', status: 201, summary: 'Lets somebody in: a person with a password, or a program with a token that is shown this once',
      description: 'Without users and from this machine nobody is asked who they are; the first user ends that, and has to be an operator.',
      body: z.strictObject({ name, role, password: z.string().max(1_000).optional().describe('Without one it is a program, and the answer holds its token') }),
      answer: z.strictObject({ ...shown.shape, token: z.string().nullable().describe('To be sent as Authorization: Bearer; it is kept nowhere') }),
      async handle({ body }, { services, note }) {
        note(body.name);
        const added = await addUser(services, body.name, body.role, body.password === undefined ? { token: true } : { password: body.password });
        return added.ok ? ok({ ...shownOf(added.value.user), token: added.value.token }) : added;
      },
    }),
    apiRoute({
      method: 'patch', path: '/users/:name', access: 'operator', action: 'user.change', summary: 'Gives another role, another password, or both; the logins under way end', params,
      body: z.strictObject({ role: role.optional(), password: z.string().max(1_000).optional() }), answer: shown,
      async handle({ params, body }, { services, note }) {
        note(`${params.name}: ${Object.keys(body).join(', ')}`);
        const changed = await changeUser(services, params.name, body);
        return changed.ok ? ok(shownOf(changed.value)) : changed;
      },
    }),
    apiRoute({
      method: 'delete', path: '/users/:name', access: 'operator', action: 'user.remove', summary: 'Lets somebody in no more; their logins end', params, answer: z.strictObject({ removed: z.string() }),
      async handle({ params }, { services, note }) {
        note(params.name);
        const removed = await removeUser(services, params.name);
        return removed.ok ? ok({ removed: removed.value }) : removed;
      },
    }),
    apiRoute({
      method: 'delete', path: '/users/:name/sessions', access: 'operator', action: 'sessions.end', summary: 'Ends every login of a user', params, answer: z.strictObject({ ended: z.int() }),
      async handle({ params }, { services, note }) {
        note(params.name);
        const ended = await endLogins(services, params.name);
        return ended.ok ? ok({ ended: ended.value }) : ended;
      },
    }),
  ],
};
