import type { FeedNote } from './types.js';

export const TOO_MANY_ITEMS = 'too-many-items';

/** Told of a list that is read to its bound only: what lies beyond is never seen, for feeds list the newest first. */
export const tooManyItems = (listed: number, read: number): FeedNote =>
  ({ code: TOO_MANY_ITEMS, message: `${listed - read} items beyond the first ${read} were left out.` });
