/** Each may do all that the one before may: look; change sources and saved fixtures; act on jobs, quarantine and users. */
export const USER_ROLES = ['viewer', 'editor', 'operator'] as const;
export type UserRole = (typeof USER_ROLES)[number];

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

export const mayAct = (role: UserRole, needed: UserRole): boolean => USER_ROLES.indexOf(role) >= USER_ROLES.indexOf(needed);
