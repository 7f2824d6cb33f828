import { access, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { failed, ok, retryLater, type Outcome } from '../fault.js';
import { ownSources, readDistribution } from './apt-sources.js';
import { withLockFile } from './lock-file.js';
import { run } from './run.js';

/** What is looked for in the distribution, and where it lies in its package. */
export interface PackageWish {
  /** For people: `Redis`. */
  readonly what: string;
  /** Packages that bring it, in order of preference; not every release of every distribution has them all. */
  readonly packages: readonly string[];
  /** Paths of its program inside the tree, in order of preference; a part `*` stands for any name, the highest number first. */
  readonly programs: readonly string[];
  /** Size of the download, for people: `about 1.5 MB`. */
  readonly size: string;
}

/** A program out of a package, and what its environment needs. */
export interface UnpackedProgram {
  readonly program: string;
  /** Folder of the tree that the package was unpacked in; null for a program of the machine. */
  readonly tree: string | null;
  readonly libraryPath: string | null;
}

/** Environment of a program: what its loader needs and no more. */
export const programEnvironment = ({ libraryPath }: Pick<UnpackedProgram, 'libraryPath'>): NodeJS.ProcessEnv =>
  ({ PATH: '/usr/bin:/bin', LC_ALL: 'C', ...(libraryPath === null ? {} : { LD_LIBRARY_PATH: libraryPath }) });

const WAIT_MS = 180_000;

export interface UnpackOptions {
  readonly say: (line: string) => void;
  /** Environment of apt: a proxy of the user's goes with it. */
  readonly env: NodeJS.ProcessEnv;
  /** Longest time for one run of apt, in milliseconds. */
  readonly timeoutMs?: number;
}

const exists = (path: string): Promise<boolean> => access(path).then(() => true, () => false);

/** Whether this machine has Debian's package tools (Debian, Ubuntu and their children). */
export async function hasDebianTools(): Promise<boolean> {
  return (await exists('/usr/bin/apt-get')) && (await exists('/usr/bin/dpkg')) && (await exists('/var/lib/dpkg/status'));
}

/**
 * A package of the distribution with the libraries that this machine lacks, unpacked into `folder` without root and without
 * installing anything: apt resolves what is missing and checks the archive's signatures, dpkg only unpacks, no maintainer
 * script runs. Unpacked once; two processes that come at the same time do it once between them. Faults: `package-not-unpacked`.
 */
export async function debianPackage(folder: string, wish: PackageWish, options: UnpackOptions): Promise<Outcome<UnpackedProgram>> {
  const there = await unpackedProgram(folder, wish);
  if (there !== null) return ok(there);
  await mkdir(dirname(folder), { recursive: true });
  const onWait = (): void => options.say(`another process is unpacking ${wish.what}; waiting for it`);
  return withLockFile(`${folder}.lock`, { waitMs: 2 * (options.timeoutMs ?? WAIT_MS), onWait }, async () => {
    const meanwhile = await unpackedProgram(folder, wish);
    if (meanwhile !== null) return ok(meanwhile);
    options.say(`no ${wish.what} on this machine: fetching the distribution's package (${wish.size}) and unpacking it`);
    await clearLeftovers(folder);
    return unpack(folder, wish, options);
  });
}

/** Work folders that a killed start left behind; the lock is ours, so none is in use. */
async function clearLeftovers(folder: string): Promise<void> {
  const prefix = `${basename(folder)}.new-`;
  for (const name of await readdir(dirname(folder))) {
    if (name.startsWith(prefix)) await rm(join(dirname(folder), name), { recursive: true, force: true });
  }
}

async function unpack(folder: string, wish: PackageWish, options: UnpackOptions): Promise<Outcome<UnpackedProgram>> {
  const work = `${folder}.new-${process.pid}`;
  try {
    const tree = join(work, 'tree');
    const archives = await download(work, wish, options);
    if (!archives.ok) return archives;
    await mkdir(tree, { recursive: true });
    for (const archive of archives.value) {
      const unpacked = await run('/usr/bin/dpkg', ['-x', archive, tree], { timeoutMs: 120_000 });
      if (unpacked.code !== 0) return failed(cannot(wish, 'dpkg could not unpack it', unpacked.output));
    }
    // Only a whole tree ever gets the final name, so that one that is there is complete.
    await rm(folder, { recursive: true, force: true });
    await rename(tree, folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  const unpacked = await unpackedProgram(folder, wish);
  return unpacked === null ? failed(cannot(wish, `the package holds none of ${wish.programs.join(', ')}`, '')) : ok(unpacked);
}

/** Lets apt find and fetch the package and the libraries that this machine lacks, with state and cache of its own. */
async function download(work: string, wish: PackageWish, { env, timeoutMs = WAIT_MS / 2 }: UnpackOptions): Promise<Outcome<string[]>> {
  await mkdir(join(work, 'state', 'lists', 'partial'), { recursive: true });
  await mkdir(join(work, 'cache', 'archives', 'partial'), { recursive: true });
  await mkdir(join(work, 'none'));
  const sources = await distributionSources();
  if (sources === '') return failed(cannot(wish, 'apt knows no archive of this distribution', ''));
  await writeFile(join(work, 'own.sources'), `${sources}\n`);
  const withOwnLists = join(work, 'own.conf');
  const withSystemLists = join(work, 'system.conf');
  await writeFile(withSystemLists, aptConfiguration(work, false));
  await writeFile(withOwnLists, aptConfiguration(work, true));

  const apt = (configuration: string, words: readonly string[]) =>
    run('/usr/bin/apt-get', ['-c', configuration, '-q', ...words], {
      timeoutMs, env: { ...env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' },
    });
  const fetch = async (configuration: string): Promise<Outcome<string[]>> => {
    let first: string | null = null;
    for (const name of wish.packages) {
      const fetched = await apt(configuration, ['install', '--yes', '--no-install-recommends', '--download-only', name]);
      if (fetched.code === 0) return ok(await fetchedArchives(work));
      first ??= fetched.output;
    }
    return failed(cannot(wish, 'apt could not fetch it', first ?? ''));
  };
  const lists = await readdir('/var/lib/apt/lists').catch((): string[] => []);
  const quick = lists.some((name) => name.includes('_Packages')) ? await fetch(withSystemLists) : null;
  if (quick?.ok === true) return quick;
  // No lists, or lists so old that their packages are gone. One dead archive among several need not matter, so the
  // download decides; when it fails, what update said of the archives is nearer to the cause.
  const update = await apt(withOwnLists, ['update']);
  const fresh = await fetch(withOwnLists);
  return fresh.ok || !/^(?:W|E): Failed/m.test(update.output) ? fresh : failed(cannot(wish, 'the archives cannot be reached', update.output));
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

async function unpackedProgram(folder: string, { programs }: PackageWish): Promise<UnpackedProgram | null> {
  for (const path of programs) {
    for (const program of await matching(folder, path.split('/'))) {
      if (await exists(program)) return { program, tree: folder, libraryPath: await libraryPath(folder) };
    }
  }
  return null;
}

async function matching(folder: string, parts: readonly string[]): Promise<string[]> {
  let found = [folder];
  for (const part of parts) {
    const next: string[] = [];
    for (const base of found) {
      const names = part === '*' ? await readdir(base).catch((): string[] => []) : [part];
      next.push(...names.toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true })).map((name) => join(base, name)));
    }
    found = next;
  }
  return found;
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

const cannot = ({ what, packages }: PackageWish, why: string, output: string) =>
  retryLater({
    code: 'package-not-unpacked',
    message: `The distribution's ${what} package could not be had: ${why}${lastLine(output)}`,
    hint: `Is the network there? Or install one: apt install ${packages[0] ?? what}`,
  });

function lastLine(output: string): string {
  const line = output.split('\n').find((text) => /^[EW]:/.test(text)) ?? output.trim().split('\n').at(-1) ?? '';
  return line === '' ? '.' : ` (${line.trim().slice(0, 300)}).`;
}
