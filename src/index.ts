export { Fault, type Consequence, type FaultInit, type Outcome } from './fault.js';
export * from './article/index.js';
export type * from './feed/index.js';
export { cleanUrl, discoverFeeds, identityUrl, itemIdentity, itemKey, itemKeys, learnIdentity, normalizeUrl, parseFeed, parseOpml, readTime, writeOpml } from './feed/index.js';
export { decodeBytes, type Decoded, type DecodeDefect, type DecodeOptions, type EncodingEvidence } from './fetch/index.js';
export * from './wire/index.js';
export * from './language/index.js';
export * from './dateline/index.js';
export * from './story/index.js';
