import { mkdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { loadSettings, type SettingsRequest } from '../../src/config/index.js';
import { useFolder } from './folder.js';

const folder = useFolder();

async function load(text: string | Uint8Array | null, rest: Partial<SettingsRequest> = {}) {
  const file = text === null ? null : await folder.write('dateline.yaml', text);
  return loadSettings({ file, env: {}, cwd: '/srv/dateline', ...rest });
}

/** The message of a load that must fail. */
async function complaint(...args: Parameters<typeof load>): Promise<string> {
  const result = await load(...args);
  if (result.ok) throw new Error('it was accepted');
  expect(result.fault.consequence).toBe('misconfigured');
  expect(result.fault.hint).toBeTruthy();
  expect(`${result.fault.message} ${result.fault.hint}`).not.toMatch(/\n\s+at |node_modules|ZodError/);
  return `${result.fault.message} | ${result.fault.hint}`.replaceAll(folder.path(''), '');
}

describe('precedence', () => {
  const file = 'poll:\n  concurrency: 2\n';
  const env = { DATELINE_POLL_CONCURRENCY: '3' };
  const flags = { 'poll.concurrency': '4' };

  test.each([
    ['default', null, {}, {}, 20],
    ['file', file, {}, {}, 2],
    ['environment', file, env, {}, 3],
    ['environment', null, env, {}, 3],
    ['flag', file, env, flags, 4],
    ['flag', file, {}, flags, 4],
  ] as const)('the %s decides', async (origin, text, env, flags, expected) => {
    const result = await load(text, { env, flags });
    if (!result.ok) throw result.fault;
    expect(result.value.settings.poll.concurrency).toBe(expected);
    expect(result.value.origins.get('poll.concurrency')).toBe(origin);
  });

  test('it holds option by option: a flag does not hide the rest of its group in the file', async () => {
    const result = await load('poll:\n  concurrency: 2\n  interval: 2m\n', { flags: { 'poll.concurrency': '9' } });
    expect(result).toMatchObject({ ok: true, value: { settings: { poll: { concurrency: 9, interval: 120_000 } } } });
  });
});

test.each([
  ['DATELINE_ROLES', 'poll, deliver', { roles: ['poll', 'deliver'] }],
  ['DATELINE_SAMPLE_WIRE', 'off', { sampleWire: false }],
  ['DATELINE_CONSOLE_PORT', '0', { console: { port: 0 } }],
  ['DATELINE_FETCH_CONTACT', '12345', { fetch: { contact: '12345' } }],
  ['DATELINE_REDIS_URL', 'null', { redis: { url: null } }],
  ['DATELINE_ARTICLE_THREADS', '3', { article: { threads: 3 } }],
  ['DATELINE_FETCH_MAX_PAGE_SIZE', '1MB', { fetch: { maxPageSize: 1_000_000 } }],
  ['DATELINE_LOG_LEVEL', '', { log: { level: 'info' } }],
] as const)('the variable %s=%j is read as its type wants', async (name, text, expected) => {
  expect(await load(null, { env: { [name]: text } })).toMatchObject({ ok: true, value: { settings: expected } });
});

test('an unknown variable is noted with the nearest name, and does not stop the start', async () => {
  const result = await load(null, { env: { DATELINE_REDDIS_URL: 'redis://a', DATELINE_CONFIG_DIR: 'x' } });
  if (!result.ok) throw result.fault;
  expect(result.value.notes.map(({ hint }) => hint)).toEqual(['Did you mean DATELINE_REDIS_URL?']);
});

test('the data folder starts from the folder of the start, and the files of stories from the data folder', async () => {
  expect(await load('dataDir: here\n')).toMatchObject({
    value: { settings: { dataDir: '/srv/dateline/here', sinks: { ndjson: { dir: '/srv/dateline/here/stories' } } } },
  });
  expect(await load('sinks: { ndjson: { dir: /var/stories } }\n')).toMatchObject({ value: { settings: { sinks: { ndjson: { dir: '/var/stories' } } } } });
});

test.each(['', '# only a comment\n', 'poll:\n  # concurrency: 3\n', 'sinks:\n  ndjson:\n', 'sinks:\n'])('a file that sets nothing gives the defaults: %j', async (text) => {
  expect(await load(text)).toMatchObject({ ok: true, value: { settings: { poll: { concurrency: 20 }, sinks: { ndjson: { enabled: true } } } } });
  expect(await load(text, { env: { DATELINE_POLL_CONCURRENCY: '7' } })).toMatchObject({ ok: true, value: { settings: { poll: { concurrency: 7, interval: 300_000 } } } });
});

describe('a mistake names file, line, column, key, value and what was meant', () => {
  test.each([
    ['an unknown key', 'fetch:\n  usrAgent: me\n', 'dateline.yaml, line 2, column 3: `fetch.usrAgent` is no known key; did you mean `userAgent`?'],
    ['another spelling', 'data-dir: x\n', 'dateline.yaml, line 1, column 1: `data-dir` is no known key; did you mean `dataDir`?'],
    ['a key without its group', 'port: 80\n', '`port` is no known key; did you mean `console.port`?'],
    ['a key near none', 'lock:\n  zzzzzzzzz: 1\n', '`lock.zzzzzzzzz` is no known key; known here: duration, stalledInterval, maxStalled'],
    ['a wrong type', 'poll:\n  concurrency: many\n', 'dateline.yaml, line 2, column 16: `poll.concurrency` "many": expected number, received string'],
    ['a time without a unit', 'poll:\n  interval: 30\n', 'line 2, column 13: `poll.interval` 30: expected a time with its unit'],
    ['a number out of bounds', 'console: { port: 70000 }\n', 'line 1, column 18: `console.port` 70000: expected number to be <=65535'],
    ['a wrong choice', 'log: { level: inof }\n', '`log.level` "inof": expected one of "trace"|"debug"|"info"|"warn"|"error"|"silent"; did you mean info?'],
    ['a wrong role', 'roles: [poll, delivery]\n', 'line 1, column 15: `roles.1` "delivery": expected one of "poll"|"article"|"deliver"|"console"; did you mean deliver?'],
    ['a group that is a word', 'fetch: fast\n', 'line 1, column 8: `fetch` "fast": expected object, received string'],
    ['options that contradict each other', 'poll:\n  minInterval: 2h\n', 'line 2, column 16: `poll.minInterval` "2h": must not be longer than poll.interval'],
    ['a login that lasts longer idle than at all', 'console:\n  sessionIdle: 30d\n', '`console.sessionLifetime`'],
    ['a list', '- a\n- b\n', 'holds no options'],
    ['a sentence', 'hello there\n', 'holds no options'],
  ])('%s', async (_, text, expected) => {
    expect(await complaint(text)).toContain(expected);
  });

  test('all at once, not one a start', async () => {
    const message = await complaint('poll:\n  concurrency: 0\nlog:\n  levl: info\n');
    expect(message).toMatch(/2 mistakes:\n.*line 4.*\n.*line 2|2 mistakes:\n.*line 2.*\n.*line 4/);
  });

  test('a secret is never repeated', async () => {
    expect(await complaint('redis:\n  url: "http://user:hunter2@host"\nconsole: { token: hunter2 }\n')).not.toContain('hunter2');
  });

  test('a value from the environment is not blamed on the file', async () => {
    expect(await complaint('poll:\n  concurrency: 2\n', { env: { DATELINE_POLL_CONCURRENCY: 'x' } })).toContain('the environment (DATELINE_POLL_CONCURRENCY): `poll.concurrency` "x"');
  });

  test('a flag that is no option is met with the nearest', async () => {
    expect(await complaint(null, { flags: { 'poll.concurency': '2' } })).toContain('Did you mean poll.concurrency?');
  });
});

describe('a file that is no configuration is told in one clear sentence', () => {
  test.each([
    ['a tab', 'poll:\n\tconcurrency: 2\n', 'dateline.yaml, line 2, column 1: a tab stands where spaces must'],
    ['a duplicate key', 'dataDir: a\ndataDir: b\n', 'line 2, column 1: Map keys must be unique'],
    ['a wrong indent', 'poll:\n  interval: 5m\n concurrency: 2\n', 'line 3'],
    ['an open quote', 'dataDir: "a\n', 'line'],
    ['a binary', new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2]), 'is a binary file'],
    ['another encoding', new Uint8Array([0x64, 0x3a, 0x20, 0xe9, 0xe8]), 'is not UTF-8'],
    ['brackets without end', '['.repeat(200_000), 'nested too deeply'],
    ['braces without end', '{a: '.repeat(200_000), 'nested too deeply'],
    ['dashes without end', '- '.repeat(200_000), 'nested too deeply'],
    ['questions without end', '? '.repeat(200_000), 'nested too deeply'],
    ['indents without end', Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'), 'nested too deeply'],
    ['a great file', `# ${'x'.repeat(4_000_001)}`, 'too large'],
    ['aliases that multiply', `a: &a [x,x,x,x,x,x,x,x]\nb: &b [${'*a,'.repeat(8)}]\nc: &c [${'*b,'.repeat(8)}]\nd: [${'*c,'.repeat(8)}]\n`, 'dateline.yaml'],
  ])('%s', async (_, content, expected) => {
    expect(await complaint(content)).toContain(expected);
  });

  test('a folder', async () => {
    await mkdir(folder.path('dateline.yaml'));
    const result = await loadSettings({ file: folder.path('dateline.yaml'), env: {}, cwd: '/' });
    expect(result).toMatchObject({ ok: false, fault: { code: 'config-no-file' } });
  });

  test('a file that is not there', async () => {
    expect(await loadSettings({ file: folder.path('none.yaml'), env: {}, cwd: '/' })).toMatchObject({ ok: false, fault: { code: 'config-missing' } });
  });
});
