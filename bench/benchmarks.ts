import type { Benchmark } from './benchmark.js';
import { consolePages } from './console.js';
import { dateline } from './dateline.js';
import { duplicates } from './duplicates.js';
import { extraction } from './extraction.js';
import { faults } from './faults.js';
import { feeds } from './feeds.js';
import { language } from './language.js';
import { ninjs } from './ninjs.js';
import { polling } from './polling.js';
import { redisMemory } from './redis-memory.js';
import { segmentation } from './segmentation.js';
import { segmentationWeights } from './segmentation/learn.js';
import { soak } from './soak.js';
import { spill } from './spill.js';
import { throughput } from './throughput.js';

/** Every benchmark by name; each stands in a file of its own. */
export const benchmarks: Readonly<Record<string, Benchmark>> = {
  console: consolePages,
  dateline,
  duplicates,
  extraction,
  faults,
  feeds,
  language,
  ninjs,
  polling,
  'redis-memory': redisMemory,
  segmentation,
  'segmentation-weights': segmentationWeights,
  soak,
  spill,
  throughput,
};
