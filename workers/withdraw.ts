import type { SourceConfig } from '../src/config/index.js';
import type { Acceptance, ItemFacts, ItemRef, KnownPage, Reask } from '../src/ledger/index.js';
import type { JobEnd } from '../src/queue/index.js';
import { withdrawPage, type WithdrawalReason } from '../src/story/index.js';
import type { WorkerContext } from './context.js';
import { handOver } from './hand-over.js';
import { readStory } from './parse-tasks.js';
import { recordFacts } from './record-facts.js';
import { NO_TELLERS } from './tellers.js';

export interface Withdrawal {
  /** Of the revision that the notices are of. */
  readonly ref: ItemRef;
  readonly known: KnownPage;
  readonly facts: ItemFacts;
  readonly reason: WithdrawalReason;
  readonly reask?: Reask | undefined;
  readonly again?: Acceptance['again'];
}

/** Sends a notice of each story of a page that is no more; null when there is none left to withdraw. */
export async function withdraw(context: WorkerContext, source: SourceConfig, { ref, known, facts, reason, reask, again }: Withdrawal): Promise<JobEnd | null> {
  const told = recordFacts(source, facts, { url: facts.url ?? '', fetchedAt: new Date().toISOString() });
  const { notices, known: pageStories } = withdrawPage(told, known.stories, reason);
  if (notices.length === 0) return null;
  return handOver(context, { ref, known, facts, stories: notices.map((record) => readStory(record, 'withdrawn')), pageStories, tellers: NO_TELLERS, reask, again });
}
