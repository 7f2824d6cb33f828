import { retryLater } from '../fault.js';
import { pruneTaken } from '../folder/index.js';
import { deliveryQuarantined, expireQuarantined, retire, settleQuarantined, trimFlow, trimTrace } from '../ledger/index.js';
import { parseOwed, sharedNow, sweepOwed, type OwedJob } from '../queue/index.js';
import { unknownSink } from '../../workers/deliver.js';
import type { WorkerContext } from '../../workers/context.js';

const SWEEP_LIMIT = 500;

/**
 * Looks after jobs that are owed and should have come by now: one that is nowhere is added again; one that its queue holds as
 * failed, without the books knowing, died with its workers too often and goes to quarantine, and so does one for a sink that was
 * taken out of the settings; one that a wrong clock put off is done now. Gives how many were mended.
 */
export async function mendOwed({ redis, keys, queues, settings, outlets, events }: WorkerContext): Promise<number> {
  const missing: OwedJob[] = [];
  const removed = new Map<string, number>();
  let mended = 0;
  for (const name of await sweepOwed(redis, keys, SWEEP_LIMIT)) {
    const owed = parseOwed(name);
    const state = owed === null ? 'none' : await queues.stateOf(name);
    if (owed === null) await redis.zrem(keys.owed, name);
    else if (owed.queue === 'deliver' && settings.roles.includes('deliver') && !outlets.has(owed.payload.sink)) {
      // Taken out of the settings while stories waited for it: they go where a person sees them.
      const { sink } = owed.payload;
      await deliveryQuarantined(redis, keys, owed.payload, unknownSink(sink), 0);
      await queues.forget(name).catch(() => undefined);
      removed.set(sink, (removed.get(sink) ?? 0) + 1);
      mended += 1;
    }
    else if (state === 'unknown') missing.push(owed);
    else if (state === 'delayed') mended += (await queues.promoteMisdated(name)) ? 1 : 0;
    else if (state === 'failed') {
      const fault = retryLater({
        code: 'worker-died', message: 'the workers that had this job died, more often than is allowed', hint: 'Look for what kills them, then retry.',
      });
      const { attempts } = settings.retries;
      if (owed.queue === 'article') await settleQuarantined(redis, keys, owed.payload, fault, attempts);
      else await deliveryQuarantined(redis, keys, owed.payload, fault, attempts);
      mended += 1;
    }
  }
  await queues.addOwed(missing);
  for (const [sink, deliveries] of removed) events.emit('sink-removed', { sink, deliveries });
  return mended + missing.length;
}

/** Forgets settled items that their feeds have long stopped listing, and drops what lay in quarantine or among the files taken too long. Gives how many. */
export async function forgetOld(context: WorkerContext): Promise<number> {
  const { redis, keys, settings, archive, events } = context;
  await archive?.prune(settings.archive);
  let total = await expireQuarantined(redis, keys, settings.quarantine, await sharedNow(redis));
  for (const source of await redis.smembers(keys.sources)) {
    await trimFlow(redis, keys, source);
    await trimTrace(redis, keys, source, settings.ledger.trace);
    const folder = context.source(source)?.folder;
    if (folder !== undefined) {
      const pruned = await pruneTaken(folder.path, folder.keepMs, Date.now());
      if (pruned.ok) total += pruned.value;
      else events.emit('trouble', { what: `${source}: files taken`, error: pruned.fault });
    }
    for (let gone = -1; gone !== 0;) {
      gone = await retire(redis, keys, source, settings.ledger.retention, settings.ledger.maxItems);
      total += gone;
    }
  }
  return total;
}
