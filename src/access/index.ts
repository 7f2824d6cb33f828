export { mayAct, USER_ROLES, type UserRole } from './role.js';
export { digestOfSecret, newSecret, sameSecret } from './secret.js';
export { checkPassword, hashPassword, PASSWORD_LENGTH } from './password.js';
export { changeUsers, readUsers, withoutUser, withUser, type User } from './users-file.js';
export { UserList } from './user-list.js';
