import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { endpointFromUrl } from '../../src/redis/index.js';
import { loadSettings, OPTIONS, ROLES } from '../../src/config/index.js';
import { checkBind } from '../../src/console/index.js';
import { packageRoot } from '../../src/package-root.js';

const read = (name: string): string => readFileSync(join(packageRoot, name), 'utf8');

const serviceSchema = z.looseObject({
  build: z.string().optional(),
  image: z.string(),
  command: z.array(z.string()),
  environment: z.record(z.string(), z.string()).optional(),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()),
  healthcheck: z.looseObject({ test: z.array(z.string()).optional(), disable: z.boolean().optional() }).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
});
const compose = z.looseObject({ services: z.record(z.string(), serviceSchema), volumes: z.record(z.string(), z.null()) })
  .parse(parse(read('docker-compose.yml'), { merge: true }));
const { redis, ...roles } = compose.services;

test('each role has a service of its own', () => {
  expect(Object.keys(roles).sort()).toEqual([...ROLES].sort());
  for (const [name, service] of Object.entries(roles)) expect(service.command).toEqual(['start', '--roles', name]);
});

test.each(Object.entries(roles))('%s: its variables are options that take these values', async (_, { environment = {} }) => {
  const known = new Set(OPTIONS.map(({ env }) => env));
  expect(Object.keys(environment).filter((name) => !known.has(name))).toEqual([]);
  const env = { ...environment, ...('DATELINE_CONSOLE_TOKEN' in environment ? { DATELINE_CONSOLE_TOKEN: 'sixteen characters' } : {}) };
  expect(await loadSettings({ file: null, env, cwd: '/' })).toMatchObject({ ok: true, value: { notes: [] } });
  expect(endpointFromUrl(environment['DATELINE_REDIS_URL'] ?? '')).toMatchObject({ ok: true, value: { host: 'redis', port: 6379 } });
});

test('the console in its container does not start without a token', async () => {
  const { environment = {} } = roles['console'] ?? {};
  expect(environment['DATELINE_CONSOLE_TOKEN']).toBe(`\${DATELINE_CONSOLE_TOKEN:-}`);
  const started = await loadSettings({ file: null, env: { ...environment, DATELINE_CONSOLE_TOKEN: '' }, cwd: '/' });
  if (!started.ok) throw started.fault;
  const { host, token } = started.value.settings.console;
  expect(checkBind(host, token ?? undefined, 0)).toMatchObject({ code: 'console-open' });
});

test('every port is published on loopback only', () => {
  expect(Object.values(compose.services).flatMap(({ ports }) => ports).filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
});

test('Redis keeps an append-only file on a volume, evicts nothing, and is waited for until it is healthy', () => {
  expect(redis?.command.join(' ')).toContain('--appendonly yes --appendfsync always');
  expect(redis?.command.join(' ')).toContain('--maxmemory-policy noeviction');
  expect(redis?.volumes).toEqual(['redis:/data']);
  expect(redis?.healthcheck?.test).toEqual(['CMD', 'redis-cli', 'ping']);
  for (const service of Object.values(roles)) expect(service.depends_on).toEqual({ redis: { condition: 'service_healthy' } });
});

test('every volume that is named exists', () => {
  const named = Object.values(compose.services).flatMap(({ volumes }) => volumes.map((volume) => volume.split(':')[0] ?? ''));
  expect([...new Set(named.filter((name) => !name.startsWith('.')))].sort()).toEqual(Object.keys(compose.volumes).sort());
});

test('the image copies what is there, runs as an ordinary user, and asks the console whether it lives', () => {
  const dockerfile = read('Dockerfile');
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names = '']) => names.split(' '));
  expect(copied.length).toBeGreaterThan(5);
  expect(copied.filter((name) => !existsSync(join(packageRoot, name)))).toEqual([]);
  expect(dockerfile.lastIndexOf('USER node')).toBeGreaterThan(dockerfile.lastIndexOf('\nFROM '));
  expect(dockerfile).toContain('/healthz');
  const ignored = read('.dockerignore').split('\n');
  expect(copied.filter((name) => ignored.includes(name))).toEqual([]);
});
