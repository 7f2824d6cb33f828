import { access, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { failed, ok, retryLater, type Outcome } from '../fault.js';
import { ownSources, readDistribution } from './apt-sources.js';
import { withLockFile } from './lock-file.js';
import { run } from './run.js';

/** A server's program and what it needs in its environment. */
export interface ServerBinary {
  readonly program: string;
  readonly libraryPath: string | null;
}

/** Packages that bring a server, in order of preference; not every release of every distribution has both. */
const PACKAGES = ['redis-server', 'valkey-server'];
const PROGRAMS = ['redis-server', 'valkey-server'];
const WAIT_MS = 180_000;

export interface UnpackOptions {
  readonly say: (line: string) => void;
  /** Environment of apt: a proxy of the user's goes with it. */
  readonly env: NodeJS.ProcessEnv;
}

const exists = (path: string): Promise<boolean> => access(path).then(() => true, () => false);

/** Whether this machine has Debian's package tools (Debian, Ubuntu and their children). */
export async function hasDebianTools(): Promise<boolean> {
  return (await exists('/usr/bin/apt-get')) && (await exists('/usr/bin/dpkg')) && (await exists('/var/lib/dpkg/status'));
}

/**
 * The distribution's own Redis, unpacked into `folder` without root and without installing anything: apt resolves what
 * is missing and checks the archive's signatures, dpkg only unpacks, no maintainer script runs. Unpacked once; two
 * processes that come at the same time do it once between them.
 */
export async function debianServer(folder: string, { say, env }: UnpackOptions): Promise<Outcome<ServerBinary>> {
  const there = await unpackedServer(folder);
  if (there !== null) return ok(there);
  await mkdir(dirname(folder), { recursive: true });
  const onWait = (): void => say('another start is unpacking Redis; waiting for it');
  return withLockFile(`${folder}.lock`, { waitMs: WAIT_MS, onWait }, async () => {
    const meanwhile = await unpackedServer(folder);
    if (meanwhile !== null) return ok(meanwhile);
    say('no Redis on this machine: fetching the distribution\'s package (about 1.5 MB) and unpacking it');
    await clearLeftovers(folder);
    return unpack(folder, env);
  });
}

/** Work folders that a killed start left behind; the lock is ours, so none is in use. */
async function clearLeftovers(folder: string): Promise<void> {
  const prefix = `${basename(folder)}.new-`;
  for (const name of await readdir(dirname(folder))) {
    if (name.startsWith(prefix)) await rm(join(dirname(folder), name), { recursive: true, force: true });
  }
}

async function unpack(folder: string, env: NodeJS.ProcessEnv): Promise<Outcome<ServerBinary>> {
  const work = `${folder}.new-${process.pid}`;
  try {
    const tree = join(work, 'tree');
    const archives = await download(work, env);
    if (!archives.ok) return archives;
    await mkdir(tree, { recursive: true });
    for (const archive of archives.value) {
      const unpacked = await run('/usr/bin/dpkg', ['-x', archive, tree], { timeoutMs: 60_000 });
      if (unpacked.code !== 0) return failed(cannot('dpkg could not unpack it', unpacked.output));
    }
    // Only a whole tree ever gets the final name, so that one that is there is complete.
    await rm(folder, { recursive: true, force: true });
    await rename(tree, folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  const server = await unpackedServer(folder);
  return server === null ? failed(cannot('the package holds no server', '')) : ok(server);
}

/** Lets apt find and fetch the package and the libraries that this machine lacks, with state and cache of its own. */
async function download(work: string, env: NodeJS.ProcessEnv): Promise<Outcome<string[]>> {
  await mkdir(join(work, 'state', 'lists', 'partial'), { recursive: true });
  await mkdir(join(work, 'cache', 'archives', 'partial'), { recursive: true });
  await mkdir(join(work, 'none'));
  const sources = await distributionSources();
  if (sources === '') return failed(cannot('apt knows no archive of this distribution', ''));
  await writeFile(join(work, 'own.sources'), `${sources}\n`);
  const withOwnLists = join(work, 'own.conf');
  const withSystemLists = join(work, 'system.conf');
  await writeFile(withSystemLists, aptConfiguration(work, false));
  await writeFile(withOwnLists, aptConfiguration(work, true));

  const apt = (configuration: string, words: readonly string[]) =>
    run('/usr/bin/apt-get', ['-c', configuration, '-q', ...words], {
      timeoutMs: WAIT_MS / 2, env: { ...env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' },
    });
  const fetch = async (configuration: string): Promise<Outcome<string[]>> => {
    let first: string | null = null;
    for (const name of PACKAGES) {
      const fetched = await apt(configuration, ['install', '--yes', '--no-install-recommends', '--download-only', name]);
      if (fetched.code === 0) return ok(await fetchedArchives(work));
      first ??= fetched.output;
    }
    return failed(cannot('apt could not fetch it', first ?? ''));
  };
  const lists = await readdir('/var/lib/apt/lists').catch((): string[] => []);
  const quick = lists.some((name) => name.includes('_Packages')) ? await fetch(withSystemLists) : null;
  if (quick?.ok === true) return quick;
  // No lists, or lists so old that their packages are gone. One dead archive among several need not matter, so the
  // download decides; when it fails, what update said of the archives is nearer to the cause.
  const update = await apt(withOwnLists, ['update']);
  const fresh = await fetch(withOwnLists);
  return fresh.ok || !/^(?:W|E): Failed/m.test(update.output) ? fresh : failed(cannot('the archives cannot be reached', update.output));
}

function aptConfiguration(work: string, ownLists: boolean): string {
  const path = (...parts: string[]): string => `"${join(work, ...parts)}"`;
  return [
    // Hooks of the system (package caches, desktop notices) have no business here, and some need root.
    '#clear APT::Update::Pre-Invoke;', '#clear APT::Update::Post-Invoke;', '#clear APT::Update::Post-Invoke-Success;',
    '#clear DPkg::Pre-Install-Pkgs;', '#clear DPkg::Pre-Invoke;', '#clear DPkg::Post-Invoke;',
    ...(ownLists ? [`Dir::State ${path('state')};`] : []),
    'Dir::State::status "/var/lib/dpkg/status";',
    `Dir::Cache ${path('cache')};`,
    `Dir::Etc::sourcelist ${path('own.sources')};`,
    `Dir::Etc::sourceparts ${path('none')};`,
    // Nothing is installed, so the system's locks need not be held; holding them would need root.
    'Debug::NoLocking "true";',
    'APT::Sandbox::User "";',
    'Acquire::Languages "none";', 'Acquire::Retries "1";', 'Acquire::http::Timeout "15";', 'Acquire::https::Timeout "15";',
  ].join('\n');
}

async function distributionSources(): Promise<string> {
  const distribution = readDistribution(await readFile('/etc/os-release', 'utf8').catch(() => ''));
  if (distribution === null) return '';
  const parts = (await readdir('/etc/apt/sources.list.d').catch((): string[] => []))
    .filter((name) => /\.(?:list|sources)$/.test(name)).map((name) => join('/etc/apt/sources.list.d', name));
  const files = [];
  for (const name of ['/etc/apt/sources.list', ...parts]) {
    const text = await readFile(name, 'utf8').catch(() => '');
    files.push({ name, text });
  }
  return ownSources(files, distribution);
}

/** The C library is left out: a second one beside the machine's own loader breaks every program. */
async function fetchedArchives(work: string): Promise<string[]> {
  const folder = join(work, 'cache', 'archives');
  return (await readdir(folder)).filter((name) => name.endsWith('.deb') && !name.startsWith('libc6')).map((name) => join(folder, name));
}

async function unpackedServer(folder: string): Promise<ServerBinary | null> {
  for (const name of PROGRAMS) {
    const program = join(folder, 'usr', 'bin', name);
    if (await exists(program)) return { program, libraryPath: await libraryPath(folder) };
  }
  return null;
}

/** Read off the tree rather than told from the architecture: `usr/lib/<triplet>`, and `lib/<triplet>` of older packages. */
async function libraryPath(folder: string): Promise<string> {
  const found: string[] = [];
  for (const base of [join(folder, 'usr', 'lib'), join(folder, 'lib')]) {
    const names = await readdir(base, { withFileTypes: true }).catch(() => []);
    found.push(...names.filter((entry) => entry.isDirectory() && entry.name.includes('-linux-')).map(({ name }) => join(base, name)));
  }
  return found.join(':');
}

const cannot = (why: string, output: string) =>
  retryLater({
    code: 'redis-not-unpacked',
    message: `The distribution's Redis package could not be had: ${why}${lastLine(output)}`,
    hint: 'Is the network there? Or install one: apt install redis-server',
  });

function lastLine(output: string): string {
  const line = output.split('\n').find((text) => /^[EW]:/.test(text)) ?? output.trim().split('\n').at(-1) ?? '';
  return line === '' ? '.' : ` (${line.trim().slice(0, 300)}).`;
}
