import { PASSWORD_LENGTH, USER_ROLES, type User, type UserRole } from '../../access/index.js';
import { failed, giveUp, ok, type Fault, type Outcome } from '../../fault.js';
import type { Session } from '../access/sessions.js';
import type { Area, Changed, FormRequest, Page, PageRequest } from '../area.js';
import { button, counted, csrfField, faultNote, field, foreign, html, nothing, number, select, table, time, type Html } from '../markup/index.js';
import { faultPage } from '../show-page.js';
import { addUser, changeUser, endLogins, removeUser, unknownUser } from '../user-changes.js';

const ROLES: Readonly<Record<UserRole, string>> = { viewer: 'viewer: looks', editor: 'editor: changes sources too', operator: 'operator: acts on jobs and users as well' };
const roleOptions = USER_ROLES.map((role) => [role, ROLES[role]] as const);

/** Who may come in, and as what. */
export const users: Area = {
  nav: { label: 'Users', path: '/users' },
  pages: [
    { method: 'get', path: '/users', access: 'operator', handle: listPage },
    { method: 'post', path: '/users', access: 'operator', action: 'user.add', handle: takeAdded },
    { method: 'get', path: '/users/:name', access: 'operator', handle: userPage },
    { method: 'post', path: '/users/:name/role', access: 'operator', action: 'user.change', handle: takeRole },
    { method: 'post', path: '/users/:name/password', access: 'operator', action: 'user.change', handle: takePassword },
    { method: 'post', path: '/users/:name/logout', access: 'operator', action: 'sessions.end', handle: takeLogout },
    { method: 'post', path: '/users/:name/remove', access: 'operator', action: 'user.remove', handle: takeRemoval },
  ],
};

const pathOf = (name: string): string => `/users/${encodeURIComponent(name)}`;
const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};
const roleOf = (form: FormData): UserRole | undefined => USER_ROLES.find((role) => role === textOf(form, 'role'));

async function listPage(request: PageRequest): Promise<Page> {
  return list(request, { name: '', role: 'viewer' });
}

interface Wished {
  readonly name: string;
  readonly role: UserRole;
}

async function list({ services: { users, sessions }, visitor }: PageRequest, wished: Wished, fault?: Fault): Promise<Page> {
  const [all, logins] = await Promise.all([users.all(), sessions.list()]);
  if (!all.ok) return faultPage(all.fault, 422);
  const first = all.value.length === 0;
  return {
    title: 'Users',
    lead: first ? 'Nobody is asked who they are, for only this machine can reach the console. With the first user that ends.' : `${counted(all.value.length, 'user')} may come in.`,
    ...(fault === undefined ? {} : { status: 422 as const }),
    body: html`${fault === undefined ? nothing : faultNote(fault)}${table({
      caption: 'Users', rows: all.value, empty: 'There are no users yet.',
      columns: [
        { label: 'Name', cell: ({ name }: User) => html`<a href="${pathOf(name)}">${foreign(name)}</a>${name === visitor.name ? html` <small class="faint">you</small>` : nothing}` },
        { label: 'Role', cell: ({ role }) => role },
        { label: 'Comes in by', cell: wayOf },
        { label: 'Logins', kind: 'figure', cell: ({ name }) => number(logins.filter(({ user }) => user === name).length) },
      ],
    })}
    <form method="post" action="/users" class="sheet"><h2>Add somebody</h2>${csrfField(visitor)}
      ${field({ name: 'name', label: 'Name', value: wished.name, required: true, autocomplete: 'off', hint: 'Letters, digits, . _ @ + -' })}
      ${select({ name: 'role', label: 'Role', value: first ? 'operator' : wished.role, options: roleOptions })}
      ${field({ name: 'password', label: 'Password', type: 'password', autocomplete: 'new-password', hint: `${PASSWORD_LENGTH.min} characters or more: several words in a row are easy to keep and hard to guess.` })}
      <p><label><input type="checkbox" name="program" value="yes"> It is a program: make it a token instead of a password</label></p>
      <button class="primary">Add</button></form>`,
  };
}

const wayOf = ({ password, token }: User): string => (password !== undefined ? 'password' : token === undefined ? 'nothing yet' : 'token');

async function takeAdded(request: FormRequest): Promise<Outcome<Changed> | Page> {
  const { form, services } = request;
  const [name, role, program] = [textOf(form, 'name').trim(), roleOf(form), textOf(form, 'program') === 'yes'];
  if (role === undefined) return list(request, { name, role: 'viewer' }, noRole);
  const added = await addUser(services, name, role, program ? { token: true } : { password: textOf(form, 'password') });
  if (!added.ok) return list(request, { name, role }, added.fault);
  const { token } = added.value;
  const done = { to: '/users', say: `${name} may come in as ${role}.`, target: `${name}: ${role}` };
  return ok(token === null ? done : { ...done, show: tokenPage(name, role, token) });
}

const noRole = giveUp({ code: 'no-role', message: 'No role is chosen.', hint: `One of ${USER_ROLES.join(', ')}.` });

const tokenPage = (name: string, role: UserRole, token: string): Page => ({
  title: 'Its token', lead: html`${foreign(name)} may come in as ${role}.`,
  body: html`<div class="note watch"><p>It is shown this once and kept nowhere. The program sends it as <code>Authorization: Bearer …</code></p><p><code class="token">${token}</code></p></div>
    <p><a class="button" href="/users">Back to the users</a></p>`,
});

async function userPage(request: PageRequest): Promise<Page> {
  return one(request);
}

async function one({ params, services: { users, sessions }, visitor, now }: PageRequest, fault?: Fault): Promise<Page> {
  const name = params['name'] ?? '';
  const [user, logins] = await Promise.all([users.named(name), sessions.list()]);
  if (user === null) return faultPage(fault ?? unknownUser(name), 404);
  const theirs = logins.filter((session) => session.user === name);
  const path = pathOf(name);
  return {
    title: 'User', lead: html`${foreign(name)}: ${user.role}${name === visitor.name ? ', and that is you' : ''}; comes in by ${wayOf(user)}.`,
    ...(fault === undefined ? {} : { status: 422 as const }),
    body: html`${fault === undefined ? nothing : faultNote(fault)}
    <form method="post" action="${path}/role" class="sheet"><h2>Role</h2>${csrfField(visitor)}${select({ name: 'role', label: 'May', value: user.role, options: roleOptions })}<p class="faint">Every login under way ends.</p><button class="primary">Give this role</button></form>
    ${user.token === undefined ? html`<form method="post" action="${path}/password" class="sheet"><h2>Password</h2>${csrfField(visitor)}
      ${field({ name: 'password', label: 'New password', type: 'password', required: true, autocomplete: 'new-password', hint: 'Every login under way ends.' })}<button class="primary">Give this password</button></form>` : nothing}
    <section><h2>Logins</h2>${loginTable(theirs, now)}
      ${theirs.length === 0 ? nothing : button({ action: `${path}/logout`, label: theirs.length === 1 ? 'End this login' : `End all ${counted(theirs.length, 'login')}`, visitor })}</section>
    <p class="actions">${button({ action: `${path}/remove`, label: 'Remove this user', visitor, kind: 'danger', confirm: `Remove ${name}?` })} <a href="/users">All users</a></p>`,
  };
}

const loginTable = (logins: readonly Session[], now: Date): Html => table({
  caption: 'Logins under way', rows: logins, empty: 'None under way.',
  columns: [
    { label: 'Since', cell: ({ since }: Session) => time(since, now) },
    { label: 'Last seen', cell: ({ seen }) => time(seen, now) },
    { label: 'From', cell: ({ address }) => foreign(address) },
    { label: 'With', cell: ({ agent }) => foreign(agent, 80) },
  ],
});

async function takeRole(request: FormRequest): Promise<Outcome<Changed> | Page> {
  const name = request.params['name'] ?? '';
  const role = roleOf(request.form);
  if (role === undefined) return one(request, noRole);
  const changed = await changeUser(request.services, name, { role });
  return changed.ok ? ok({ to: pathOf(name), say: `${name} is ${role} now; logins begun before have ended.`, target: `${name}: ${role}` }) : failed(changed.fault);
}

async function takePassword(request: FormRequest): Promise<Outcome<Changed> | Page> {
  const name = request.params['name'] ?? '';
  const changed = await changeUser(request.services, name, { password: textOf(request.form, 'password') });
  if (!changed.ok) return changed.fault.code === 'password-length' ? one(request, changed.fault) : failed(changed.fault);
  return ok({ to: pathOf(name), say: `${name} has a new password; logins begun before have ended.`, target: `${name}: password` });
}

async function takeLogout({ params, services }: FormRequest): Promise<Outcome<Changed>> {
  const name = params['name'] ?? '';
  const ended = await endLogins(services, name);
  return ended.ok ? ok({ to: pathOf(name), say: `${counted(ended.value, 'login')} of ${name} ended.`, target: name }) : ended;
}

async function takeRemoval({ params, services }: FormRequest): Promise<Outcome<Changed>> {
  const name = params['name'] ?? '';
  const removed = await removeUser(services, name);
  return removed.ok ? ok({ to: '/users', say: `${name} is removed.`, target: name }) : removed;
}
