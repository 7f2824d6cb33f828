import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { failed, misconfigured, ok, type Outcome } from '../../src/fault.js';
import { debianPackage, hasDebianTools, run, type PackageWish, type UnpackedProgram } from '../../src/machine/index.js';
import { DATA } from '../redis-server.js';
import { chromiumFromNpm } from './chromium-from-npm.js';

export interface FoundChromium {
  readonly program: string;
  readonly env: NodeJS.ProcessEnv;
  /** For people: where it came from and which it is. */
  readonly origin: string;
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const FOLDER = join(DATA, 'chromium');

const WISH: PackageWish = {
  what: 'Chromium', packages: ['chromium'], programs: ['usr/lib/chromium/chromium'], size: 'about 90 MB with its libraries',
};

/**
 * A Chromium for the tests: the one that `CHROME_PATH` names, one on the PATH, the distribution's package unpacked beside the
 * tests' Redis, or the one that the npm package @sparticuz/chromium brings. A fault says what was tried.
 */
export async function findChromium(say: (line: string) => void, env: NodeJS.ProcessEnv = process.env): Promise<Outcome<FoundChromium>> {
  const tried: string[] = [];
  const take = async (program: string, own: NodeJS.ProcessEnv, origin: string): Promise<FoundChromium | null> => {
    const { code, output } = await run(program, ['--version'], { timeoutMs: 60_000, env: own });
    const version = /(?:Chromium|Google Chrome)\D*([\d.]+)/.exec(output)?.[1];
    if (code === 0 && version !== undefined) return { program, env: own, origin: `Chromium ${version} ${origin}` };
    tried.push(`${program} does not start (${output.trim().split('\n')[0]?.slice(0, 200) ?? ''})`);
    return null;
  };
  const named = env['CHROME_PATH'];
  if (named !== undefined && named !== '') {
    const found = await take(named, env, 'by CHROME_PATH');
    return found === null ? failed(notFound(tried)) : ok(found);
  }
  for (const program of await onPath(env)) {
    const found = await take(program, env, 'on the PATH');
    if (found !== null) return ok(found);
  }
  if (await hasDebianTools()) {
    const unpacked = await debianPackage(join(FOLDER, 'debian'), WISH, { say, env, timeoutMs: 400_000 });
    if (unpacked.ok) {
      const found = await take(unpacked.value.program, environmentOf(unpacked.value, env), 'of the distribution, unpacked');
      if (found !== null) return ok(found);
    } else tried.push(unpacked.fault.message);
  }
  const npm = await chromiumFromNpm(join(FOLDER, 'npm'), say);
  if (npm.ok) {
    const found = await take(npm.value.program, environmentOf(npm.value, env), 'of @sparticuz/chromium');
    if (found !== null) return ok(found);
  } else tried.push(npm.fault.message);
  return failed(notFound(tried));
}

/** Where the machine had no fonts of its own, those that came with the package are used. */
function environmentOf({ tree, libraryPath }: UnpackedProgram, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    ...env, ...(libraryPath === null ? {} : { LD_LIBRARY_PATH: libraryPath }),
    ...(tree === null ? {} : { FONTCONFIG_SYSROOT: tree }),
  };
}

async function onPath(env: NodeJS.ProcessEnv): Promise<string[]> {
  const folders = (env['PATH'] ?? '').split(delimiter).filter(isAbsolute);
  const found: string[] = [];
  for (const program of NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))) {
    if (await access(program, constants.X_OK).then(() => true, () => false)) found.push(program);
  }
  return found;
}

const notFound = (tried: readonly string[]) => misconfigured({
  code: 'chromium-not-found', message: `No Chromium could be had.${tried.map((reason) => ` ${reason}`).join('')}`,
  hint: 'Install one (apt install chromium), or name one with CHROME_PATH.',
});
