/**
 * Loaded into a process before the service (`--import`): its clock is wrong by what the file of DATELINE_BENCH_CLOCK says, in
 * milliseconds. Only the clock of the day: timers and `performance.now()` run on, as they do when a real clock is set.
 */
import { readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const file = process.env['DATELINE_BENCH_CLOCK'];
const LOOK_MS = 250;
let offset = 0;

function look(): void {
  try {
    offset = Number(readFileSync(file ?? '', 'utf8')) || 0;
  } catch {
    offset = 0;
  }
}

if (file !== undefined && isMainThread) {
  look();
  setInterval(look, LOOK_MS).unref();
  const RealDate = Date;
  const realNow = RealDate.now.bind(RealDate);
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, given: unknown[], newTarget) =>
      Reflect.construct(target, given.length === 0 ? [realNow() + offset] : given, newTarget) as object,
    apply: (target) => new target(realNow() + offset).toString(),
    get: (target, name, receiver): unknown => (name === 'now' ? () => realNow() + offset : Reflect.get(target, name, receiver)),
  });
}
