import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Redis } from 'ioredis';
import type { RedisKeys } from '../queue/index.js';
import { RedisScript } from '../redis-script.js';

/** Longer than a process is stopped. */
const KEPT_MS = 7 * 86_400_000;
/** The writer left in good order: all that it wrote counts. */
const LEFT = -1;
/** The file cannot be seen from here: nothing of it counts that was not booked. */
const GONE = -2;

/** A file as it lies on the disk: its name alone may be given again. */
export interface SealedFile {
  readonly path: string;
  readonly inode: string;
}

/** The first length set down for a writer stays. */
const SEAL = new RedisScript(`
redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return tonumber(redis.call('HGET', KEYS[1], ARGV[1]))
`);

/** Gives the slot back with the file, for the next holder to go on with; not when another has taken the slot. */
const LEAVE = new RedisScript(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('HSETNX', KEYS[2], ARGV[1], ARGV[2])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
redis.call('SET', KEYS[3], ARGV[4], 'PX', ARGV[3])
redis.call('DEL', KEYS[1])
return 1
`);

/**
 * How much of a file counts as its writer's, once the writer's lease ran out: the first to ask sets the length down, be it another
 * process that looks for lines there, or the writer itself. A process that is stopped between "is it mine still?" and the kernel's
 * write writes when it wakes, which nothing can keep it from; it asks here after the write, and takes back what lies behind the
 * seal. Should it be killed before, whoever next takes a slot does so.
 */
export class FileSeals {
  readonly #redis: Redis;
  readonly #keys: RedisKeys;
  readonly #sink: string;

  constructor(redis: Redis, keys: RedisKeys, sink: string) {
    this.#redis = redis;
    this.#keys = keys;
    this.#sink = sink;
  }

  #key({ path, inode }: SealedFile): string {
    return this.#keys.sink(this.#sink, `seal:${inode}:${basename(path)}`);
  }

  #left(slot: number): string {
    return this.#keys.sink(this.#sink, `left:${slot}`);
  }

  /** Sets a length down unless there is one. Gives the one that holds; Infinity for a writer that left in good order. */
  async seal(file: SealedFile, token: string, length: number | null): Promise<number> {
    const held = Number(await SEAL.run(this.#redis, [this.#key(file)], [token, length ?? GONE, KEPT_MS]));
    return held === LEFT ? Infinity : Math.max(0, held);
  }

  /** The length that holds for a writer; Infinity where there is none. */
  async lengthOf(file: SealedFile, token: string): Promise<number> {
    const held = await this.#redis.hget(this.#key(file), token);
    return held === null || Number(held) === LEFT ? Infinity : Math.max(0, Number(held));
  }

  /** A file just made is nobody's yet, though one that had its name and its place on the disk may have been sealed. */
  async forget(file: SealedFile): Promise<void> {
    await this.#redis.del(this.#key(file));
  }

  async leave(file: SealedFile, slot: { readonly number: number; readonly key: string; readonly token: string }): Promise<void> {
    await LEAVE.run(this.#redis, [slot.key, this.#key(file), this.#left(slot.number)], [slot.token, LEFT, KEPT_MS, `${file.inode}:${basename(file.path)}`]);
  }

  /** The file that the last holder of a slot left in good order, by its inode and name; told once. */
  async takeLeft(slot: number): Promise<string | null> {
    const [[, left] = [null, null]] = (await this.#redis.multi().get(this.#left(slot)).del(this.#left(slot)).exec()) ?? [];
    return typeof left === 'string' ? left : null;
  }

  /** Cuts what a writer wrote behind its seal and was killed before it took back. */
  async cut(path: string): Promise<void> {
    const file = await sealedFile(path);
    if (file === null) return;
    const lengths = Object.values(await this.#redis.hgetall(this.#key(file))).map(Number).filter((length) => length >= 0);
    if (lengths.length === 0) return;
    const handle = await open(path, 'r+').catch(() => null);
    try {
      const length = Math.min(...lengths);
      if (handle !== null && (await handle.stat()).size > length) await handle.truncate(length);
    } finally {
      await handle?.close();
    }
  }
}

export const sealedFile = (path: string): Promise<SealedFile | null> =>
  stat(path, { bigint: true }).then(({ ino }) => ({ path, inode: String(ino) }), () => null);
