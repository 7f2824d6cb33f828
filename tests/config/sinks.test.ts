import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { settingsOf, settingsSchema, type SettingsInput } from '../../src/config/index.js';
import { packageRoot } from '../../src/package-root.js';
import { sinkPlans } from '../../src/sink/index.js';

test('the example in the documentation is good, and names a sink of every kind', () => {
  const text = readFileSync(join(packageRoot, 'docs', 'configuration.md'), 'utf8');
  const [, example = ''] = /## Sinks[\s\S]*?```yaml\n([\s\S]*?)```/.exec(text) ?? [];
  const settings = settingsOf(parse(example) as SettingsInput);
  expect(sinkPlans({ ...settings, console: { ...settings.console, stories: { ...settings.console.stories, enabled: false } } }).map(({ name, format }) => [name, format]))
    .toEqual([['ndjson', 'ninjs'], ['redis-stream', 'dateline'], ['newsroom', 'dateline'], ['archive', 'dateline'], ['bus', 'dateline'], ['search', 'dateline']]);
});

const hook = { url: 'https://a.example/', secrets: ['whsec_x'] };
test.each<[string, unknown, RegExp]>([
  ['a name that two sinks have', { webhook: { one: hook }, kafka: { one: { brokers: ['a:1'] } } }, /another sink has this name/],
  ['the name of one that is there', { webhook: { ndjson: hook } }, /another sink has this name/],
  ['a name that is none', { webhook: { 'News Room': hook } }, /small letters/],
  ['a webhook without a secret', { webhook: { one: { ...hook, secrets: [] } } }, /secrets/],
  ['a broker without a port', { kafka: { one: { brokers: ['kafka.example'] } } }, /host:port/],
  ['a table that would be SQL', { postgres: { one: { url: 'x', table: 'a; DROP TABLE b' } } }, /small letters/],
  ['a language that is none', { ndjson: { only: { languages: ['english'] } } }, /BCP 47/],
  ['a filter of nothing', { ndjson: { only: { sources: [] } } }, /sources/],
])('%s is a mistake', (_, sinks, message) => {
  const read = settingsSchema.safeParse({ sinks });
  expect(read.success).toBe(false);
  expect(JSON.stringify(read.error?.issues)).toMatch(message);
});

test('one that is switched off has no plan', () => {
  expect(sinkPlans(settingsOf({ sinks: { webhook: { one: { ...hook, enabled: false } } } })).map(({ name }) => name)).not.toContain('one');
});
