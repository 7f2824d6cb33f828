import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, chown, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { debianPackage, hasDebianTools, programEnvironment, run } from '../../../src/machine/index.js';
import { DATA } from '../../redis-server.js';

export interface PostgresServer {
  readonly url: string;
  readonly password: string;
  /** Stops it in the middle of what it does, and goes on. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

interface Programs {
  readonly bin: string;
  readonly env: NodeJS.ProcessEnv;
}

/** PostgreSQL refuses to run as root. */
const AS_USER = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
const PASSWORD = 'not-to-be-shown';

/** On the PATH or where Debian puts it, else Debian's package unpacked; null where neither can be. */
async function programs(): Promise<Programs | null> {
  const versions = (await readdir('/usr/lib/postgresql').catch((): string[] => [])).toSorted((a, b) => Number(b) - Number(a));
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...versions.map((version) => `/usr/lib/postgresql/${version}/bin`)];
  for (const bin of folders) {
    if (await access(join(bin, 'postgres')).then(() => access(join(bin, 'initdb')), () => Promise.reject(new Error())).then(() => true, () => false)) return { bin, env: process.env };
  }
  if (!(await hasDebianTools())) return null;
  const unpacked = await debianPackage(join(DATA, 'postgres'), {
    what: 'PostgreSQL', packages: ['postgresql'], programs: ['usr/lib/postgresql/*/bin/postgres'], size: 'about 20 MB',
  }, { say: (line) => { process.stdout.write(`tests: ${line}\n`); }, env: process.env });
  if (!unpacked.ok) {
    process.stdout.write(`tests: ${unpacked.fault.message}\n`);
    return null;
  }
  return { bin: join(unpacked.value.program, '..'), env: programEnvironment(unpacked.value) };
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
};

/** A real server of the test's own; null, after one loud line, where none can be had. */
export async function startPostgres(): Promise<PostgresServer | null> {
  const found = await programs();
  if (found === null) {
    process.stdout.write('tests: no PostgreSQL on this machine and none to be had: the PostgreSQL sink was NOT tested. apt install postgresql\n');
    return null;
  }
  const dir = await mkdtemp(join(tmpdir(), 'dl-pg-'));
  const passwordFile = join(dir, 'password');
  await writeFile(passwordFile, PASSWORD);
  await chmod(dir, 0o700);
  if (AS_USER.uid !== undefined) {
    await chown(dir, AS_USER.uid, AS_USER.gid);
    await chown(passwordFile, AS_USER.uid, AS_USER.gid);
  }
  const data = join(dir, 'data');
  const made = await runAs(found, 'initdb', ['-D', data, '-U', 'dateline', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8', '--no-locale', '--no-sync']);
  if (made.code !== 0) throw new Error(`initdb: ${made.output}`);
  const port = await freePort();
  const server = spawn(join(found.bin, 'postgres'), ['-D', data, '-p', String(port), '-k', dir, '-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off'], { ...AS_USER, env: found.env, stdio: 'ignore', cwd: dir });
  const exit = once(server, 'exit');
  const url = `postgres://dateline:${PASSWORD}@127.0.0.1:${port}/postgres`;
  for (let tries = 0; ; tries += 1) {
    const client = new Client({ connectionString: url });
    const up = await client.connect().then(() => true, () => false);
    await client.end().catch(() => undefined);
    if (up) break;
    if (tries > 200) throw new Error('PostgreSQL did not come up');
    await sleep(100);
  }
  const signal = (name: NodeJS.Signals): void => { server.kill(name); };
  return {
    url, password: PASSWORD,
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
    async stop() {
      signal('SIGCONT');
      signal('SIGQUIT');
      await exit;
      await rm(dir, { recursive: true, force: true });
    },
  };
}

function runAs({ bin, env }: Programs, program: string, args: readonly string[]): ReturnType<typeof run> {
  if (AS_USER.uid === undefined) return run(join(bin, program), args, { env, timeoutMs: 60_000 });
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(join(bin, program), [...args], { ...AS_USER, env, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] });
    const hear = (chunk: Buffer): void => { output += chunk.toString(); };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', (error) => resolve({ code: null, output: error.message }));
    child.on('close', (code) => resolve({ code, output }));
  });
}
