import { isSampleSource, type Settings, type SourceConfig } from '../src/config/index.js';
import type { Fault } from '../src/fault.js';
import type { Validators } from '../src/fetch/index.js';
import { pollFailed, pollWentWell } from '../src/ledger/index.js';
import { afterAnswer, afterFailure, type PollAnswered, type PollRules, type SourceHistory } from '../src/poll/index.js';
import { done, type JobEnd } from '../src/queue/index.js';
import { hasMissed, pollIn, type PollSeen } from '../src/websub/index.js';
import type { WorkerContext } from './context.js';

/** Milliseconds since the epoch; nothing for what is no time. */
export const timeOf = (iso: string | null | undefined): readonly number[] => {
  const at = Date.parse(iso ?? '');
  return Number.isNaN(at) ? [] : [at];
};

const rulesOf = ({ poll }: Settings, { interval }: SourceConfig): PollRules =>
  ({ minMs: poll.minInterval, maxMs: poll.maxInterval, startMs: poll.interval, fixedMs: interval });

/** The bundled wire never changes: it has no rhythm to learn, and is not silent. */
const keep = (source: SourceConfig, history: SourceHistory): string | undefined => (isSampleSource(source) ? undefined : JSON.stringify(history));

/** A poll that went well: what it taught is kept, and the source is due again. */
export async function rest(
  context: WorkerContext, source: SourceConfig, history: SourceHistory, answered: PollAnswered,
  kept: { readonly validators: Validators; readonly title?: string | null; readonly identity?: string; readonly taken: number; readonly startedAt: number; readonly previous: string | null; readonly shown?: number; readonly soon?: boolean },
): Promise<JobEnd> {
  const { settings, redis, keys, due, events } = context;
  const verdict = afterAnswer(history, answered, rulesOf(settings, source), Date.now(), Math.random());
  await pollWentWell(redis, keys, source.id, { ...kept.validators, title: kept.title ?? null, identity: kept.identity, history: keep(source, verdict.history) });
  // `soon`: there is more to be had than was taken.
  const nextMs = kept.soon === true ? 0 : await pacedByHub(context, source, { startedAt: kept.startedAt, previousAt: timeOf(kept.previous)[0] ?? null, fresh: answered.fresh }, verdict.nextMs);
  await due.giveBack(source.id, nextMs);
  const { listed, notModified } = answered;
  events.emit('polled', { source: source.id, nextMs, listed: kept.shown ?? listed, taken: kept.taken, notModified });
  return done;
}

/** The wait until the next poll, in the knowledge of what the source's hub tells. */
async function pacedByHub({ settings, subscriptions }: WorkerContext, source: SourceConfig, seen: PollSeen, nextMs: number): Promise<number> {
  if (settings.websub.callbackUrl === null) return nextMs;
  const subscription = await subscriptions.change(source.id, (before) =>
    (before !== null && before.tells && hasMissed(before, seen) ? { subscription: { ...before, tells: false }, askAt: null } : null));
  return pollIn(subscription, seen, { nextMs, maxMs: settings.poll.maxInterval, fixed: source.interval !== undefined }, Date.now());
}

/** A feed that cannot be had is the source's trouble, not the job's: it is told, and asked again after a growing wait. */
export async function troubled({ settings, redis, keys, due, events }: WorkerContext, source: SourceConfig, history: SourceHistory, fault: Fault): Promise<JobEnd> {
  const { nextMs, history: next } = afterFailure(history, fault, rulesOf(settings, source), Date.now(), Math.random());
  const failures = await pollFailed(redis, keys, source.id, fault, keep(source, next));
  await due.giveBack(source.id, nextMs);
  events.emit('source-trouble', { source: source.id, fault, failures, nextMs });
  return done;
}
