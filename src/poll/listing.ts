import { z } from 'zod';

/** Polls in a row with a short list before it counts as shrunk: a feed that is being written can be short once. */
const SHRUNK_POLLS = 2;
const SHRUNK_SHARE = 0.5;
/** Lists shorter than this say nothing: one item more or less is half of them. */
const SMALLEST_LIST = 4;
const LEARNING = 0.2;
/** A list that stays short becomes the usual one in about a hundred polls. */
const LEARNING_WHILE_SHORT = 0.01;

export const listingSchema = z.object({
  /** Smoothed length of the list. */
  usual: z.number(),
  last: z.number(),
  shortPolls: z.number(),
  shortSince: z.number().nullable(),
  /** Last time that a poll held no item known from before. */
  overlapLostAt: z.number().nullable(),
});
/** How long a feed's list is used to be, and whether polls still overlap. */
export type Listing = z.output<typeof listingSchema>;

export const startListing = (listed: number): Listing => ({ usual: listed, last: listed, shortPolls: 0, shortSince: null, overlapLostAt: null });

export function watchListing(before: Listing, { listed, fresh }: { readonly listed: number; readonly fresh: number }, now: number): Listing {
  const short = before.usual >= SMALLEST_LIST && listed < SHRUNK_SHARE * before.usual;
  // Two lists without a common item: whatever stood between them was never seen, or the feed renames its items.
  const lost = before.last > 0 && listed >= SMALLEST_LIST && fresh >= listed;
  return {
    usual: before.usual + (short ? LEARNING_WHILE_SHORT : LEARNING) * (listed - before.usual),
    last: listed,
    shortPolls: short ? before.shortPolls + 1 : 0,
    shortSince: short ? before.shortSince ?? now : null,
    overlapLostAt: lost ? now : before.overlapLostAt,
  };
}

export const isShrunk = ({ shortPolls }: Listing): boolean => shortPolls >= SHRUNK_POLLS;
