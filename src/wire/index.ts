export type * from './types.js';
export { parseWire } from './parse-wire.js';
export { wireFeed, type WireStatus } from './wire-feed.js';
export { isWhole } from './whole.js';
