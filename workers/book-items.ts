import { isSampleSource, type SourceConfig } from '../src/config/index.js';
import { heldBack, takeIn, type HeldBack, type ItemRef } from '../src/ledger/index.js';
import type { PollAnswered } from '../src/poll/index.js';
import { hostOf } from './ask-host.js';
import type { WorkerContext } from './context.js';
import { readItems } from './item-batches.js';
import type { ListedFeed } from './parse-tasks.js';
import { timeOf } from './poll-end.js';

/** What became of a list: as the pace wants to know it, and how many are to be listed again before they can be taken. */
export interface BookedItems extends Pick<PollAnswered, 'listed' | 'fresh' | 'freshPublished'>, HeldBack {
  readonly taken: number;
}

/** Writes what was listed into the books and adds the jobs, some at a time: neither Redis nor this loop is held by a long list. */
export async function bookItems(context: WorkerContext, source: SourceConfig, { batches, wire }: Pick<ListedFeed, 'batches' | 'wire'>): Promise<BookedItems> {
  const { redis, keys, queues } = context;
  const freshPublished: number[] = [];
  let [listed, fresh, taken, held, quarantined] = [0, 0, 0, 0, 0];
  for (const batch of batches) {
    const items = readItems(batch);
    const refs = await takeIn(redis, keys, source.id, items, wire === true ? 0 : undefined);
    const back = await heldBack(redis, keys, source.id, items);
    held += back.held;
    quarantined += back.quarantined;
    const factsOf = new Map(items.map(({ item, facts }) => [item, facts]));
    const delays = isSampleSource(source) ? [] : await bookSlots(context, refs, factsOf);
    await queues.addOwed(refs.map((payload) => ({ queue: 'article', payload })), delays);
    listed += items.length;
    taken += refs.length;
    for (const { item, revision } of refs) {
      if (revision !== 1) continue;
      fresh += 1;
      freshPublished.push(...timeOf(factsOf.get(item)?.published?.iso));
    }
  }
  return { listed, fresh, freshPublished, taken, held, quarantined };
}

/** Milliseconds each item waits for its host's next free slot. */
const bookSlots = ({ gate }: WorkerContext, taken: readonly ItemRef[], facts: ReadonlyMap<string, { readonly url: string | null }>): Promise<number[]> =>
  Promise.all(taken.map(async ({ item }) => {
    const url = facts.get(item)?.url ?? null;
    return url === null ? 0 : gate.book(hostOf(url));
  }));
