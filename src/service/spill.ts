import { SpillKeeper, spillDir } from '../spill/index.js';
import type { WorkerContext } from '../../workers/context.js';
import { every } from './every.js';

/** Less than what a burst of pages needs from where deliveries go to disk to the bound of a sink. */
const LOOK_MS = 100;

/** Keeps what waits for the sinks within Redis's bounds: the rest goes to disk and comes back. Gives what stops it. */
export function keepSpill({ settings, redis, keys, queues, plans, events }: WorkerContext): () => void {
  const keeper = new SpillKeeper({
    redis, keys, sinks: plans, dir: spillDir(settings), maxSize: settings.deliver.spill.maxSize,
    addOwed: (jobs) => queues.addOwed(jobs),
    news: {
      standing: (news) => void events.emit('spill', news),
      lost: (news) => void events.emit('spill-lost', news),
      unseen: (place) => void events.emit('spill-unseen', place),
    },
  });
  return every(LOOK_MS, () => keeper.look(), (error) => events.emit('trouble', { what: 'deliveries on disk', error }));
}
