export type * from './types.js';
export { canonicalOnSameSite, cleanUrl, identityUrl, unwrapAmp } from './address.js';
export { itemIdentity, type IdentityRung, type ItemIdentity } from './item-identity.js';
export { parseFeed } from './parse-feed.js';
export { readTime, type TimeContext } from './feed-time.js';
