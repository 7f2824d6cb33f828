import { retryLater, type Fault } from '../fault.js';
import { printableUrl } from './request-url.js';

export interface Deadline {
  readonly signal: AbortSignal;
  /** Why the request was cut off, when it was. */
  fault(url: string): Fault | null;
  stop(): void;
}

/** One signal for the caller's wish to stop and for the time that is up, and which of the two it was. */
export function startDeadline(totalMs: number, caller: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    controller.abort();
  }, totalMs);
  const stopByCaller = (): void => controller.abort();
  if (caller?.aborted === true) stopByCaller();
  else caller?.addEventListener('abort', stopByCaller, { once: true });
  return {
    signal: controller.signal,
    fault(url) {
      if (!controller.signal.aborted) return null;
      return timedOut
        ? retryLater({ code: 'timeout-total', message: `${printableUrl(url)}: not done within ${totalMs} ms` })
        : retryLater({ code: 'request-stopped', message: `${printableUrl(url)}: the request was stopped` });
    },
    stop() {
      clearTimeout(timer);
      caller?.removeEventListener('abort', stopByCaller);
    },
  };
}
