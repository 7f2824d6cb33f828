import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { useFolder } from '../config/folder.js';
import { dateline } from './dateline.js';

const folder = useFolder();
const FILE = `# Mine
sources:
  - id: a
    url: https://a.example/feed # its feed
    enabled: true
  - id: b
    url: https://b.example/feed
    enabled: false
`;
const sources = (...args: string[]) => dateline(['--config', folder.path('.'), 'sources', ...args]);
const file = (): Promise<string> => readFile(folder.path('sources.yaml'), 'utf8');

test('sources are switched on and off by id, and nothing else of the file changes', async () => {
  await folder.write('sources.yaml', FILE);
  expect(await sources('enable', 'a', 'b')).toMatchObject({ code: 0, stdout: 'a was on already.\nb is on now.\n' });
  expect(await file()).toBe(FILE.replace('enabled: false', 'enabled: true'));
  expect(await sources('disable', 'a', 'b')).toMatchObject({ code: 0, stdout: 'a is off now.\nb is off now.\n' });
  expect(await file()).toBe(FILE.replace('enabled: true', 'enabled: false'));
});

test('with one unknown id none is switched', async () => {
  await folder.write('sources.yaml', FILE);
  expect(await sources('enable', 'b', 'nobody')).toMatchObject({ code: 2, stderr: expect.stringContaining('`nobody`') as string });
  expect(await file()).toBe(FILE);
});
