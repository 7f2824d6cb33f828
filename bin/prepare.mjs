#!/usr/bin/env node
// Brings a fresh clone to the point where it can run: installs what is missing and builds what is stale.
// Plain JavaScript with no dependency, because it runs before there are any.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync, mkdirSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Dateline needs Node 20.19 or newer; this is ${process.version}.`);
  console.error('Install a current Node (https://nodejs.org) and run the command again.');
  process.exit(1);
}

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** Runs a step; on failure says which step failed and how to mend it, and ends with its code. */
function step(what, command, args, hint) {
  console.log(`dateline: ${what} …`);
  const started = Date.now();
  const run = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (run.error || run.status !== 0) {
    console.error(`dateline: ${what} failed (${run.error?.message ?? `exit code ${run.status}`}).`);
    console.error(`  ${hint}`);
    process.exit(run.status || 1);
  }
  console.log(`dateline: ${what}, done in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

function newest(folder) {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (path !== join(root, 'bench', 'peers')) latest = Math.max(latest, newest(path));
    } else latest = Math.max(latest, statSync(path).mtimeMs);
  }
  return latest;
}

// The lock file's hash tells whether node_modules is the one it describes.
const lockHash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
const installMark = join(root, 'node_modules', '.dateline-installed');
const installed = existsSync(installMark) && readFileSync(installMark, 'utf8') === lockHash;
if (!installed) {
  step('installing packages', npm, ['ci', '--include=dev', '--no-fund', '--no-audit', '--loglevel=error'],
    'Is the package registry reachable? Try `npm ci` by hand to see its own words.');
  writeFileSync(installMark, lockHash);
}

// dist carries a mark newer than every source it was built from.
const buildMark = join(root, 'dist', '.dateline-built');
const sources = ['src', 'workers', 'bench'].map((folder) => join(root, folder)).filter((folder) => existsSync(folder));
const changed = Math.max(statSync(join(root, 'tsconfig.json')).mtimeMs, statSync(join(root, 'tsconfig.build.json')).mtimeMs,
  ...sources.map(newest));
if (!existsSync(buildMark) || statSync(buildMark).mtimeMs < changed || !installed) {
  step('building', process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json'],
    'The lines above name the file and line that do not compile.');
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(buildMark, '');
}
