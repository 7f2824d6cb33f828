import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { loadConfig, loadSources, OPTIONS, settingsOf, settingsSchema, sourceSchema } from '../../src/config/index.js';
import { bundledAgencies } from '../../src/dateline/index.js';
import { generatedFiles } from '../../src/generated-files.js';
import { packageRoot } from '../../src/package-root.js';

const shipped = (name: string): string => readFileSync(join(packageRoot, name), 'utf8');

/** Values are the user's to change; keys, order, meanings and the defaults told beside them are not. */
const withoutValues = (yaml: string): string => yaml.replaceAll(/^(\s*[A-Za-z]+:) .*$/gm, '$1');

test.each([...generatedFiles()].map(([name, text]) => ({ name, text })))('$name is what `npm run schemas` writes', ({ name, text }) => {
  const compared = name === 'config/dateline.yaml' ? withoutValues : (whole: string): string => whole;
  expect(compared(shipped(name))).toBe(compared(text));
});

test('dateline.yaml as written from the schema sets every option to its default', () => {
  const written = generatedFiles().get('config/dateline.yaml') ?? '';
  const keys = [...written.matchAll(/^\s*# .* \((DATELINE_[A-Z_]+); default .*\)$/gm)].map(([, env]) => env);
  expect(keys).toEqual(OPTIONS.map(({ env }) => env));
  expect(settingsSchema.parse(parse(written))).toEqual(settingsOf());
});

test('the shipped configuration loads, and loads the same from any folder', async () => {
  const loaded = await loadConfig({ cwd: '/', env: {}, configDir: join(packageRoot, 'config') });
  expect(loaded).toMatchObject({ ok: true, value: { notes: [], settingsFile: join(packageRoot, 'config', 'dateline.yaml') } });
  const elsewhere = await loadConfig({ cwd: '/', env: {} });
  expect(elsewhere).toMatchObject({ ok: true, value: { configDir: join(packageRoot, 'config') } });
});

test('the shipped sources hold the sample wire, SANA in its languages, and other wires with all that datelines need', async () => {
  const loaded = await loadSources(join(packageRoot, 'config', 'sources.yaml'));
  if (!loaded.ok) throw loaded.fault;
  const { sources } = loaded.value;
  expect(sources.filter(({ url }) => url.startsWith('sample:'))).toHaveLength(1);
  expect(sources.filter(({ agency }) => agency === 'sana').map(({ language }) => language)).toEqual(expect.arrayContaining(['ar', 'en', 'fr', 'es']));
  const real = sources.filter(({ url }) => !url.startsWith('sample:'));
  expect(real.length).toBeGreaterThan(40);
  expect(real.filter(({ language, timeZone }) => language === undefined || timeZone === undefined)).toEqual([]);
  expect(new Set(sources.map(({ url }) => url)).size).toBe(sources.length);
});

test('every agency that a shipped source names is in the table of agencies', async () => {
  const loaded = await loadSources(join(packageRoot, 'config', 'sources.yaml'));
  if (!loaded.ok) throw loaded.fault;
  const known = new Set(bundledAgencies().map(({ id }) => id));
  const named = loaded.value.sources.flatMap(({ agency }) => agency ?? []);
  expect(named.length).toBeGreaterThan(25);
  expect(named.filter((agency) => !known.has(agency))).toEqual([]);
});

test('the examples at the head of sources.yaml have every key, and are right', () => {
  const lines = shipped('config/sources.yaml').split('\n').filter((line) => line.startsWith('#   ')).map((line) => line.slice(2));
  const examples = parse(lines.join('\n')) as object[];
  expect(examples).toHaveLength(2);
  expect(Object.keys(sourceSchema.in.shape).sort()).toEqual([...new Set(examples.flatMap((example) => Object.keys(example)))].sort());
  for (const example of examples) expect(() => sourceSchema.parse(example)).not.toThrow();
});

describe('the JSON Schemas say in an editor what the loader says at the start', () => {
  const schemaOf = (name: string): z.ZodType => {
    // The schema's own form is checked by reading it: what comes of it is what an editor would enforce.
    const schema = JSON.parse(shipped(`config/schemas/${name}.schema.json`)) as Parameters<typeof z.fromJSONSchema>[0];
    return z.fromJSONSchema(schema);
  };

  test.each(['dateline', 'sources'])('%s.yaml as shipped is accepted', (name) => {
    expect(schemaOf(name).safeParse(parse(shipped(`config/${name}.yaml`))).error).toBeUndefined();
  });

  test.each([
    ['dateline', 'an unknown key', { fetch: { usrAgent: 'me' } }],
    ['dateline', 'a time without a unit', { poll: { interval: '30' } }],
    ['dateline', 'a wrong choice', { log: { level: 'loud' } }],
    ['sources', 'a missing address', { sources: [{ id: 'a' }] }],
    ['sources', 'a wrong address', { sources: [{ id: 'a', url: 'ftp://a.example/' }] }],
    ['sources', 'an unknown rule', { sources: [{ id: 'a', url: 'https://a.example/', rules: { bodi: 'p' } }] }],
  ])('%s.yaml: %s is refused', (name, _, value) => {
    expect(schemaOf(name).safeParse(value).success).toBe(false);
  });
});
