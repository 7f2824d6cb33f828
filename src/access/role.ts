/** Each may do all that the one before may: look; change sources and saved fixtures; act on jobs, quarantine and users. */
export const USER_ROLES = ['viewer', 'editor', 'operator'] as const;
export type UserRole = (typeof USER_ROLES)[number];

export const mayAct = (role: UserRole, needed: UserRole): boolean => USER_ROLES.indexOf(role) >= USER_ROLES.indexOf(needed);
