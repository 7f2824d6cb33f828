import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchema, renderOptionTable, renderSettingsFile, settingsJsonSchema, sourcesJsonSchema } from './config/index.js';
import { packageRoot } from './package-root.js';
import { storyRecordSchema } from './story/index.js';

const MARKS = { begin: '<!-- options: written by `npm run schemas` -->', end: '<!-- end of options -->' };

/** Files that follow from the schemas, as they should stand: path in the package → text. A test fails when one is stale. */
export function generatedFiles(): ReadonlyMap<string, string> {
  return new Map([
    ['config/dateline.yaml', renderSettingsFile()],
    ['config/schemas/dateline.schema.json', settingsJsonSchema()],
    ['config/schemas/sources.schema.json', sourcesJsonSchema()],
    ['config/schemas/story.schema.json', jsonSchema(storyRecordSchema, 'Dateline story record')],
    ['docs/configuration.md', withOptionTable(readFileSync(join(packageRoot, 'docs', 'configuration.md'), 'utf8'))],
  ]);
}

function withOptionTable(page: string): string {
  const from = page.indexOf(MARKS.begin);
  const to = page.indexOf(MARKS.end);
  if (from < 0 || to < from) throw new Error(`docs/configuration.md lacks the lines ${MARKS.begin} and ${MARKS.end}`);
  return `${page.slice(0, from + MARKS.begin.length)}\n${renderOptionTable()}${page.slice(to)}`;
}
