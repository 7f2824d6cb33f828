import { createHmac, randomBytes } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { checkPassword, digestOfSecret, sameSecret, type User, type UserList, type UserRole } from '../../access/index.js';
import { failed, misconfigured, ok, retryLater, type Fault, type Outcome } from '../../fault.js';
import { problemResponse } from '../api/problem.js';
import type { ConsoleEnv } from '../console-env.js';
import type { Visitor } from '../visitor.js';
import { Attempts } from './attempts.js';
import { addressOf, hostName, isForProgram, isLoopback } from './requests.js';
import type { Session, Sessions } from './sessions.js';

export const SESSION_COOKIE = 'dateline_session';
/** A login with the console's token instead of a user's name and password bears this name. */
export const TOKEN_USER = 'token';

export interface DoorkeeperInit {
  readonly users: UserList;
  readonly sessions: Sessions;
  readonly attempts: Attempts;
  /** The console's own token, which lets in as operator. */
  readonly token: string | undefined;
  /** Address that the console listens on. */
  readonly host: string;
  /** Milliseconds that a session may last, for the cookie. */
  readonly lifetimeMs: number;
}

/** The secret of this process that tokens of forms are made with where no session holds one. */
const FORM_SECRET = randomBytes(32);
const LOCAL: Visitor = { name: 'local', role: 'operator', via: 'loopback', csrf: createHmac('sha256', FORM_SECRET).update('loopback').digest('base64url') };

/** Knows who may come in, and in which ways. */
export class Doorkeeper {
  readonly #init: DoorkeeperInit;

  constructor(init: DoorkeeperInit) {
    this.#init = init;
  }

  /**
   * Says who asks: by a token, by the session of a login; or, where there are neither users nor a token and only this machine can
   * reach the console, by that. Then only requests addressed to this machine by name are served, so that a page of another site
   * cannot reach it by pointing its own name here (DNS rebinding).
   */
  readonly identify: MiddlewareHandler<ConsoleEnv> = async (context, next) => {
    const known = await this.#visitor(context);
    if (!known.ok) return this.#refused(context, known.fault);
    if (known.value !== null) context.set('visitor', known.value);
    await next();
    return undefined;
  };

  async #visitor(context: Context<ConsoleEnv>): Promise<Outcome<Visitor | null>> {
    const header = context.req.header('authorization');
    if (header !== undefined) return this.#byToken(header, addressOf(context));
    const id = getCookie(context, SESSION_COOKIE);
    if (id !== undefined) {
      const visitor = await this.#bySession(context, id);
      if (visitor !== null) return ok(visitor);
    }
    const open = await this.#isOpen();
    if (!open.ok || !open.value) return open.ok ? ok(null) : open;
    if (isLoopback(hostName(context.req.header('host') ?? ''))) return ok(LOCAL);
    return failed(misconfigured({ code: 'role-too-low', message: 'This console answers only to localhost.', hint: 'To reach it by another name, add users: dateline users add.' }));
  }

  async #isOpen(): Promise<Outcome<boolean>> {
    const { users, token, host } = this.#init;
    if (token !== undefined || !isLoopback(host)) return ok(false);
    const all = await users.all();
    return all.ok ? ok(all.value.length === 0) : all;
  }

  async #byToken(header: string, address: string): Promise<Outcome<Visitor>> {
    const { attempts } = this.#init;
    const holder = await this.#holderOf(header);
    // The console's token was thought up by a person, so that guesses have to end; those of users are 256 drawn bits.
    const full = holder === null ? await attempts.begin(null, address) : holder.name === TOKEN_USER ? await attempts.look(address) : null;
    if (full !== null) return failed(full);
    return holder === null ? failed(misconfigured({
      code: 'login-needed', message: 'The token is not one of this console.', hint: 'Send Authorization: Bearer with a token; dateline users add --token makes one.',
    })) : ok(holder);
  }

  /** Whose token an Authorization header brings; null where it is nobody's. */
  async #holderOf(header: string): Promise<Visitor | null> {
    const { users, token } = this.#init;
    const secret = /^Bearer +(\S.*)$/i.exec(header)?.[1];
    if (secret === undefined) return null;
    if (token !== undefined && sameSecret(secret, token)) return { name: TOKEN_USER, role: 'operator', via: 'token', csrf: null };
    const user = await users.withToken(secret);
    return user === null ? null : { name: user.name, role: user.role, via: 'token', csrf: null };
  }

  async #bySession(context: Context<ConsoleEnv>, id: string): Promise<Visitor | null> {
    const { sessions } = this.#init;
    const session = await sessions.find(id);
    if (session === null) return null;
    const role = await this.#roleOf(session);
    if (role === null) {
      await sessions.end(session.key);
      return null;
    }
    if (session.renewed !== null) this.#giveCookie(context, session.renewed);
    return { name: session.user, role, via: 'session', csrf: session.csrf };
  }

  /** What the login still gives; null where the password or token that it was made with is not the one of today. */
  async #roleOf({ user: name, stamp }: Session): Promise<UserRole | null> {
    const { users, token } = this.#init;
    // By the stamp, not the name: somebody may be called like the one who brings the console's token.
    if (token !== undefined && name === TOKEN_USER && stamp === stampOf(token)) return 'operator';
    const user = await users.named(name);
    return user?.password !== undefined && stamp === stampOf(user.password) ? user.role : null;
  }

  /** Whether who was let in would be let in now, in the same role; looks only, renews nothing. */
  async stillAdmits(context: Context<ConsoleEnv>, { name, role, via }: Visitor): Promise<boolean> {
    if (via === 'loopback') {
      const open = await this.#isOpen();
      return open.ok && open.value;
    }
    if (via === 'token') {
      const holder = await this.#holderOf(context.req.header('authorization') ?? '');
      return holder?.name === name && holder.role === role;
    }
    const session = await this.#init.sessions.look(getCookie(context, SESSION_COOKIE) ?? '');
    return session !== null && (await this.#roleOf(session)) === role;
  }

  /** A name and a password, or no name and the console's token: begins a session. */
  async login(context: Context<ConsoleEnv>, name: string, secret: string): Promise<Outcome<Pick<Visitor, 'name' | 'role'>>> {
    const { attempts, sessions, users, token } = this.#init;
    const address = addressOf(context);
    const full = await attempts.begin(name === '' ? null : name, address);
    if (full !== null) return failed(full);
    const user = name === '' ? null : await users.named(name);
    const fits = name === '' ? token !== undefined && sameSecret(secret, token) : await checkPassword(secret, personsHash(user));
    if (fits === null) return failed(retryLater({ code: 'too-many-attempts', message: 'Too many are logging in at once.', hint: 'Try again in a moment.', retryAfterMs: 2_000 }));
    if (!fits) return failed(misconfigured({ code: 'login-wrong', message: 'This name and password do not fit.' }));
    await attempts.succeeded(name === '' ? null : name, address);
    // A session that was there before the login is not gone on with: its id may be known to somebody else.
    const before = getCookie(context, SESSION_COOKIE);
    if (before !== undefined) await sessions.endById(before);
    const who = user === null ? { name: TOKEN_USER, role: 'operator' as const } : { name: user.name, role: user.role };
    this.#giveCookie(context, await sessions.begin(who.name, { address, agent: context.req.header('user-agent') ?? '', stamp: stampOf(personsHash(user) ?? secret) }));
    return ok(who);
  }

  async logout(context: Context<ConsoleEnv>): Promise<void> {
    const id = getCookie(context, SESSION_COOKIE);
    if (id !== undefined) await this.#init.sessions.endById(id);
    deleteCookie(context, SESSION_COOKIE, { path: '/' });
  }

  #giveCookie(context: Context<ConsoleEnv>, id: string): void {
    const secure = new URL(context.req.url).protocol === 'https:' || context.req.header('x-forwarded-proto') === 'https';
    setCookie(context, SESSION_COOKIE, id, { httpOnly: true, sameSite: 'Lax', path: '/', secure, maxAge: Math.floor(this.#init.lifetimeMs / 1_000) });
  }

  #refused(context: Context, fault: Fault): Response {
    const problem = problemResponse(fault);
    if (fault.code === 'login-needed') problem.headers.set('WWW-Authenticate', 'Bearer realm="Dateline"');
    if (isForProgram(context.req.path)) return problem;
    problem.headers.set('Content-Type', 'text/plain; charset=utf-8');
    return new Response(`${fault.message} ${fault.hint ?? ''}\n`, problem);
  }
}

/** Says what a login was made with: a user who was given another password, or taken away and added again, is to log in again. */
const stampOf = digestOfSecret;

const personsHash = (user: User | null): string | null => user?.password ?? null;
