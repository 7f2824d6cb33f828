import { access, constants, rm } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { failed, misconfigured, ok, type Outcome } from '../fault.js';
import { debianPackage, hasDebianTools, programEnvironment, run, type PackageWish, type UnpackedProgram } from '../machine/index.js';
import { isNewEnough, OLDEST_SERVER } from './check.js';

/** A server that can be started. */
export interface FoundServer extends UnpackedProgram {
  readonly product: 'Redis' | 'Valkey';
  readonly version: string;
  /** For people: where it came from. */
  readonly origin: string;
}

export interface FindOptions {
  /** Folder the distribution's package is unpacked in. */
  readonly packageDir: string;
  readonly say: (line: string) => void;
  readonly env: NodeJS.ProcessEnv;
}

/** `redis-server --version` says `Redis server v=7.0.15 sha=…`, Valkey likewise. */
export function readVersion(output: string): { readonly product: 'Redis' | 'Valkey'; readonly version: string } | null {
  const [, name, version] = /^(Redis|Valkey) server v=(\d+\.\d+\.\d+)/m.exec(output) ?? [];
  return version === undefined ? null : { product: name === 'Valkey' ? 'Valkey' : 'Redis', version };
}

const WISH: PackageWish = {
  what: 'Redis',
  packages: ['redis-server', 'valkey-server'],
  programs: ['usr/bin/redis-server', 'usr/bin/valkey-server'],
  size: 'about 1.5 MB',
};

/** A server on the PATH, else the distribution's package unpacked in the data folder, else a fault that says what to do. */
export async function findServer({ packageDir, say, env }: FindOptions): Promise<Outcome<FoundServer>> {
  const reasons: string[] = [];
  for (const program of await programsOnPath(env)) {
    const found = await identify({ program, tree: null, libraryPath: null }, 'on the PATH');
    if (!('reason' in found)) return ok(found);
    reasons.push(found.reason);
  }
  if (await hasDebianTools()) {
    const found = await unpackAndIdentify({ packageDir, say, env });
    if (typeof found !== 'string') return ok(found);
    reasons.push(found);
  }
  return failed(misconfigured({
    code: 'redis-not-found',
    message: `Dateline needs Redis or Valkey ${OLDEST_SERVER.join('.')} or newer and found none.${reasons.map((reason) => ` ${reason}`).join('')}`,
    hint: 'Install one (apt install redis-server, brew install redis),'
      + ' or start one (docker compose up -d redis) and set DATELINE_REDIS_URL=redis://127.0.0.1:6379',
  }));
}

async function unpackAndIdentify({ packageDir, say, env }: FindOptions): Promise<FoundServer | string> {
  let reason = '';
  // A second time, because what was unpacked earlier may have been damaged since.
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const unpacked = await debianPackage(packageDir, WISH, { say, env });
    if (!unpacked.ok) return unpacked.fault.message;
    const found = await identify(unpacked.value, `the distribution's package, unpacked in ${packageDir}`);
    if (!('reason' in found)) return found;
    ({ reason } = found);
    if (!found.damaged) break;
    await rm(packageDir, { recursive: true, force: true });
  }
  return reason;
}

async function programsOnPath(env: NodeJS.ProcessEnv): Promise<string[]> {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  const found: string[] = [];
  for (const name of ['valkey-server', 'redis-server']) {
    for (const folder of folders) {
      const program = join(folder, name);
      if (await access(program, constants.X_OK).then(() => true, () => false)) found.push(program);
    }
  }
  return found;
}

/** Why a program cannot be taken; `damaged`: it can never run as it lies there. */
interface Unfit {
  readonly reason: string;
  readonly damaged: boolean;
}

async function identify(binary: UnpackedProgram, origin: string): Promise<FoundServer | Unfit> {
  const { code, output } = await run(binary.program, ['--version'], { env: programEnvironment(binary), timeoutMs: 10_000 });
  const read = code === 0 ? readVersion(output) : null;
  if (read === null) {
    const words = output.trim().split('\n')[0]?.slice(0, 200) ?? '';
    // Without an exit code it may only have been too slow on a busy machine.
    return { reason: `${binary.program} does not run (${words}).`, damaged: code !== null || /ENOEXEC|EACCES|ENOENT/.test(words) };
  }
  if (!isNewEnough(read.version)) return { reason: `${binary.program} is ${read.product} ${read.version}, too old.`, damaged: false };
  return { ...binary, ...read, origin };
}
