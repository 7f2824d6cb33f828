import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Redis } from 'ioredis';
import type { Fault, Outcome } from '../fault.js';
import {
  beginSegment, abandonSegment, bytesAt, closeSegment, inSpillTurn, loseSpilled, markSpilled, placeOf, releaseTodo, seePlace, segment, segments,
  sinksOwed, spilled, spillMarks, takeBack, toSpill, unseenPlaces, type Segment, type SinkBound, type Spilled, type SpillMark, type UnseenPlace,
} from '../ledger/index.js';
import { parseOwed, sharedNow, type OwedJob, type RedisKeys } from '../queue/index.js';
import { decodeSegment, encodeSegment } from './segment.js';
import { SegmentFolder } from './segment-folder.js';

/** How the disk stands: `failing` while it cannot be written. */
export type SpillStanding = 'well' | 'alarm' | 'full' | 'failing';

/** What the keeper has to tell. */
export interface SpillNews {
  standing(news: { readonly state: SpillStanding; readonly bytes: number; readonly limit: number; readonly fault: Fault | null }): void;
  lost(news: { readonly sink: string; readonly segment: string; readonly deliveries: number; readonly why: string }): void;
  unseen(place: UnseenPlace): void;
}

export interface SpillKeeperInit {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly sinks: readonly SinkBound[];
  readonly dir: string;
  readonly maxSize: number;
  /** Adds the jobs of deliveries that are owed again. */
  readonly addOwed: (jobs: readonly OwedJob[]) => Promise<void>;
  readonly news: SpillNews;
  /** How long, in ms, a segment may be begun and not marked; a keeper stopped for longer is refused when it goes on. */
  readonly giveUpMs?: number;
}

/** One segment: some milliseconds to encode, and to write through to the disk. */
const SEGMENT_DELIVERIES = 200;
const SEGMENT_BYTES = 1 << 20;
const BACK_CHUNK = 50;
/** Less than a whole segment comes back, or is waited for, where the bound of the sink is small. */
const PARTS_OF_A_BOUND = 12;
/** Shares of `spillFrom`: while less waits in the queue what is on disk comes back; from the other on less than a whole segment is written, too. */
const BACK_BELOW = 0.7;
const WRITE_FROM = 1.05;
const PASS_MS = 1_000;
const ALARM_AT = 0.8;
const LOOK_ROUND_MS = 20_000;
const GIVE_UP_MS = 120_000;
const REST_AFTER_FAULT_MS = 2_000;
const UNSEEN_AGAIN_MS = 60_000;
/** Of a sink that is not configured any more: its deliveries come back to go to quarantine. */
const REMOVED = { maxDeliveries: 2_000, maxBytes: 64 << 20, spillFrom: { deliveries: 1_600, bytes: 51 << 20 } };

/**
 * Moves deliveries between Redis and the segments of this machine's disk: out while too much waits for their sink, back when
 * there is room. It may die between any two steps: every step that counts is one script that knows what was done.
 */
export class SpillKeeper {
  readonly #init: SpillKeeperInit;
  readonly #token = randomUUID();
  #folder: SegmentFolder | null = null;
  #removed: readonly SinkBound[] = [];
  #lookedRoundAt = -Infinity;
  /** How far a segment has come back; a new keeper begins at its head, and finds those back that are. */
  readonly #partly = new Map<string, number>();
  #restUntil = -Infinity;
  #trouble: string | null = null;
  #told: SpillStanding = 'well';
  readonly #unseenTold = new Map<string, number>();

  constructor(init: SpillKeeperInit) {
    this.#init = init;
  }

  /** One look at every sink. A fault of the disk is told and passes; any other error is the caller's. */
  async look(): Promise<void> {
    const folder = await this.#open();
    if (folder === null) return;
    if (performance.now() - this.#lookedRoundAt >= LOOK_ROUND_MS) {
      await this.#lookRound(folder);
      this.#lookedRoundAt = performance.now();
    }
    const { redis, keys } = this.#init;
    const sinks = [...this.#init.sinks, ...this.#removed];
    const standing = await spilled(redis, keys, sinks);
    for (const sink of sinks) {
      const { todo, onDisk } = standing.get(sink.name) ?? { todo: 0, onDisk: 0 };
      if (todo > 0 || onDisk > 0) await inSpillTurn(redis, keys, sink.name, this.#token, () => this.#pass(folder, sink));
    }
  }

  async #open(): Promise<SegmentFolder | null> {
    if (this.#folder !== null || performance.now() < this.#restUntil) return this.#folder;
    const opened = await SegmentFolder.open(this.#init.dir);
    if (opened.ok) this.#folder = opened.value;
    else this.#tell('failing', 0, opened.fault);
    return this.#folder;
  }

  async #pass(folder: SegmentFolder, sink: SinkBound): Promise<void> {
    const { redis, keys } = this.#init;
    const until = performance.now() + PASS_MS;
    const passed = new Set<string>();
    while (performance.now() < until) {
      const standing = (await spilled(redis, keys, [sink])).get(sink.name);
      if (standing === undefined || !(await this.#step(folder, sink, standing, passed))) return;
    }
  }

  /** One segment out or back, the oldest delivery first. False when there is nothing to do for now. */
  async #step(folder: SegmentFolder, sink: SinkBound, { fill, queueFill, todo, onDisk }: Spilled, passed: Set<string>): Promise<boolean> {
    const { redis, keys, addOwed } = this.#init;
    const part = Math.max(1, Math.min(SEGMENT_DELIVERIES, Math.ceil((sink.spillFrom?.deliveries ?? Infinity) / PARTS_OF_A_BOUND)));
    if (queueFill < BACK_BELOW) {
      const oldest = onDisk === 0 ? undefined : (await folder.segmentsOf(sink.name)).find((id) => !passed.has(id));
      if (oldest !== undefined) {
        if (await this.#bringBack(folder, await segment(redis, keys, oldest), part)) passed.add(oldest);
        return true;
      }
      if (todo === 0) return false;
      await addOwed(jobsOf(await releaseTodo(redis, keys, sink.name, part)));
      return true;
    }
    return (todo >= part || (todo > 0 && fill >= WRITE_FROM)) && this.#writeOut(folder, sink);
  }

  /** False when the disk takes no more. */
  async #writeOut(folder: SegmentFolder, sink: SinkBound): Promise<boolean> {
    const { redis, keys, maxSize } = this.#init;
    if (maxSize === 0 || performance.now() < this.#restUntil) return false;
    const deliveries = await toSpill(redis, keys, sink.name, SEGMENT_DELIVERIES, SEGMENT_BYTES);
    if (deliveries.length === 0) return false;
    const bytes = encodeSegment(deliveries);
    const held = await bytesAt(redis, keys, folder.place);
    if (held + bytes.byteLength > maxSize) {
      this.#tell('full', held, null);
      return false;
    }
    const id = folder.newId(await sharedNow(redis));
    await beginSegment(redis, keys, id, sink.name);
    const written: Outcome<void> = await folder.write(sink.name, id, bytes);
    if (!written.ok) {
      this.#restUntil = performance.now() + REST_AFTER_FAULT_MS;
      this.#tell('failing', held, written.fault);
    }
    const live = written.ok ? await markSpilled(redis, keys, { id, place: folder.place, bytes: bytes.byteLength }, sink.name, deliveries.map(({ name }) => name)) : null;
    if (!written.ok) await abandonSegment(redis, keys, id);
    if (live === null || live === 0) await this.#remove(folder, sink.name, id);
    if (written.ok) this.#tell(held + bytes.byteLength >= maxSize * ALARM_AT ? 'alarm' : 'well', held + bytes.byteLength, null);
    return written.ok;
  }

  async #remove(folder: SegmentFolder, sink: string, id: string): Promise<void> {
    await folder.remove(sink, id);
    await closeSegment(this.#init.redis, this.#init.keys, id, folder.place);
  }

  /** Deliveries of a segment of this place, so many at least or all; what cannot be read goes to quarantine. True when it is done with. */
  async #bringBack(folder: SegmentFolder, held: Segment | null, least = Infinity): Promise<boolean> {
    // One that no book knows, or that another process is writing.
    if (held === null || held.state === 'writing') return true;
    const { redis, keys, addOwed, maxSize } = this.#init;
    const { id, sink } = held;
    const bytes = held.live === 0 ? null : await folder.read(sink, id);
    const deliveries = bytes === null ? [] : decodeSegment(bytes);
    const chunk = Math.min(BACK_CHUNK, least);
    let back = 0;
    for (let start = this.#partly.get(id) ?? 0; start < deliveries.length; start += chunk) {
      if (back >= least) {
        this.#partly.set(id, start);
        return false;
      }
      const names = await takeBack(redis, keys, id, deliveries.slice(start, start + chunk));
      await addOwed(jobsOf(names));
      back += names.length;
    }
    this.#partly.delete(id);
    const left = await segment(redis, keys, id);
    if (left !== null && left.live > 0) {
      await this.#lose(left, bytes === null ? 'their file is gone' : 'their file is damaged');
      if (bytes !== null) await folder.setAside(sink, id);
    }
    await this.#remove(folder, sink, id);
    const now = await bytesAt(redis, keys, folder.place);
    if (now < maxSize * ALARM_AT) this.#tell('well', now, null);
    return true;
  }

  async #lose({ id, sink }: Segment, why: string): Promise<void> {
    const { redis, keys, addOwed, news } = this.#init;
    const marks: SpillMark[] = [];
    for await (const mark of spillMarks(redis, keys)) if (mark.segment === id) marks.push(mark);
    let lost = marks.length;
    for (let start = 0; start < marks.length; start += BACK_CHUNK) {
      const still = await loseSpilled(redis, keys, id, marks.slice(start, start + BACK_CHUNK), why);
      lost -= still.length;
      await addOwed(jobsOf(still));
    }
    news.lost({ sink, segment: id, deliveries: lost, why });
  }

  /** Now and then: that this place is seen, what a dead keeper left, files that are gone, places that nobody sees, sinks that were removed. */
  async #lookRound(folder: SegmentFolder): Promise<void> {
    const { redis, keys, sinks, news } = this.#init;
    await this.#see(folder);
    const now = await sharedNow(redis);
    const all = await segments(redis, keys);
    const here = new Set((await folder.files()).map(({ id }) => id));
    for (const held of all.filter(({ id }) => placeOf(id) === folder.place)) {
      if (held.state === 'writing' && now - held.begunAt > (this.#init.giveUpMs ?? GIVE_UP_MS) && (await abandonSegment(redis, keys, held.id))) await this.#remove(folder, held.sink, held.id);
      else if (held.state === 'held' && (held.live === 0 || !here.has(held.id))) await this.#bringBack(folder, await segment(redis, keys, held.id));
    }
    for (const place of await unseenPlaces(redis, keys)) {
      if (performance.now() - (this.#unseenTold.get(place.id) ?? -Infinity) < UNSEEN_AGAIN_MS) continue;
      this.#unseenTold.set(place.id, performance.now());
      news.unseen(place);
    }
    const known = new Set(sinks.map(({ name }) => name));
    const others = new Set([...all.map(({ sink }) => sink), ...(await sinksOwed(redis, keys)).keys()].filter((name) => !known.has(name)));
    this.#removed = [...others].map((name) => ({ name, ...REMOVED }));
  }

  #tell(state: SpillStanding, bytes: number, fault: Fault | null): void {
    if (state === this.#told) return;
    this.#told = state;
    this.#trouble = state === 'full' ? 'the room for deliveries on disk is used up (deliver.spill.maxSize)' : (fault?.message ?? null);
    // Told to all who look at once, not only with the next round.
    this.#lookedRoundAt = -Infinity;
    this.#init.news.standing({ state, bytes, limit: this.#init.maxSize, fault });
  }

  #see({ place, dir }: SegmentFolder): Promise<void> {
    return seePlace(this.#init.redis, this.#init.keys, place, { host: hostname(), dir, trouble: this.#trouble });
  }
}

const jobsOf = (names: readonly string[]): OwedJob[] => names.flatMap((name) => parseOwed(name) ?? []);
