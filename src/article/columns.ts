/** Writes the next value of the row that is being filled. */
export type Put = (value: number) => void;

/** Logarithms of counts, which most values are. */
const LOGS = Float64Array.from({ length: 4_096 }, (_, count) => Math.log2(1 + count));
export const log = (value: number): number => (value < LOGS.length && Math.trunc(value) === value ? LOGS[value] ?? 0 : Math.log2(1 + value));

/** A distance larger than any on a page, for what is not there. */
export const NOWHERE_NEAR = 12;
