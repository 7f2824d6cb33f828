export { createCallback, type CallbackOptions } from './callback.js';
export { CALLBACK_PATH } from './callback-path.js';
export { askedForm, callbackUrl } from './request.js';
export { SubscriptionStore } from './store.js';
export { HUB_MESSAGES, hubTally, type HubMessage, type HubTally } from './tally.js';
export { asked, hasMissed, pollIn, pushState, type PushState, type NamedHub, type PollSeen, type Subscription } from './subscription.js';
