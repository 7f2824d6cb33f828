export type * from './types.js';
export { readArticle, LONGEST_PAGE } from './read.js';
export { EMPTY_MEMORY, rememberFurniture, withoutPage } from './furniture-memory.js';
