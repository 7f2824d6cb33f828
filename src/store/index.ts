export type * from './types.js';
export { FACETS } from './types.js';
export { openStoreSink, openStoryStore } from './open.js';
export { StoreSink } from './store-sink.js';
export { openSqliteStore } from './sqlite-store.js';
export { fold, searchWords } from './index-words.js';
