import { isScalar, stringify, visit, Document } from 'yaml';
import { z } from 'zod';
import { OPTIONS } from './options.js';
import { settingsSchema } from './settings.js';
import { sourcesFileSchema } from './source.js';

const SETTINGS_HEAD = `# yaml-language-server: $schema=./schemas/dateline.schema.json
# Settings of Dateline: every option with its default and what it means. Change a value, or delete what you do not need.
# Who decides an option: the command line, then the environment (its name is in brackets), then this file, then the default.
# Times carry their unit (500ms, 30s, 5m, 24h, 7d), and so do sizes (512kB, 8MB, 1GiB).
# \`npm run schemas\` writes this file anew from src/config/settings.ts, with every value at its default.
`;

/** \`config/dateline.yaml\` as shipped: the option table as a file. */
export function renderSettingsFile(): string {
  const lines: string[] = [];
  let open: readonly string[] = [];
  for (const option of OPTIONS) {
    const path = option.key.split('.');
    const groups = path.slice(0, -1);
    const shared = groups.findIndex((group, depth) => group !== open[depth]);
    for (const [depth, group] of groups.entries()) {
      if (shared !== -1 && depth >= shared) lines.push(...(depth === 0 ? [''] : []), `${'  '.repeat(depth)}${group}:`);
    }
    open = groups;
    const indent = '  '.repeat(groups.length);
    lines.push(`${indent}# ${option.meaning} (${option.env}; default ${flow(option.default)})`, `${indent}${path.at(-1) ?? ''}: ${flow(option.default)}`);
  }
  return `${SETTINGS_HEAD}\n${lines.join('\n')}\n`;
}

/** One line of YAML. */
function flow(value: unknown): string {
  const document = new Document(value);
  visit(document, { Collection: (_, node) => { node.flow = true; } });
  return isScalar(document.contents) ? stringify(value).trim() : document.toString({ flowCollectionPadding: false, lineWidth: 0 }).trim();
}

/** The option table for people, in Markdown. */
export function renderOptionTable(): string {
  const rows = OPTIONS.map(({ key, env, default: fallback, meaning }) =>
    `| \`${key}\` | \`${env}\` | \`${flow(fallback)}\` | ${meaning} |`);
  return ['| option | environment | default | meaning |', '|---|---|---|---|', ...rows, ''].join('\n');
}

/** Description of what a person may write, for editors. Draft 7, which all of them know. */
export function jsonSchema(schema: z.ZodType, title: string): string {
  const described = z.toJSONSchema(schema, { io: 'input', target: 'draft-7' });
  return `${JSON.stringify({ ...described, title }, null, 2)}\n`;
}

export const settingsJsonSchema = (): string => jsonSchema(settingsSchema, 'Settings of Dateline');
export const sourcesJsonSchema = (): string => jsonSchema(sourcesFileSchema, 'Sources of Dateline');
