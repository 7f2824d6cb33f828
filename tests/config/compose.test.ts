import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { endpointFromUrl } from '../../src/redis/index.js';
import { loadSettings, OPTIONS, ROLES } from '../../src/config/index.js';
import { checkBind } from '../../src/console/index.js';
import { packageRoot } from '../../src/package-root.js';
import { dashboard, rules } from '../service/watched.js';

const read = (name: string): string => readFileSync(join(packageRoot, name), 'utf8');

const serviceSchema = z.looseObject({
  build: z.string().optional(),
  image: z.string(),
  command: z.array(z.string()).default([]),
  profiles: z.array(z.string()).optional(),
  secrets: z.array(z.string()).default([]),
  environment: z.record(z.string(), z.string()).optional(),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()),
  healthcheck: z.looseObject({ test: z.array(z.string()).optional(), disable: z.boolean().optional() }).optional(),
  depends_on: z.union([z.array(z.string()), z.record(z.string(), z.object({ condition: z.string() }))]).optional(),
});
const compose = z.looseObject({ services: z.record(z.string(), serviceSchema), volumes: z.record(z.string(), z.null()), secrets: z.record(z.string(), z.strictObject({ environment: z.string() })) })
  .parse(parse(read('docker-compose.yml'), { merge: true }));
const { redis, prometheus, grafana, ...roles } = compose.services;

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

test('what watches the service starts only with its profile, and is given files that are there', () => {
  expect(Object.entries(compose.services).filter(([, { profiles }]) => profiles !== undefined).map(([name, { profiles }]) => [name, profiles]))
    .toEqual([['prometheus', ['observability']], ['grafana', ['observability']]]);
  const given = [prometheus, grafana].flatMap((service) => service?.volumes ?? []).map((volume) => volume.split(':'));
  const files = given.filter(([from = '']) => from.startsWith('./'));
  expect(files.length).toBe(5);
  expect(files.filter(([from = '', , mode]) => !existsSync(join(packageRoot, from)) || mode !== 'ro')).toEqual([]);
});

test('Prometheus asks the console with its token, finds its rules, and Grafana finds Prometheus and the dashboards', () => {
  const { scrape_configs: [{ authorization, metrics_path: path, static_configs: [{ targets }] }], rule_files: ruleFiles } = z.object({
    rule_files: z.array(z.string()),
    scrape_configs: z.tuple([z.object({ metrics_path: z.string(), authorization: z.object({ credentials_file: z.string() }), static_configs: z.tuple([z.object({ targets: z.array(z.string()) })]) })]),
  }).parse(parse(read('observability/prometheus.yml')));
  expect(path).toBe('/metrics');
  expect(targets).toEqual(['console:4700']);
  expect(Object.keys(roles)).toContain('console');
  expect(prometheus?.secrets.map((name) => `/run/secrets/${name}`)).toEqual([authorization.credentials_file]);
  expect(Object.values(compose.secrets)).toEqual([{ environment: 'DATELINE_CONSOLE_TOKEN' }]);
  for (const file of ruleFiles) expect(prometheus?.volumes).toContain(`./observability/${file}:/etc/prometheus/${file}:ro`);
  const { datasources } = z.object({ datasources: z.array(z.object({ uid: z.string(), url: z.string() })) }).parse(parse(read('observability/grafana/datasource.yaml')));
  expect(datasources).toEqual([{ uid: 'prometheus', url: 'http://prometheus:9090' }]);
  const { providers } = z.object({ providers: z.array(z.object({ options: z.object({ path: z.string() }) })) }).parse(parse(read('observability/grafana/dashboards.yaml')));
  for (const { options } of providers) expect(grafana?.volumes).toContain(`./observability/grafana/dashboards:${options.path}:ro`);
  expect(new Set(dashboard.panels.map(({ datasource }) => datasource.uid))).toEqual(new Set(['prometheus']));
});

test('the dashboard and the rules name nothing twice, and no panel lies over another', () => {
  const { panels } = dashboard;
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) => Array.from({ length: w * h }, (_, at) => `${x + (at % w)}:${y + Math.floor(at / w)}`));
  expect(new Set(cells).size).toBe(cells.length);
  expect(panels.filter(({ gridPos: { x, w } }) => x + w > 24)).toEqual([]);
});
