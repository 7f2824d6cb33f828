import type { WorkerContext } from './context.js';

/** Sources claimed, and their jobs added, at a time: a poller that dies in between holds up no more than these. */
const SLICE = 25;
const CLAIMS_A_TICK = 500;
/** Many times what adding one slice takes; a poller that is dead by then costs its slice no more than this. */
export const CLAIM_LEASE_MS = 10_000;
/** From then on the job stands for the source, and outlives its worker. Only where the job is lost too, this brings the source back. */
export const POLL_LEASE_MS = 5 * 60_000;

/** Adds the polls that are due, some at a time. @param tickMs at most one process does so in this time */
export async function addDuePolls({ due, queues }: Pick<WorkerContext, 'due' | 'queues'>, tickMs: number): Promise<void> {
  for (let added = 0; added < CLAIMS_A_TICK; added += SLICE) {
    // The tick is this process's: what follows its first claim need not ask for it.
    const sources = await due.claim({ limit: SLICE, leaseMs: CLAIM_LEASE_MS, tickMs: added === 0 ? tickMs : 0 });
    await queues.addPolls(sources);
    if (sources.length > 0) await due.renew(sources, POLL_LEASE_MS);
    if (sources.length < SLICE) break;
  }
}
