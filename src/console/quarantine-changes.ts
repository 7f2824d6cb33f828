import { failed, giveUp, ok, type Outcome } from '../fault.js';
import { dropQuarantined, listQuarantine, retryQuarantined } from '../ledger/index.js';
import type { ConsoleServices } from './services.js';

/** Which jobs are meant: those named, or all that fit. */
export interface Picked {
  readonly ids?: readonly string[] | undefined;
  readonly source?: string | undefined;
  readonly reason?: string | undefined;
  /** Milliseconds of the epoch: those that failed then or later, and then or before. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  /** Everything; without it a picking that names nothing is refused, for it is a slip. */
  readonly all?: boolean | undefined;
}

/** Jobs that one request acts on; a longer list is gone through by asking again. */
export const MOST_AT_ONCE = 1_000;

type Reach = Pick<ConsoleServices, 'redis' | 'keys' | 'queues'>;

export interface Acted {
  readonly done: number;
  /** Whether more fit than one request takes. */
  readonly more: boolean;
}

/** Puts jobs back to work; they go on within seconds. */
export const retryPicked = (reach: Reach, picked: Picked): Promise<Outcome<Acted>> => each(reach, picked, async (id) => {
  await reach.queues.forget(id);
  return retryQuarantined(reach.redis, reach.keys, id);
});

/** Gives jobs up for good: their items are then rejected(dropped) in the books. */
export const dropPicked = (reach: Reach, picked: Picked): Promise<Outcome<Acted>> => each(reach, picked, (id) => dropQuarantined(reach.redis, reach.keys, id));

async function each({ redis, keys }: Reach, { ids, source, reason, since, until, all }: Picked, act: (id: string) => Promise<boolean>): Promise<Outcome<Acted>> {
  if (ids === undefined && source === undefined && reason === undefined && all !== true) {
    return failed(giveUp({ code: 'nothing-picked', message: 'Nothing says which jobs are meant.', hint: 'Name ids, a source or a reason, or say all.' }));
  }
  const picked = ids ?? (await listQuarantine(redis, keys, { source, reason, since, until, limit: MOST_AT_ONCE + 1 })).map(({ id }) => id);
  let done = 0;
  for (const id of picked.slice(0, MOST_AT_ONCE)) if (await act(id)) done += 1;
  return ok({ done, more: picked.length > MOST_AT_ONCE });
}
