import type { UserRole } from '../access/index.js';

export { mayAct, USER_ROLES, type UserRole } from '../access/index.js';

/** Whoever asks, once it is known who that is. */
export interface Visitor {
  /** Name of the user, or what stands for one: `local`, `token`. */
  readonly name: string;
  readonly role: UserRole;
  /** How it was told: nobody but this machine can ask; a login; a secret sent with the request. */
  readonly via: 'loopback' | 'session' | 'token';
  /** What a form of this visitor has to bring back; null where no browser sends the credentials by itself. */
  readonly csrf: string | null;
}
