import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { failed, ok, retryLater, type Outcome } from '../fault.js';
import type { RedisKeys } from '../queue/index.js';
import { SINK_BUSY, type Sink, type SinkBatch, type SinkStory } from './contract.js';
import { cutTornLineOf, fileNames, LineFile, linesFrom, newestFirst, sizeOf } from './ndjson-file.js';
import { NDJSON } from './plan.js';
import { isHolder, WriterSlot } from './writer-slot.js';

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

const marked = z.array(z.tuple([z.int(), z.string(), z.string(), z.int()]));
/** A mark lists every place that a delivery was begun at: an attempt that dies after another must not hide what the first one wrote. */
const encodeMark = (places: readonly Place[]): string => JSON.stringify(places.map(({ slot, token, path, offset }) => [slot, token, path, offset]));
const decodeMark = (text: string): Place[] => marked.parse(JSON.parse(text)).map(([slot, token, path, offset]) => ({ slot, token, path, offset }));

/**
 * Story records in files, one JSON object a line, each id and version once.
 *
 * Each process appends to files of its own. Before a line is written, the file and its length are on record (the mark); after a
 * crash the next attempt, in whatever process, looks there from that place on and writes only what is missing.
 */
export class NdjsonSink implements Sink {
  readonly name = NAME;
  readonly where: string;
  readonly #redis: Redis;
  readonly #keys: RedisKeys;
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
      for (const { token, slot } of places) {
        if (token !== this.#slot?.token && (await isHolder(this.#redis, this.#keys, NAME, slot, token))) {
          return failed(retryLater({ code: SINK_BUSY, message: 'another process is writing these stories', retryAfterMs: SYNC_MS }));
        }
      }
      for (const place of places) missing = await storiesMissing(place, missing);
      if (missing.length === 0) return ok(undefined);
    }
    const begun = await this.#inTurn(async () => {
      const ready = await this.#ready();
      if (!ready.ok) return ready;
      const { file, slot, place } = ready.value;
      if (!places.some(({ path, token }) => path === file.path && token === slot.token)) await batch.remark(encodeMark([...places, place]));
      if (!slot.held) return failed(retryLater({ code: SINK_BUSY, message: 'the lease on the file ran out', retryAfterMs: SYNC_MS }));
      // Only begun within the turn, so that lines of many batches go out together.
      return ok({ written: file.append(missing.map(({ json }) => json)) });
    });
    return begun.ok ? begun.value.written : begun;
  }

  /** The open file: taken, repaired, rotated as need be. */
  async #ready(): Promise<Outcome<Ready>> {
    if (this.#slot?.held !== true) {
      await this.#leaveFile();
      await this.#slot?.release();
      this.#slot = await WriterSlot.take(this.#redis, this.#keys, NAME);
      await this.#repair(this.#slot);
    }
    const slot = this.#slot;
    if (this.#file !== null && (await this.#isOver(this.#file, slot))) await this.#leaveFile();
    if (this.#file === null) {
      const opened = await this.#openFile(slot);
      if (!opened.ok) return opened;
      this.#file = opened.value;
    }
    const file = this.#file;
    return ok({ file, slot, place: { slot: slot.number, token: slot.token, path: file.path, offset: file.size } });
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
      if (slot !== own) await slot.release();
    }
  }

  #path(slot: WriterSlot, part: number): string {
    const { dir, rotateAge } = this.#options;
    return join(dir, fileName(Date.now(), rotateAge, slot.number, part));
  }

  /** Full, of another day, or taken away from under us (a person's `mv`), which is looked for once a second. */
  async #isOver(file: LineFile, slot: WriterSlot): Promise<boolean> {
    const now = performance.now();
    if (now - this.#lookedAt < LOOK_MS) return file.size >= this.#options.rotateSize;
    this.#lookedAt = now;
    const stem = this.#path(slot, 1).replace(/\.ndjson$/, '.');
    return file.size >= this.#options.rotateSize || !file.path.startsWith(stem) || (await sizeOf(file.path)) === null;
  }

  async #openFile(slot: WriterSlot): Promise<Outcome<LineFile>> {
    let part = 1;
    for (let size = await sizeOf(this.#path(slot, part)); size !== null && size >= this.#options.rotateSize; size = await sizeOf(this.#path(slot, part))) {
      part += 1;
    }
    return LineFile.open(this.#path(slot, part), () => slot.held);
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
    await this.#leaveFile();
    await this.#slot?.release();
  }
}

/** The stories that are not in a file from a place on; the file lies on this machine or is lost to us. */
async function storiesMissing({ path, offset }: Place, stories: readonly SinkStory[]): Promise<readonly SinkStory[]> {
  if ((await sizeOf(path)) === null) return stories;
  const wanted = new Set(stories.map(({ json }) => json));
  for await (const line of linesFrom(path, offset)) wanted.delete(line);
  return stories.filter(({ json }) => wanted.has(json));
}
