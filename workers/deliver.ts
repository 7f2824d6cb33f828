import { misconfigured } from '../src/fault.js';
import { beginDelivery, delivered, markDelivery } from '../src/ledger/index.js';
import { done, endedBy, owedDelivery, type DeliverPayload, type JobEnd } from '../src/queue/index.js';
import type { WorkerContext } from './context.js';

/** The stories of one item to one sink: mark, push, book. A crash between any two repeats the delivery, and the sink knows its traces. */
export async function deliver({ settings, redis, keys, sinks, events }: WorkerContext, payload: DeliverPayload): Promise<JobEnd> {
  const sink = sinks.get(payload.sink);
  if (sink === undefined) {
    return endedBy(misconfigured({ code: 'sink-unknown', message: `no sink "${payload.sink}" is configured`, hint: 'Enable the sink again and retry, or drop the entry.' }));
  }
  const ready = await sink.begin();
  if (!ready.ok) return endedBy(ready.fault);
  const begun = await beginDelivery(redis, keys, payload, ready.value);
  if (begun === null) return done;
  const { stories, earlier } = begun;
  let mark = earlier ?? ready.value;
  const remark = (next: string): Promise<void> => {
    mark = next;
    return markDelivery(redis, keys, payload, next);
  };
  for (let from = 0; from < stories.length; from += settings.deliver.batch) {
    const batch = stories.slice(from, from + settings.deliver.batch);
    const pushed = await sink.deliver({ key: `${owedDelivery(payload)}/${from}`, stories: batch, mark, again: earlier !== null, remark });
    if (!pushed.ok) return endedBy(pushed.fault);
  }

  const end = await delivered(redis, keys, payload, stories.length);
  const { source, item } = payload;
  if (end !== 'settled') events.emit('delivered', { source, item, sink: sink.name, stories: stories.length });
  if (end === 'delivered') events.emit('settled', { source, item, disposition: 'delivered' });
  return done;
}
