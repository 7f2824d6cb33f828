import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { giveUp, retryLater } from '../../src/fault.js';
import { createEvents, createLog, logEvents } from '../../src/service/index.js';

const line = z.looseObject({ level: z.int(), time: z.int(), msg: z.string() });

/** The log with its lines kept. */
function keepLog(level: 'debug' | 'info' = 'debug') {
  const lines: string[] = [];
  const log = createLog({ log: { level, format: 'json' } }, { write: (text) => void lines.push(text) });
  return { log, lines, read: () => lines.map((text) => line.parse(JSON.parse(text))) };
}

const SECRETS = ['s3cr3t', 'dXNlcjpwYXNz', 'hunter2hunter2'];

describe('a line of the log', () => {
  test('is one JSON object, whatever its fields hold', () => {
    const { log, lines, read } = keepLog();
    log.info({ source: 'a\nb', url: '\u2028"}' }, 'source polled');
    expect(lines[0]?.trimEnd()).not.toContain('\n');
    expect(read()[0]).toMatchObject({ msg: 'source polled', source: 'a\nb' });
  });
  test.each([
    ['user info of an address', { url: 'redis://:s3cr3t@wires.example:6379' }], ['user info within a sentence', { reason: 'http://me:s3cr3t@proxy.example answers 407' }],
    ['a parameter', { url: 'https://a.example/feed?lang=en&api_key=s3cr3t&page=2' }], ['a signature', { url: 'https://a.example/?X-Amz-Signature=s3cr3t' }],
    ['a field by its name', { password: 's3cr3t', token: 's3cr3t', Authorization: 's3cr3t', 'set-cookie': 's3cr3t' }],
    ['all headers of a source', { headers: { 'X-Own': 's3cr3t' } }], ['a header in a sentence', { reason: 'sent Authorization: Basic dXNlcjpwYXNz' }],
    ['a bearer', { reason: 'Bearer hunter2hunter2 was refused' }], ['deep within', { job: { options: [{ opts: { apiKey: 's3cr3t' } }] } }],
    ['an error', { err: new Error('connect redis://:s3cr3t@h:1', { cause: new Error('https://u:s3cr3t@h/') }) }],
  ])('holds no credentials: %s', (_, fields) => {
    const { log, lines } = keepLog();
    log.warn(fields, 'trouble');
    for (const secret of SECRETS) expect(lines.join('')).not.toContain(secret);
    expect(lines.join('')).toContain('[redacted]');
  });
  test('keeps what is no secret', () => {
    const { log, read } = keepLog();
    log.info({ url: 'https://a.example/feed?page=2&lang=en', mail: 'desk@a.example', reason: 'the basic rate', keys: 3 }, 'x');
    expect(read()[0]).toMatchObject({ url: 'https://a.example/feed?page=2&lang=en', mail: 'desk@a.example', reason: 'the basic rate', keys: 3 });
  });
  test('is bounded in length, depth and count', () => {
    const { log, lines } = keepLog();
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    log.info({ text: 'x'.repeat(5_000_000), loop, list: Array.from({ length: 100_000 }, () => 'entry'), at: 'https://'.repeat(100_000) }, 'x');
    expect(lines[0]?.length).toBeLessThan(20_000);
  });
});

test('events become lines with constant messages and the same names', () => {
  const { log, read } = keepLog();
  const events = createEvents();
  logEvents(events, log);
  events.emit('source-trouble', { source: 'a', fault: retryLater({ code: 'http-503', message: 'https://me:s3cr3t@a.example answers 503', hint: 'Wait.' }), failures: 2, nextMs: 1_000 });
  events.emit('fault', { queue: 'article', payload: { source: 'a', item: 'i' }, fault: giveUp({ code: 'http-404', message: 'gone' }), attempt: 1 });
  events.emit('settled', { source: 'a', item: 'i', disposition: 'rejected', reason: 'http-404' });
  expect(read().map(({ msg, ...fields }) => [msg, fields['source'], fields['code'] ?? fields['reason']])).toEqual([
    ['source failed', 'a', 'http-503'], ['job failed', 'a', 'http-404'], ['item settled', 'a', 'http-404'],
  ]);
  expect(JSON.stringify(read())).not.toContain('s3cr3t');
});
