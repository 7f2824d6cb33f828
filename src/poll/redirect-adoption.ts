import { z } from 'zod';

const DAY = 86_400_000;
/** A move is believed after this many polls in a row that said so, over this time, with no longer gap between two of them. */
export const ADOPTION = { polls: 20, overMs: 3 * DAY, gapMs: 3 * DAY } as const;
/** An adopted address that fails so often in a row is given up for the configured one. */
const FAILURES_UNTIL_RETURN = 5;

export const moveSchema = z.object({
  /** The configured address that all this is about; another one makes it void. */
  from: z.string(),
  to: z.string(),
  polls: z.number(),
  firstAt: z.number(),
  lastAt: z.number(),
  /** When the new address took the place of the old one; null while it is only being watched. */
  adoptedAt: z.number().nullable(),
});
/** A permanent redirect and how far it has proved lasting. */
export type Move = z.output<typeof moveSchema>;

/** The address to ask: the adopted one while the configured one is still the one that moved. */
export const addressOf = (move: Move | null, configured: string): string =>
  move !== null && move.from === configured && move.adoptedAt !== null ? move.to : configured;

/**
 * After a poll of `configured` that went well. Sites under repair, captive networks and expired domains redirect "for good" too, and
 * then change their mind: any other answer begins the count anew.
 *
 * @param movedTo where every hop was 301 or 308, or null
 */
export function watchMove(before: Move | null, configured: string, movedTo: string | null, now: number): Move | null {
  const move = before?.from === configured ? before : null;
  if (move !== null && move.adoptedAt !== null) {
    // The adopted address has moved on itself: that move has to prove itself as the first one did, from where the source stands now.
    return movedTo === null || movedTo === move.to ? { ...move, lastAt: now } : { from: configured, to: movedTo, polls: 1, firstAt: now, lastAt: now, adoptedAt: null };
  }
  if (movedTo === null || movedTo === configured) return null;
  const goesOn = move !== null && move.to === movedTo && now - move.lastAt <= ADOPTION.gapMs;
  if (!goesOn) return { from: configured, to: movedTo, polls: 1, firstAt: now, lastAt: now, adoptedAt: null };
  const polls = move.polls + 1;
  const proved = polls >= ADOPTION.polls && now - move.firstAt >= ADOPTION.overMs;
  return { ...move, polls, lastAt: now, adoptedAt: proved ? now : null };
}

/** After a failed poll: back to the configured address when the adopted one keeps failing. */
export const doubtMove = (before: Move | null, failures: number): Move | null =>
  before !== null && before.adoptedAt !== null && failures >= FAILURES_UNTIL_RETURN ? null : before;
