import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lookIn, pruneTaken, setAside, takeAway } from '../../src/folder/index.js';
import { giveUp } from '../../src/fault.js';

const MINUTE = 60_000;
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dl-folder-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What is ready a minute from now. */
const settled = async () => {
  const look = await lookIn(folder, '*', Date.now() + MINUTE);
  if (!look.ok) throw look.fault;
  return look.value.settled;
};
const put = (...names: string[]): Promise<unknown> => Promise.all(names.map((name) => writeFile(join(folder, name), name)));

test('only whole files of the folder itself are ready: no links, none that a program is still writing', async () => {
  await put('a.xml', '.b.xml', 'c.xml.part', 'd.tmp', 'e.xml~');
  await symlink(join(folder, 'a.xml'), join(folder, 'link.xml'));
  expect((await settled()).map(({ name }) => name)).toEqual(['a.xml']);
  const now = await lookIn(folder, '*', Date.now());
  expect(now).toEqual({ ok: true, value: { settled: [], waiting: 1 } });
});

test('a file that was touched after it was read stays', async () => {
  await put('a.xml');
  const [file] = await settled();
  if (file === undefined) throw new Error('no file');
  await writeFile(join(folder, 'a.xml'), 'another text');
  expect(await takeAway(folder, file)).toEqual({ ok: true, value: false });
  expect(await readdir(folder)).toEqual(['a.xml']);
});

test('what was taken is thrown away by the time of its taking; what could not be read stays', async () => {
  expect(await pruneTaken(folder, MINUTE, Date.now())).toEqual({ ok: true, value: 0 });
  await put('a.xml', 'b.xml', 'bad.xml');
  for (const file of await settled()) {
    if (file.name === 'bad.xml') await setAside(folder, file, giveUp({ code: 'not-wire', message: 'no wire', hint: '' }));
    else await takeAway(folder, file);
  }
  expect(await pruneTaken(folder, MINUTE, Date.now())).toEqual({ ok: true, value: 0 });
  expect((await readdir(join(folder, '.taken'))).sort()).toEqual(['a.xml', 'b.xml']);
  expect(await pruneTaken(folder, MINUTE, Date.now() + 2 * MINUTE)).toEqual({ ok: true, value: 2 });
  expect(await readdir(join(folder, '.taken'))).toEqual([]);
  expect((await readdir(join(folder, '.unreadable'))).sort()).toEqual(['bad.xml', 'bad.xml.reason.txt']);
});

test('a name that comes again keeps the file of before', async () => {
  for (const text of ['one', 'two']) {
    await writeFile(join(folder, 'a.xml'), text);
    for (const file of await settled()) await takeAway(folder, file);
  }
  const taken = await readdir(join(folder, '.taken'));
  expect((await Promise.all(taken.map((name) => readFile(join(folder, '.taken', name), 'utf8')))).sort()).toEqual(['one', 'two']);
});
