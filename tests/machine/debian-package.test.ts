import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { debianPackage, hasDebianTools, programEnvironment, type PackageWish } from '../../src/machine/index.js';

const WISH: PackageWish = { what: 'Nought', packages: ['no-such-package'], programs: ['usr/lib/nought/*/bin/nought', 'usr/bin/nought'], size: 'nothing' };
const options = { say: () => undefined, env: { PATH: '/usr/bin:/bin', http_proxy: 'http://127.0.0.1:9', https_proxy: 'http://127.0.0.1:9' } };

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'dl-package-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function place(path: string): Promise<void> {
  const program = join(dir, 'tree', path);
  await mkdir(join(program, '..'), { recursive: true });
  await mkdir(join(dir, 'tree', 'usr', 'lib', 'some-linux-gnu'), { recursive: true });
  await writeFile(program, '#!/bin/sh\necho "$LD_LIBRARY_PATH"\n', { mode: 0o755 });
}

test('of several releases in one tree the highest number is taken', async () => {
  await place('usr/lib/nought/9/bin/nought');
  await place('usr/lib/nought/17/bin/nought');
  await place('usr/bin/nought');
  const found = await debianPackage(join(dir, 'tree'), WISH, options);
  expect(found).toMatchObject({ ok: true, value: { program: join(dir, 'tree', 'usr/lib/nought/17/bin/nought'), tree: join(dir, 'tree') } });
});

test('the program finds the libraries of its tree', async () => {
  await place('usr/bin/nought');
  const found = await debianPackage(join(dir, 'tree'), WISH, options);
  if (!found.ok) throw found.fault;
  const { stdout } = await promisify(execFile)(found.value.program, { env: programEnvironment(found.value) });
  expect(stdout.trim()).toBe(join(dir, 'tree', 'usr/lib/some-linux-gnu'));
});

test.runIf(await hasDebianTools())('a package that cannot be had is a fault that names it, and leaves nothing behind', async () => {
  const found = await debianPackage(join(dir, 'tree'), WISH, options);
  if (found.ok) throw new Error('it was found');
  expect(found.fault).toMatchObject({ code: 'package-not-unpacked', consequence: 'retry-later', hint: expect.stringContaining('apt install no-such-package') as string });
});
