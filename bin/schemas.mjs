#!/usr/bin/env node
// Writes every file that follows from the schemas (`npm run schemas`).
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generatedFiles } from '../dist/src/generated-files.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
for (const [name, text] of generatedFiles()) {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), text);
  console.log(name);
}
