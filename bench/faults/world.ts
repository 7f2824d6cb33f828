import { movedUrl, pageUrl } from './addresses.js';
import { mannerOf, MANNERS, neighbourOf, type ItemName, type Manner } from './items.js';

export interface WorldOptions {
  readonly seed: number;
  readonly sources: number;
  readonly port: number;
  /** Items that one answer of a feed may add. */
  readonly batch: number;
}

/** Items that stay in a feed after their page was asked for. */
const LINGER = 12;
/** Answers that list a twin: its page may be asked for on its neighbour's account, which says nothing of itself. */
const TWIN_LISTED = 10;

/**
 * What the scripted hosts have published. A feed adds items each time it is asked, and drops one only some time after its page
 * was asked for: what a reader could not have seen is not counted as published.
 */
export class World {
  readonly options: WorldOptions;
  /** Items published so far, by source. */
  readonly #published: number[];
  readonly #waiting: Set<number>[];
  readonly #lingering: number[][];
  /** By source: twin → answers that still list it. */
  readonly #twins: Map<number, number>[];
  #open = false;

  constructor(options: WorldOptions) {
    this.options = options;
    this.#published = Array.from({ length: options.sources }, () => 0);
    this.#waiting = this.#published.map(() => new Set());
    this.#lingering = this.#published.map(() => []);
    this.#twins = this.#published.map(() => new Map<number, number>());
  }

  /** Whether feeds add items. */
  publish(open: boolean): void {
    this.#open = open;
  }

  get published(): readonly number[] {
    return this.#published;
  }

  /** A feed is asked: its items, newest first. */
  list(source: number): ItemName[] {
    const waiting = this.#waiting[source] ?? new Set();
    const twins = this.#twins[source] ?? new Map<number, number>();
    for (const [number, left] of twins) {
      if (left === 0) twins.delete(number);
      else twins.set(number, left - 1);
    }
    if (this.#open) {
      for (let room = this.options.batch - waiting.size; room > 0; room -= 1) {
        const number = this.#published[source] ?? 0;
        this.#published[source] = number + 1;
        if (this.manner({ source, number }) === 'twin') twins.set(number, TWIN_LISTED);
        else waiting.add(number);
      }
    }
    return [...this.#lingering[source] ?? [], ...waiting, ...twins.keys()].sort((one, other) => other - one).map((number) => ({ source, number }));
  }

  manner(item: ItemName): Manner {
    return mannerOf(this.options.seed, item, this.options.sources);
  }

  /** The address that the feed gives for an item. */
  link(item: ItemName): string {
    const { port, sources } = this.options;
    return this.manner(item) === 'twin' ? pageUrl(neighbourOf(item, sources), port) : pageUrl(item, port);
  }

  /** The page of an item was asked for: the books have it. */
  asked({ source, number }: ItemName): void {
    if (this.#waiting[source]?.delete(number) !== true) return;
    const lingering = this.#lingering[source] ?? [];
    lingering.push(number);
    if (lingering.length > LINGER) lingering.shift();
  }
}

/** What has to come of all that was published. */
export interface Expected {
  /** Address, as the records name it → how its story must stand at every sink. */
  readonly stories: ReadonlyMap<string, ExpectedStory>;
  /** Items in the books, all sources; an item read again with news counts again. */
  readonly items: number;
  /** Items by the column of the books that they must end in. `delivered` holds the duplicates too: which of two twins is first is open. */
  readonly columns: ReadonlyMap<string, number>;
}

export interface ExpectedStory {
  readonly versions: number;
  /** Of the last version. */
  readonly state: 'first' | 'edited' | 'withdrawn';
}

export const TOLD_ONCE: ExpectedStory = { versions: 1, state: 'first' };

export function expectedOf({ seed, sources, port }: Pick<WorldOptions, 'seed' | 'sources' | 'port'>, published: readonly number[]): Expected {
  const stories = new Map<string, ExpectedStory>();
  const columns = new Map<string, number>();
  let items = 0;
  for (const [source, count] of published.entries()) {
    for (let number = 0; number < count; number += 1) {
      const item = { source, number };
      const manner = mannerOf(seed, item, sources);
      const { becomes, again } = MANNERS[manner];
      const column = becomes === 'story' ? 'delivered' : becomes;
      const times = again === undefined ? 1 : 2;
      columns.set(column, (columns.get(column) ?? 0) + times);
      items += times;
      if (becomes !== 'story') continue;
      stories.set(
        manner === 'moved' ? movedUrl(item, port) : pageUrl(manner === 'twin' ? neighbourOf(item, sources) : item, port),
        again === undefined ? TOLD_ONCE : { versions: times, state: again },
      );
    }
  }
  return { stories, items, columns };
}
