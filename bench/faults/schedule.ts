import { between, seeded, type Random } from '../throughput/random.js';

/** What is done to the service, and how often among a hundred faults. */
export const FAULT_SHARES = {
  'kill poll': 8,
  'kill article': 14,
  'kill deliver': 14,
  'kill two': 8,
  'kill redis': 9,
  'stop poll': 3,
  'stop article': 5,
  'stop deliver': 6,
  'stop redis': 3,
  'disk full': 5,
  'file limit': 4,
  'clock jump': 6,
  'host storm': 3,
  'sink refuses': 3,
  'sink hangs': 3,
  'sink is late': 3,
  'sink hangs up': 3,
} as const;

export type FaultKind = keyof typeof FAULT_SHARES;
export const FAULT_KINDS = Object.keys(FAULT_SHARES) as FaultKind[];

export interface PlannedFault {
  readonly kind: FaultKind;
  /** Quiet time before it, once the last one is over. */
  readonly restMs: number;
  /** In [0, 1): which process, how far the clock jumps, how long a wait is. */
  readonly draw: readonly [number, number, number];
}

/** The faults of a run, the same for a seed. Every kind that can be done here comes before any comes by chance. */
export function planFaults(seed: number, count: number, kinds: readonly FaultKind[] = FAULT_KINDS): PlannedFault[] {
  const random = seeded(seed ^ 0x5eed);
  const total = kinds.reduce((sum, kind) => sum + FAULT_SHARES[kind], 0);
  const each = shuffled(random, kinds).slice(0, count);
  const drawn = Array.from({ length: count - each.length }, () => draw(random, kinds, total));
  return shuffled(random, [...each, ...drawn]).map((kind) => ({ kind, restMs: between(random, 500, 3_000), draw: [random(), random(), random()] }));
}

function draw(random: Random, kinds: readonly FaultKind[], total: number): FaultKind {
  let left = random() * total;
  for (const kind of kinds) {
    left -= FAULT_SHARES[kind];
    if (left < 0) return kind;
  }
  return kinds[0] ?? 'kill deliver';
}

function shuffled<T>(random: Random, list: readonly T[]): T[] {
  return list.map((value) => ({ value, key: random() })).sort((one, other) => one.key - other.key).map(({ value }) => value);
}
