import { setTimeout as sleep } from 'node:timers/promises';
import { ok } from '../../src/fault.js';
import { openSinks as openRealSinks, type Sink } from '../../src/sink/index.js';

export * from '../../src/sink/index.js';

const LATE_MS = 400;

/** Says that it has the stories, and writes them afterwards. */
const hasty = (sink: Sink): Sink => ({
  name: sink.name,
  where: sink.where,
  begin: () => sink.begin(),
  deliver(batch) {
    sleep(LATE_MS).then(() => sink.deliver(batch)).catch(() => undefined);
    return Promise.resolve(ok(undefined));
  },
  close: () => sink.close(),
});

export const openSinks: typeof openRealSinks = (...given) =>
  new Map([...openRealSinks(...given)].map(([name, sink]) => [name, hasty(sink)]));
