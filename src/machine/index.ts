export { debianPackage, hasDebianTools, programEnvironment, type PackageWish, type UnpackedProgram, type UnpackOptions } from './debian-package.js';
export { withLockFile, type LockOptions } from './lock-file.js';
export { isAlive, processIdentity, processIdentitySchema, type ProcessIdentity } from './process-identity.js';
export { run, type CommandResult } from './run.js';
