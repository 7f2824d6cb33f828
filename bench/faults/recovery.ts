/** Story versions that the sinks had taken at a moment. Times in milliseconds of one steady clock. */
export interface Sample {
  readonly at: number;
  readonly taken: number;
}

export interface Struck {
  readonly kind: string;
  readonly what: string;
  readonly begun: number;
  /** When the cause was gone: a killed process is gone at once, a stopped one goes on, a disk has room again. */
  readonly over: number;
}

/** Share of the quiet rate that counts as full speed: what the rate falls to by itself now and then. */
export const FULL_SPEED = 0.8;
const WINDOW_MS = 2_000;

/** Rate between two moments, a second; null where the samples do not reach. */
export function rateBetween(samples: readonly Sample[], from: number, to: number): number | null {
  const first = samples.findLast(({ at }) => at <= from);
  const last = samples.find(({ at }) => at >= to);
  return first === undefined || last === undefined || last.at === first.at ? null : ((last.taken - first.taken) * 1_000) / (last.at - first.at);
}

/** Milliseconds from the end of a fault to the first two seconds at full speed; null while there were none yet. */
export function recoveredAfter(samples: readonly Sample[], over: number, quietRate: number): number | null {
  for (const { at } of samples) {
    if (at < over) continue;
    const rate = rateBetween(samples, at, at + WINDOW_MS);
    if (rate === null) return null;
    if (rate >= quietRate * FULL_SPEED) return at - over;
  }
  return null;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
