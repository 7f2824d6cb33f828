export { mayAct, USER_ROLES, type UserRole } from './role.js';
export { digestOfSecret, newSecret, sameSecret } from './secret.js';
export { checkPassword, hashPassword, PASSWORD_LENGTH, passwordTrouble } from './password.js';
export { changeUsers, keepingOperator, readUsers, withChanged, withoutUser, withUser, type User } from './users-file.js';
export { UserList } from './user-list.js';
