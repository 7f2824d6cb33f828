import type { Benchmark } from './benchmark.js';

/** Every benchmark by name; each stands in a file of its own. */
export const benchmarks: Readonly<Record<string, Benchmark>> = {};
