import { ok, type Outcome } from '../fault.js';
import { STORE, type Sink, type SinkBatch, type SinkStory } from '../sink/index.js';
import { StoreThread } from './thread-handle.js';
import type { StoreBounds } from './write.js';

/** Versions written in one transaction at most: some hundred milliseconds. */
const MOST_AT_ONCE = 200;
/** How soon an embargo's end is seen, and how often age is looked at. */
const UPKEEP_MS = 5_000;

interface Waiting {
  readonly stories: readonly SinkStory[];
  readonly done: (outcome: Outcome<void>) => void;
}

/** Puts each story version into the store once, by id and version; deliveries that wait together are written together. */
export class StoreSink implements Sink {
  readonly name = STORE;
  readonly where: string;
  readonly #thread: StoreThread<'writing'>;
  readonly #bounds: StoreBounds;
  readonly #timer: NodeJS.Timeout;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | null = null;

  constructor(path: string, bounds: StoreBounds) {
    this.where = path;
    this.#thread = new StoreThread(path, 'writing');
    this.#bounds = bounds;
    this.#timer = setInterval(() => {
      if (this.#thread.started && this.#writing === null) void this.#thread.run('upkeep', this.#bounds);
    }, UPKEEP_MS);
    this.#timer.unref();
  }

  begin(): Promise<Outcome<string>> {
    return Promise.resolve(ok(''));
  }

  deliver({ stories }: SinkBatch): Promise<Outcome<void>> {
    return new Promise((done) => {
      this.#waiting.push({ stories, done });
      this.#writing ??= this.#write();
    });
  }

  async check(): Promise<Outcome<string>> {
    const done = await this.#thread.run('upkeep', this.#bounds);
    return done.ok ? ok(`${this.where} can be written`) : done;
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const turn = this.#nextTurn();
      const versions = turn.flatMap(({ stories }) => stories.map(({ id, version, record }) => ({ id, version, json: record })));
      const written = await this.#thread.run('put', versions, this.#bounds);
      for (const { done } of turn) done(written);
    }
    // Here, not in a `finally`: who waits for the last one may deliver again before that would run, and would wait for ever.
    this.#writing = null;
  }

  /** As many deliveries as fit in one transaction; at least one. */
  #nextTurn(): Waiting[] {
    const turn: Waiting[] = [];
    for (let count = 0; this.#waiting[0] !== undefined && (turn.length === 0 || count + this.#waiting[0].stories.length <= MOST_AT_ONCE);) {
      count += this.#waiting[0].stories.length;
      turn.push(...this.#waiting.splice(0, 1));
    }
    return turn;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#writing;
    await this.#thread.close();
  }
}
