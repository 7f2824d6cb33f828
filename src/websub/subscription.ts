import { z } from 'zod';
import { leaseMs, renewIn, askAgainIn } from './lease.js';

/** What is kept of a source's subscription. Times are milliseconds since the epoch. */
export const subscriptionSchema = z.object({
  /** Last part of the callback's path, which nobody can guess. */
  path: z.string(),
  /** Key of the hub's signatures. */
  secret: z.string(),
  hub: z.string(),
  topic: z.string(),
  /** When the hub was last asked and has not yet verified it; null when no request is open. */
  askedAt: z.number().nullable(),
  /** Requests since the last lease; with none open, one or more mean that the hub refused. */
  attempts: z.number(),
  /** End of the lease; null when there is none. */
  leaseEndsAt: z.number().nullable(),
  /** Last push with the right signature. */
  pushedAt: z.number().nullable(),
  /** The hub told of the last news there was: polls may be further apart. */
  tells: z.boolean(),
});
export type Subscription = z.output<typeof subscriptionSchema>;

/** A subscription, and when its hub is to be asked next. */
export interface Planned {
  readonly subscription: Subscription;
  readonly askAt: number;
}

export interface NamedHub {
  readonly hub: string;
  readonly topic: string;
}

export interface Fresh {
  readonly path: string;
  readonly secret: string;
}

const LONGEST_ADDRESS = 2_000;

/** What a poll says of the hub. Null when it is as before, or no address of any sense; another hub or topic begins anew, under a path and secret of its own. */
export function noteHub(before: Subscription | null, named: NamedHub, fresh: Fresh, now: number): Planned | null {
  if (Math.max(named.hub.length, named.topic.length) > LONGEST_ADDRESS) return null;
  if (before !== null && before.hub === named.hub && before.topic === named.topic) return null;
  return { subscription: { ...fresh, ...named, askedAt: null, attempts: 0, leaseEndsAt: null, pushedAt: null, tells: false }, askAt: now };
}

/** A request goes out: it is open from now on, for the hub may verify it before it has answered it. */
export const asked = (before: Subscription, now: number): Planned => {
  const attempts = before.attempts + 1;
  return { subscription: { ...before, askedAt: now, attempts }, askAt: now + askAgainIn(attempts) };
};

/** A hub verifies within this time, or the request is void. */
const VERIFY_WITHIN = 86_400_000;
const LONGEST_CHALLENGE = 1_000;

/** Query of a hub's verification request (W3C WebSub, 5.3). */
export interface Verification {
  readonly mode: string | undefined;
  readonly topic: string | undefined;
  readonly challenge: string | undefined;
  readonly leaseSeconds: string | undefined;
}

export type Judgement =
  | { readonly kind: 'confirm'; readonly challenge: string; readonly planned: Planned }
  /** The hub will not serve us. */
  | { readonly kind: 'denied'; readonly planned: Planned }
  /** Nothing that was asked for. */
  | { readonly kind: 'refuse' };

/** Whether what a hub wants confirmed is what was asked of it: this topic, to subscribe, not long ago. Nothing else is. */
export function judgeVerification(before: Subscription, { mode, topic, challenge, leaseSeconds }: Verification, now: number): Judgement {
  if (topic !== before.topic) return { kind: 'refuse' };
  if (mode === 'denied') {
    return { kind: 'denied', planned: { subscription: { ...before, askedAt: null, attempts: Math.max(1, before.attempts), leaseEndsAt: null, tells: false }, askAt: now + VERIFY_WITHIN } };
  }
  const lease = leaseMs(leaseSeconds);
  const open = before.askedAt !== null && now - before.askedAt <= VERIFY_WITHIN;
  if (mode !== 'subscribe' || !open || lease === null || challenge === undefined || challenge === '' || challenge.length > LONGEST_CHALLENGE) return { kind: 'refuse' };
  return {
    kind: 'confirm', challenge,
    planned: { subscription: { ...before, askedAt: null, attempts: 0, leaseEndsAt: now + lease }, askAt: now + renewIn(lease) },
  };
}

export const isLeased = (subscription: Subscription | null, now: number): boolean =>
  subscription?.leaseEndsAt !== null && subscription?.leaseEndsAt !== undefined && now < subscription.leaseEndsAt;

/** A poll that went well, as far as it matters here. */
export interface PollSeen {
  readonly startedAt: number;
  /** The poll before it; null at the first. */
  readonly previousAt: number | null;
  /** Items never seen before. */
  readonly fresh: number;
}

/** A poll that finds news of which the hub told nothing shows that it cannot be relied on, until it pushes again. */
export const hasMissed = ({ pushedAt }: Subscription, { previousAt, fresh }: PollSeen): boolean =>
  fresh > 0 && previousAt !== null && (pushedAt === null || pushedAt < previousAt);

/** Polls of a source whose hub tells of its news are this much further apart. */
const SLOWER = 4;
const AFTER_PUSH_MS = 10_000;

export interface PaceAsked {
  /** What the source's own pace says. */
  readonly nextMs: number;
  /** The longest interval of the settings: polling never ceases. */
  readonly maxMs: number;
  /** The user has set the interval. */
  readonly fixed: boolean;
}

/**
 * Milliseconds until the next poll. Slower only while a lease runs and the hub tells; at the end of the lease the usual pace is back.
 * A push that came while the poll ran may tell of what the poll has not seen: it is polled again.
 */
export function pollIn(subscription: Subscription | null, { startedAt }: Pick<PollSeen, 'startedAt'>, { nextMs, maxMs, fixed }: PaceAsked, now: number): number {
  if (subscription === null || !isLeased(subscription, now)) return nextMs;
  if (subscription.pushedAt !== null && subscription.pushedAt >= startedAt) return Math.min(nextMs, AFTER_PUSH_MS);
  if (fixed || !subscription.tells) return nextMs;
  const left = (subscription.leaseEndsAt ?? now) - now;
  return Math.max(nextMs, Math.min(nextMs * SLOWER, maxMs, left));
}

/** How a subscription stands, in a word for people. */
export const PUSH_STATES = ['asked', 'refused', 'leased', 'telling'] as const;
export type PushState = 'none' | (typeof PUSH_STATES)[number];
export function pushState(subscription: Subscription | null, now: number): PushState {
  if (subscription === null) return 'none';
  if (isLeased(subscription, now)) return subscription.tells ? 'telling' : 'leased';
  return subscription.askedAt === null && subscription.attempts > 0 ? 'refused' : 'asked';
}
