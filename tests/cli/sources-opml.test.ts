import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseOpml } from '../../src/feed/index.js';
import { useFolder } from '../config/folder.js';
import { dateline } from './dateline.js';

const folder = useFolder();
const SOURCES = `# Mine
sources:
  # the first
  - id: a
    name: A & B
    url: https://a.example/feed
    enabled: true
    language: de
    tags: [state, levant]
`;
const LIST = `<?xml version="1.0"?><opml version="2.0"><head><title>Desk</title></head><body>
  <outline text="Wires"><outline text="Café Orient" type="rss" xmlUrl="https://orient.example/rss" language="fr" category="/Levant,daily"/>
    <outline text="The first, again" xmlUrl="http://www.a.example/feed/"/></outline>
  <outline text="وكالة" xmlUrl="https://www.wakala.example/rss?a=1" language="ar"/>
  <outline text="Cafe Orient" xmlUrl="https://orient.example/rss/2"/>
  <outline text="A file" xmlUrl="file:///etc/passwd"/>
</body></opml>`;

const sources = (...args: string[]) => dateline(['--config', folder.path('.'), 'sources', ...args]);
const entries = async (): Promise<unknown> => (parse(await readFile(folder.path('sources.yaml'), 'utf8')) as { sources: unknown }).sources;

test('a list is taken over switched off, with ids, languages and tags; what is there already is left out', async () => {
  await folder.write('sources.yaml', SOURCES);
  const list = await folder.write('list.opml', LIST);
  const { code, stdout } = await sources('import', list);
  expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('3 sources added, switched off; 1 there already; 1 unusable.') as string });
  expect(stdout).toContain('file:///etc/passwd');
  expect(await entries()).toMatchObject([
    { id: 'a' },
    { id: 'cafe-orient', name: 'Café Orient', url: 'https://orient.example/rss', enabled: false, language: 'fr', tags: ['Wires', 'Levant', 'daily'] },
    { id: 'wakala-ar', name: 'وكالة', url: 'https://www.wakala.example/rss?a=1', enabled: false, language: 'ar' },
    { id: 'cafe-orient-2', url: 'https://orient.example/rss/2', enabled: false },
  ]);
  expect(await readFile(folder.path('sources.yaml'), 'utf8')).toContain(SOURCES);

  const again = await sources('import', list, '--enable');
  expect(again.stdout).toContain('0 sources added; 4 there already; 1 unusable.');
});

test('--enable switches what is new on', async () => {
  await folder.write('sources.yaml', 'sources: []\n');
  await sources('import', await folder.write('list.opml', LIST), '--enable');
  expect(await entries()).toMatchObject([{ enabled: true }, { enabled: true }, { enabled: true }, { enabled: true }]);
});

test('what is exported comes in again as it was, but for the bundled wire', async () => {
  await folder.write('sources.yaml', `${SOURCES}\n  - { id: sample, url: "sample:" }\n`);
  const file = folder.path('out.opml');
  expect(await sources('export', file)).toMatchObject({ code: 0, stdout: `1 source written to ${file}.\n` });
  const list = parseOpml(await readFile(file));
  expect(list).toMatchObject({ ok: true, value: { feeds: [{ url: 'https://a.example/feed', title: 'A & B', language: 'de', folders: ['state'], categories: ['state', 'levant'] }] } });
  expect((await sources('export')).stdout).toBe(await readFile(file, 'utf8'));

  await folder.write('sources.yaml', 'sources: []\n');
  await sources('import', file);
  expect(await entries()).toEqual([{ id: 'a-b', name: 'A & B', url: 'https://a.example/feed', enabled: false, language: 'de', tags: ['state', 'levant'] }]);
});

test('a file that is there is not written over', async () => {
  await folder.write('sources.yaml', SOURCES);
  const file = await folder.write('out.opml', 'precious');
  expect(await sources('export', file)).toMatchObject({ code: 2, stderr: expect.stringContaining('is there already') as string });
  expect(await readFile(file, 'utf8')).toBe('precious');
});

test.each([['<rss/>', /no OPML list/], ['', /no text/]])('%j is refused, and the sources stay', async (text, words) => {
  await folder.write('sources.yaml', SOURCES);
  const { code, stderr } = await sources('import', await folder.write('list.opml', text));
  expect(code).toBe(1);
  expect(stderr).toMatch(words);
  expect(await readFile(folder.path('sources.yaml'), 'utf8')).toBe(SOURCES);
});

test('a list that is not there is named', async () => {
  await folder.write('sources.yaml', SOURCES);
  expect(await sources('import', folder.path('none.opml'))).toMatchObject({ code: 2, stderr: expect.stringContaining('none.opml') as string });
});
