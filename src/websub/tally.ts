import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { RedisKeys } from '../queue/index.js';
import type { SubscriptionStore } from './store.js';
import { PUSH_STATES, pushState, type PushState } from './subscription.js';

/** What a hub sent, and what came of it. Verifications (W3C WebSub, 5.3): confirmed, the hub's denial, of nothing that was asked. */
export const HUB_MESSAGES = [
  'verification:confirmed', 'verification:denied', 'verification:refused',
  'push:taken', 'push:forged', 'push:without-lease', 'push:unknown', 'push:too-large',
] as const;
export type HubMessage = (typeof HUB_MESSAGES)[number];

export const countHubMessage = async (redis: Redis, { hubCounts }: RedisKeys, message: HubMessage): Promise<void> => {
  await redis.hincrby(hubCounts, message, 1);
};

/** How the hubs stand: subscriptions by state, and messages since the beginning. Every state and message is there, at 0 too. */
export interface HubTally {
  readonly subscriptions: Readonly<Record<Exclude<PushState, 'none'>, number>>;
  readonly messages: Readonly<Record<HubMessage, number>>;
}

const counts = z.array(z.string().nullable());

export async function hubTally(redis: Redis, { hubCounts }: RedisKeys, store: SubscriptionStore, now: number): Promise<HubTally> {
  const [all, told] = await Promise.all([store.all(), redis.hmget(hubCounts, ...HUB_MESSAGES)]);
  const states = all.map((subscription) => pushState(subscription, now));
  const numbers = counts.parse(told);
  return {
    subscriptions: record(PUSH_STATES, (state) => states.filter((one) => one === state).length),
    messages: record(HUB_MESSAGES, (_, at) => Number(numbers[at] ?? 0)),
  };
}

const record = <Name extends string>(names: readonly Name[], of: (name: Name, at: number) => number): Record<Name, number> =>
  Object.fromEntries(names.map((name, at) => [name, of(name, at)])) as Record<Name, number>;
