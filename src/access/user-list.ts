import { stat } from 'node:fs/promises';
import type { Outcome } from '../fault.js';
import { digestOfSecret, sameSecret } from './secret.js';
import { readUsers, type User } from './users-file.js';

/** The users as the file has them now: who is removed there is out at the next request. */
export class UserList {
  readonly path: string;
  #mark = '';
  #read: Promise<Outcome<readonly User[]>> | undefined;

  constructor(path: string) {
    this.path = path;
  }

  /** A fault where the file is broken: then nobody is let in, for one cannot know who was meant to. */
  async all(): Promise<Outcome<readonly User[]>> {
    const mark = await stat(this.path).then(({ mtimeMs, size, ino }) => `${mtimeMs}:${size}:${ino}`, () => 'none');
    if (this.#read === undefined || mark !== this.#mark) {
      this.#mark = mark;
      this.#read = readUsers(this.path);
    }
    return this.#read;
  }

  async named(name: string): Promise<User | null> {
    const users = await this.all();
    return users.ok ? users.value.find((user) => user.name === name) ?? null : null;
  }

  /** The program that shows this token. */
  async withToken(secret: string): Promise<User | null> {
    const users = await this.all();
    if (!users.ok) return null;
    const digest = `sha256:${digestOfSecret(secret)}`;
    return users.value.find(({ token }) => token !== undefined && sameSecret(token, digest)) ?? null;
  }
}
