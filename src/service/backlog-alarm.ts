import { spilled, type Spilled } from '../ledger/index.js';
import type { WorkerContext } from '../../workers/context.js';

type Standing = 'well' | 'alarm' | 'full';

export const standingOf = ({ share, full, onDisk, todo }: Spilled, alarmAt: number): Standing =>
  full ? 'full' : share >= alarmAt || onDisk + todo > 0 ? 'alarm' : 'well';

/** Tells when what waits for a sink passes the alarm, goes to disk, or passes its bound, and when it is well again; the alarm again every minute while it lasts. */
export function watchBacklogs({ redis, keys, plans, settings, events }: WorkerContext): () => Promise<void> {
  const told = new Map<string, { readonly standing: Standing; readonly at: number }>();
  const AGAIN_MS = 60_000;
  return async () => {
    for (const [sink, backlog] of await spilled(redis, keys, plans)) {
      const standing = standingOf(backlog, settings.deliver.alarmAt);
      const before = told.get(sink) ?? { standing: 'well', at: 0 };
      const again = standing !== 'well' && performance.now() - before.at >= AGAIN_MS;
      if (standing === before.standing && !again) continue;
      told.set(sink, { standing, at: performance.now() });
      const { deliveries, bytes, share, onDisk, todo } = backlog;
      events.emit('sink-backlog', { sink, state: standing, deliveries, bytes, share, onDisk: onDisk + todo });
    }
  };
}
