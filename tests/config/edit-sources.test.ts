import { chmod, readFile, readdir, stat, symlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { addSource, addSources, setSourceEnabled, setSourcesEnabled } from '../../src/config/index.js';
import { useFolder } from './folder.js';

const folder = useFolder();
const FILE = `# My sources
sources:
  # the first
  - id: a
    url: https://a.example/feed # its feed
    enabled: true

  - id: b
    url: "https://b.example/feed"
    name: 'B: the second, a rather long name that would be folded by a printer that minds the width of its lines'
    tags: [one, two]

# the end
`;

test('switching a source touches its own line only', async () => {
  const file = await folder.write('sources.yaml', FILE);
  const result = await setSourceEnabled(file, 'a', false);
  expect(result).toMatchObject({ ok: true, value: { sources: [{ id: 'a', enabled: false }, { id: 'b', enabled: true }] } });
  expect(await readFile(file, 'utf8')).toBe(FILE.replace('enabled: true', 'enabled: false'));
});

test('a source that has no switch gets one', async () => {
  const file = await folder.write('sources.yaml', FILE);
  await setSourceEnabled(file, 'b', false);
  expect(await readFile(file, 'utf8')).toBe(FILE.replace('[one, two]\n', '[one, two]\n    enabled: false\n'));
});

test('a new source comes last, comments stay', async () => {
  const file = await folder.write('sources.yaml', FILE);
  const result = await addSource(file, { id: 'c', url: 'https://c.example/', language: 'tr' });
  expect(result).toMatchObject({ ok: true, value: { sources: [{ id: 'a' }, { id: 'b' }, { id: 'c', language: 'tr' }] } });
  const text = await readFile(file, 'utf8');
  for (const comment of ['# My sources', '# the first', '# its feed', '# the end']) expect(text).toContain(comment);
});

test('many are added a blank line apart, or none', async () => {
  const file = await folder.write('sources.yaml', FILE);
  await addSources(file, [{ id: 'c', url: 'https://c.example/' }, { id: 'd', url: 'https://d.example/' }]);
  const text = await readFile(file, 'utf8');
  expect(text).toContain('\n\n  - id: c\n    url: https://c.example/\n\n  - id: d\n    url: https://d.example/\n');
  expect(await addSources(file, [{ id: 'e', url: 'https://e.example/' }, { id: 'a', url: 'https://f.example/' }])).toMatchObject({ ok: false });
  expect(await readFile(file, 'utf8')).toBe(text);
});

test('many are switched, or none', async () => {
  const file = await folder.write('sources.yaml', FILE);
  expect(await setSourcesEnabled(file, ['a', 'b'], false)).toMatchObject({ ok: true, value: { sources: [{ enabled: false }, { enabled: false }] } });
  const text = await readFile(file, 'utf8');
  expect(await setSourcesEnabled(file, ['a', 'z'], true)).toMatchObject({ ok: false, fault: { code: 'source-unknown' } });
  expect(await readFile(file, 'utf8')).toBe(text);
});

test.each(['sources:\n', 'sources: []\n'])('the first source of %j', async (text) => {
  const file = await folder.write('sources.yaml', text);
  await addSource(file, { id: 'c', url: 'https://c.example/' });
  expect(await readFile(file, 'utf8')).toBe('sources:\n  - id: c\n    url: https://c.example/\n');
});

test.each([
  ['an id that is taken', (file: string) => addSource(file, { id: 'a', url: 'https://c.example/' }), 'config-invalid'],
  ['a wrong address', (file: string) => addSource(file, { id: 'c', url: 'nowhere' }), 'config-invalid'],
  ['an unknown source', (file: string) => setSourceEnabled(file, 'z', true), 'source-unknown'],
])('%s is refused and the file stays as it was', async (_, change, code) => {
  const file = await folder.write('sources.yaml', FILE);
  expect(await change(file)).toMatchObject({ ok: false, fault: { code } });
  expect(await readFile(file, 'utf8')).toBe(FILE);
  expect(await readdir(dirname(file))).toEqual(['sources.yaml']);
});

test('a link stays a link, and the file keeps its rights', async () => {
  const file = await folder.write('real.yaml', FILE);
  await chmod(file, 0o640);
  await symlink('real.yaml', folder.path('sources.yaml'));
  await setSourceEnabled(folder.path('sources.yaml'), 'a', false);
  expect((await stat(file)).mode & 0o777).toBe(0o640);
  expect(await readFile(file, 'utf8')).toContain('enabled: false');
});
