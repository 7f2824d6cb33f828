import { expect, test } from 'vitest';
import { loadSources, parseSources } from '../../src/config/index.js';
import { useFolder } from './folder.js';

const folder = useFolder();
const GOOD = 'sources:\n  - id: a\n    url: https://a.example/feed\n  - id: b\n    url: "sample:"\n    language: ar\n';

test('sources are read in order and complete', async () => {
  const loaded = await loadSources(await folder.write('sources.yaml', GOOD));
  if (!loaded.ok) throw loaded.fault;
  expect(loaded.value.sources.map(({ id, name, language }) => [id, name, language])).toEqual([['a', 'a', undefined], ['b', 'b', 'ar']]);
});

test('a list without entries is no mistake', () => {
  expect(parseSources('sources:\n', 's')).toMatchObject({ ok: true, value: { sources: [] } });
});

test.each([
  ['an empty file', '', 'sources.yaml is empty'],
  ['only comments', '# sources:\n', 'sources.yaml is empty'],
  ['no list', 'a: b\n', '`a` is no known key; known here: sources'],
  ['an unknown key', `${GOOD}    langage: ar\n`, 'sources.yaml, line 7, column 5: `langage` of source `b` is no known key; did you mean `language`?'],
  ['an unknown rule', `${GOOD}    rules: { bodi: p }\n`, '`rules.bodi` of source `b` is no known key; did you mean `body`?'],
  ['a missing address', 'sources:\n  - id: a\n', 'sources.yaml, line 2, column 5: `url` of source `a` is missing'],
  ['a wrong address', 'sources:\n  - id: a\n    url: a.example\n', 'line 3, column 10: `url` of source `a` "a.example": expected an http://'],
  ['an id taken twice', `${GOOD}  - id: a\n    url: https://c.example/\n`, 'sources.yaml, line 7: the id `a` is taken by the source at line 2'],
  ['a key twice', 'sources:\n  - id: a\n    id: b\n    url: https://a.example/\n', 'line 3, column 5: Map keys must be unique'],
  ['an entry that is a word', 'sources:\n  - https://a.example/\n', 'line 2, column 5: `sources.0` "https://a.example/": expected object'],
  ['a folder without a path', 'sources:\n  - id: a\n    kind: folder\n', '`path` of source `a`'],
  ['a path that begins nowhere', 'sources:\n  - id: a\n    kind: folder\n    path: wires\n', 'expected a path from the root'],
  ['a feed with a path', `${GOOD}    path: /srv/wires\n`, '`path` of source `b`'],
  ['a folder with an address', 'sources:\n  - id: a\n    kind: folder\n    path: /srv/wires\n    url: https://a.example/\n', '`url` of source `a`'],
  ['a wrong choice', `${GOOD}    robots: ignor\n`, 'did you mean ignore?'],
])('%s is told with its place', (_, text, expected) => {
  const result = parseSources(text, 'sources.yaml');
  expect(result.ok ? 'accepted' : result.fault.message).toContain(expected);
});

test('a header\'s value is never repeated in a message', () => {
  const result = parseSources(`${GOOD}    headers: { Authorization: "Bearer hunter2\\n" }\n`, 'sources.yaml');
  if (result.ok) throw new Error('accepted');
  expect(result.fault.message).toContain('`headers.Authorization` of source `b`');
  expect(result.fault.message).not.toContain('hunter2');
});
