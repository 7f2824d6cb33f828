import { CALLBACK_PATH } from './callback-path.js';
import { ASKED_LEASE_SECONDS } from './lease.js';
import type { Subscription } from './subscription.js';

/** The address a hub calls, under the public address of the console. */
export const callbackUrl = (base: string, path: string): string => `${base.replace(/\/+$/, '')}${CALLBACK_PATH}/${path}`;

/** Body of a subscription request (W3C WebSub, 5.1). */
export const askedForm = ({ topic, secret }: Pick<Subscription, 'topic' | 'secret'>, callback: string): Readonly<Record<string, string>> => ({
  'hub.callback': callback, 'hub.mode': 'subscribe', 'hub.topic': topic, 'hub.secret': secret, 'hub.lease_seconds': String(ASKED_LEASE_SECONDS),
});
