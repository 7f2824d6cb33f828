export type * from './types.js';
export { readArticle, LONGEST_PAGE } from './read.js';
