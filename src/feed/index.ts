export type * from './types.js';
export { canonicalOnSameSite, cleanUrl, identityUrl, normalizeUrl, unwrapAmp } from './address.js';
export { itemIdentity, type Identifiable, type IdentityRung, type ItemIdentity } from './item-identity.js';
export { itemFacts, itemKey, itemKeys, learnIdentity, type IdentityState, type ItemFacts } from './identity-resolver.js';
export { parseFeed } from './parse-feed.js';
export { readTime, type TimeContext } from './feed-time.js';
export { discoverFeeds, USUAL_PLACES, type FeedCandidate } from './discovery.js';
export { parseOpml, writeOpml, type OpmlFeed, type OpmlList } from './opml.js';
export { resolveUrl } from './element-value.js';
