export { findFeed, type FoundFeed } from './find-feed.js';
export { proposeSource, type Proposal, type ProposalInit } from './propose-source.js';
export { fetchFeed, lookAtPage, newestFirst, readAnswer, readFeed, timeOf, type FeedLook, type LookedAt, type PageLook, type ReadAnswer, type Ways } from './source-look.js';
export { addressKey, freeId, siteName, slug, sourceOf, wholeAddress } from './source-naming.js';
export { sourcesFrom, subscriptionsOf, type Subscriptions } from './subscriptions.js';
