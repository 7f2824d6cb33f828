import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { failed, ok, retryLater, type Fault, type Outcome } from '../fault.js';
import type { RedisKeys } from '../queue/index.js';
import { SINK_BUSY, type Sink, type SinkBatch, type SinkStory } from './contract.js';
import { FileSeals, sealedFile, type SealedFile } from './file-seal.js';
import { cutTornLineOf, fileNames, LineFile, linesFrom, newestFirst, sizeOf, wholeLength } from './ndjson-file.js';
import { NDJSON } from './plan.js';
import { holderOf, WriterSlot } from './writer-slot.js';

export interface NdjsonOptions {
  readonly dir: string;
  /** Bytes after which a new file is begun. */
  readonly rotateSize: number;
  /** Milliseconds after which a new file is begun; days begin at midnight UTC. */
  readonly rotateAge: number;
}

const NAME = NDJSON;
const DAY_MS = 86_400_000;
const SYNC_MS = 1_000;
const LOOK_MS = 1_000;
const SEAL_TRIES = 60;

/** Name of the file for a moment, a writer and a part: `2026-11-23.ndjson`, `2026-11-23.w1.2.ndjson`. */
export function fileName(now: number, rotateAge: number, slot: number, part: number): string {
  const begun = new Date(Math.floor(now / rotateAge) * rotateAge).toISOString();
  const period = rotateAge % DAY_MS === 0 ? begun.slice(0, 10) : begun.slice(0, 19).replaceAll(':', '');
  return `${period}${slot === 0 ? '' : `.w${slot}`}${part === 1 ? '' : `.${part}`}.ndjson`;
}

/** Where lines of a delivery may stand: in this file, from this byte on, written by the holder of this slot. */
interface Place {
  readonly slot: number;
  readonly token: string;
  readonly path: string;
  readonly offset: number;
  /** Of the file that had the path then. */
  readonly inode: string;
}

/** File names by the slot of their writer. */
function filesBySlot(names: readonly string[]): ReadonlyMap<number, string[]> {
  const bySlot = new Map<number, string[]>();
  for (const name of names) {
    const number = Number(/^[\dT-]+\.w(\d+)\./.exec(name)?.[1] ?? 0);
    bySlot.set(number, [...(bySlot.get(number) ?? []), name]);
  }
  return bySlot;
}

interface Ready {
  readonly file: LineFile;
  readonly slot: WriterSlot;
  readonly place: Place;
}

/** Marks made by earlier releases do not name the inode. */
const marked = z.array(z.union([z.tuple([z.int(), z.string(), z.string(), z.int(), z.string()]), z.tuple([z.int(), z.string(), z.string(), z.int()])]));
/** A mark lists every place that a delivery was begun at: an attempt that dies after another must not hide what the first one wrote. */
const encodeMark = (places: readonly Place[]): string => JSON.stringify(places.map(({ slot, token, path, offset, inode }) => [slot, token, path, offset, inode]));
const decodeMark = (text: string): Place[] => marked.parse(JSON.parse(text)).map(([slot, token, path, offset, inode = '']) => ({ slot, token, path, offset, inode }));

/**
 * Story records in files, one JSON object a line, each id and version once.
 *
 * Each process appends to files of its own; one goes on with a file of another only when that one left it in good order. Before a
 * line is written, the file and its length are on record (the mark); after a crash the next attempt, in whatever process, looks
 * there from that place on and writes only what is missing. It first sets down how much of that file counts (the seal), so that a
 * writer that was stopped and wakes takes back what it writes too late: for that moment a reader may see a line twice.
 */
export class NdjsonSink implements Sink {
  readonly name = NAME;
  readonly where: string;
  readonly #redis: Redis;
  readonly #keys: RedisKeys;
  readonly #seals: FileSeals;
  readonly #options: NdjsonOptions;
  readonly #timer: NodeJS.Timeout;
  readonly #underWay = new Map<string, Promise<unknown>>();
  #slot: WriterSlot | null = null;
  #file: LineFile | null = null;
  #lookedAt = -Infinity;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(redis: Redis, keys: RedisKeys, options: NdjsonOptions) {
    this.#redis = redis;
    this.#keys = keys;
    this.#seals = new FileSeals(redis, keys, NAME);
    this.#options = options;
    this.where = join(options.dir, '*.ndjson');
    this.#timer = setInterval(() => void this.#file?.sync().catch(() => undefined), SYNC_MS);
    this.#timer.unref();
  }

  async begin(): Promise<Outcome<string>> {
    const ready = await this.#inTurn(() => this.#ready());
    return ready.ok ? ok(encodeMark([ready.value.place])) : ready;
  }

  async deliver(batch: SinkBatch): Promise<Outcome<void>> {
    // A job that lost its lock may run here a second time while the first is still writing.
    while (this.#underWay.has(batch.key)) await this.#underWay.get(batch.key);
    const delivery = this.#deliver(batch).finally(() => this.#underWay.delete(batch.key));
    this.#underWay.set(batch.key, delivery);
    return delivery;
  }

  async #deliver(batch: SinkBatch): Promise<Outcome<void>> {
    const places = decodeMark(batch.mark);
    let missing = batch.stories;
    if (batch.again) {
      const ends = await this.#endsOf(places);
      if (ends === null) return failed(busy('another process is writing these stories'));
      for (const { place, end } of ends) missing = await storiesMissing(place, end, missing);
      if (missing.length === 0) return ok(undefined);
    }
    const begun = await this.#inTurn(async () => {
      const ready = await this.#ready();
      if (!ready.ok) return ready;
      const { file, slot, place } = ready.value;
      const known = places.some(({ path, token, inode }) => path === file.path && token === slot.token && inode === file.inode);
      // An attempt that put its own place down meanwhile has looked in ours, and will not look in the new one.
      if (!known && !(await batch.remark(encodeMark([...places, place])))) return failed(busy('another attempt has these stories'));
      if (!slot.held) return failed(busy('the lease on the file ran out'));
      // Only begun within the turn, so that lines of many batches go out together.
      return ok({ written: file.append(missing.map(({ json }) => json)) });
    });
    return begun.ok ? begun.value.written : begun;
  }

  /** The part of each place that counts; null while another process may write there. */
  async #endsOf(places: readonly Place[]): Promise<readonly { readonly place: Place; readonly end: number }[] | null> {
    const own = this.#slot?.token;
    const holders: ('own' | 'lost' | 'dead')[] = [];
    for (const { token, slot } of places) {
      const holder = token === own ? 'own' : await holderOf(this.#redis, this.#keys, NAME, slot, token);
      if (holder === 'holds') return null;
      holders.push(holder);
    }
    return Promise.all(places.map(async (place, at) => {
      if (holders[at] === 'own' || place.inode === '') return { place, end: Infinity };
      if (holders[at] === 'dead') return { place, end: await this.#seals.lengthOf(place, place.token) };
      const there = (await sealedFile(place.path))?.inode === place.inode;
      return { place, end: await this.#seals.seal(place, place.token, there ? await wholeLength(place.path) : null) };
    }));
  }

  /** The open file: taken, repaired, rotated as need be. */
  async #ready(): Promise<Outcome<Ready>> {
    const taken = this.#slot?.held !== true;
    if (this.#slot?.held !== true) {
      await this.#leaveFile();
      await this.#slot?.release();
      this.#slot = await WriterSlot.take(this.#redis, this.#keys, NAME);
      await this.#repair(this.#slot);
    }
    const slot = this.#slot;
    if (this.#file !== null && (await this.#isOver(this.#file, slot))) await this.#leaveFile();
    if (this.#file === null) {
      const opened = await this.#openFile(slot, taken);
      if (!opened.ok) return opened;
      this.#file = opened.value;
    }
    const file = this.#file;
    return ok({ file, slot, place: { slot: slot.number, token: slot.token, path: file.path, offset: file.size, inode: file.inode } });
  }

  /** Cuts the torn lines that dead writers left: in the files of the slot just taken, and of those that nobody holds. */
  async #repair(own: WriterSlot): Promise<void> {
    const { dir } = this.#options;
    const bySlot = filesBySlot(await fileNames(dir));
    for (const [number, names] of bySlot) {
      const slot = number === own.number ? own : await WriterSlot.tryTake(this.#redis, this.#keys, NAME, number);
      if (slot === null) continue;
      // A writer writes one file at a time, so that only its last one can be torn.
      const [last] = await newestFirst(names.map((name) => join(dir, name)));
      if (last !== undefined) await cutTornLineOf(last);
      for (const name of names) await this.#seals.cut(join(dir, name));
      if (slot !== own) await slot.release();
    }
  }

  #path(slot: WriterSlot, part: number): string {
    const { dir, rotateAge } = this.#options;
    return join(dir, fileName(Date.now(), rotateAge, slot.number, part));
  }

  /** Full, of another day, or taken away from under us (a person's `mv`), which is looked for once a second. */
  async #isOver(file: LineFile, slot: WriterSlot): Promise<boolean> {
    if (file.sealed) return true;
    const now = performance.now();
    if (now - this.#lookedAt < LOOK_MS) return file.size >= this.#options.rotateSize;
    this.#lookedAt = now;
    const stem = this.#path(slot, 1).replace(/\.ndjson$/, '.');
    return file.size >= this.#options.rotateSize || !file.path.startsWith(stem) || (await sizeOf(file.path)) === null;
  }

  /** The file that the slot's last holder left in good order, when it is still to be written; else a new part. */
  async #openFile(slot: WriterSlot, taken: boolean): Promise<Outcome<LineFile>> {
    const { rotateSize } = this.#options;
    const writer = { held: () => slot.held, seal: (file: SealedFile, length: number) => this.#seal(file, slot, length) };
    const part = await this.#lastPart(slot);
    const last = part === 0 ? null : await sealedFile(this.#path(slot, part));
    const left = taken ? await this.#seals.takeLeft(slot.number) : null;
    if (last !== null && left === `${last.inode}:${basename(last.path)}`) {
      const size = await sizeOf(last.path);
      if (size !== null && size < rotateSize) {
        const opened = await LineFile.open(last.path, false, writer);
        if (!opened.ok) return opened;
        if (opened.value?.inode === last.inode) return ok(opened.value);
        await opened.value?.close();
      }
    }
    for (let next = part + 1; ; next += 1) {
      const path = this.#path(slot, next);
      const opened = await LineFile.open(path, true, writer);
      if (!opened.ok) return opened;
      if (opened.value === null) continue;
      await this.#seals.forget(opened.value);
      return ok(opened.value);
    }
  }
  async #lastPart(slot: WriterSlot): Promise<number> {
    const stem = basename(this.#path(slot, 1), '.ndjson');
    const parts = (await fileNames(this.#options.dir)).map((name) => {
      if (name === `${stem}.ndjson`) return 1;
      return name.startsWith(`${stem}.`) ? Number(/^\d+(?=\.ndjson$)/.exec(name.slice(stem.length + 1))?.[0] ?? 0) : 0;
    });
    return Math.max(0, ...parts);
  }

  /** What was written too late counts or not by what is in Redis, so that this waits for it. */
  async #seal(file: SealedFile, { token }: WriterSlot, length: number): Promise<number> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#seals.seal(file, token, length);
      } catch (error) {
        // Left as it is for so long, the next that takes a slot cuts it.
        if (tries === SEAL_TRIES) throw error;
        await pause(SYNC_MS);
      }
    }
  }

  async #leaveFile(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    await file?.close();
  }

  async check(): Promise<Outcome<string>> {
    const ready = await this.begin();
    return ready.ok ? ok('the folder can be written') : ready;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#turn;
    const file = this.#file;
    await this.#leaveFile();
    // A file that is left in good order can be gone on with: a start is no reason for a new one.
    if (file !== null && !file.sealed && this.#slot?.held === true) await this.#seals.leave(file, this.#slot).catch(() => undefined);
    await this.#slot?.release();
  }
}

const busy = (message: string): Fault => retryLater({ code: SINK_BUSY, message, retryAfterMs: SYNC_MS });

/** The stories that are not in a file from a place on to an end; the file lies on this machine or is lost to us. */
async function storiesMissing({ path, offset }: Place, end: number, stories: readonly SinkStory[]): Promise<readonly SinkStory[]> {
  if ((await sizeOf(path)) === null) return stories;
  const wanted = new Set(stories.map(({ json }) => json));
  for await (const line of linesFrom(path, offset, end)) wanted.delete(line);
  return stories.filter(({ json }) => wanted.has(json));
}
