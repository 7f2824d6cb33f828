import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../package-root.js';
import { FEATURE_NAMES, type PageFeatures } from './features.js';
import { compileModel, probabilities, type TreeModel } from './tree-model.js';

/** Learnt by `bench/extraction/train.ts`; read once, when the module is loaded. */
const MODEL = compileModel(JSON.parse(readFileSync(join(packageRoot, 'config', 'block-model.json'), 'utf8')) as TreeModel, FEATURE_NAMES);
/** Logit after a third of the trees below which a block is out of question. */
const GIVE_UP = -5;

/** How sure it is, for each block, that it belongs to the story: 0–1. */
export const scoreBlocks = (features: PageFeatures): Float64Array =>
  probabilities(MODEL, features.table, FEATURE_NAMES.length, GIVE_UP);
