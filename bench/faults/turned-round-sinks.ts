import { setTimeout as sleep } from 'node:timers/promises';
import { ok } from '../../src/fault.js';
import { openOutlets as openRealOutlets, type Sink } from '../../src/sink/index.js';

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
  check: (signal) => sink.check(signal),
  close: () => sink.close(),
});

export const openOutlets: typeof openRealOutlets = (...given) =>
  new Map([...openRealOutlets(...given)].map(([name, outlet]) => [name, { ...outlet, sink: hasty(outlet.sink) }]));
