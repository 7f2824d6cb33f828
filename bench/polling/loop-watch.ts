import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks';

/** Longest stretches between two turns of one event loop, in milliseconds. */
export interface LoopBlocks {
  /** By the clock, as `monitorEventLoopDelay` sees it: on a busy machine it holds the wait for a core too. */
  readonly wall: number;
  readonly wallP99: number;
  /** By the clock, without the time the kernel let the thread wait for a core; null where the kernel does not tell (not Linux). */
  readonly own: number | null;
  /** Processor time within one turn; null as above. */
  readonly cpu: number | null;
  /** When the turn with the most processor time ended, in seconds since the watch began. */
  readonly cpuAt: number;
  /** Longest pause for collecting garbage, by the clock. */
  readonly gc: number;
  /** Turns whose `own`, or whose `cpu`, was over 50 ms. */
  readonly over50: { readonly own: number; readonly cpu: number };
}

const TICK_MS = 5;
const RESOLUTION_MS = 5;

/** Nanoseconds the main thread ran, and stood in line for a core (Linux, Documentation/scheduler/sched-stats). */
function schedule(): { readonly ran: number; readonly waited: number } | null {
  try {
    const [ran, waited] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ');
    return { ran: Number(ran), waited: Number(waited) };
  } catch {
    return null;
  }
}

/** Watches the loop of the calling thread, which has to be the main one; the returned function ends it. */
export function watchLoop(): () => LoopBlocks {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  let own = 0;
  let cpu = 0;
  let cpuAt = 0;
  let gc = 0;
  const began = performance.now();
  const collections = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) gc = Math.max(gc, duration);
  });
  collections.observe({ entryTypes: ['gc'] });
  const over50 = { own: 0, cpu: 0 };
  let at = performance.now();
  let seen = schedule();
  const told = seen !== null;
  const timer = setInterval(() => {
    const now = performance.now();
    const next = schedule();
    if (next !== null && seen !== null) {
      // The tick's own wait is no block.
      const gap = Math.max(0, now - at - TICK_MS - (next.waited - seen.waited) / 1e6);
      own = Math.max(own, gap);
      const ran = (next.ran - seen.ran) / 1e6;
      if (ran > cpu) [cpu, cpuAt] = [ran, (now - began) / 1_000];
      if (gap > 50) over50.own += 1;
      if (ran > 50) over50.cpu += 1;
    }
    at = now;
    seen = next;
  }, TICK_MS);
  return () => {
    clearInterval(timer);
    delay.disable();
    collections.disconnect();
    return {
      wall: Math.max(0, delay.max / 1e6 - RESOLUTION_MS), wallP99: Math.max(0, delay.percentile(99) / 1e6 - RESOLUTION_MS),
      own: told ? own : null, cpu: told ? cpu : null, cpuAt, gc, over50,
    };
  };
}
