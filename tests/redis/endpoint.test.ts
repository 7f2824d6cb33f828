import { expect, test } from 'vitest';
import { describeEndpoint, endpointFromUrl, endpointUrl, redisOptions } from '../../src/redis/index.js';

test.each([
  ['redis://localhost', { kind: 'tcp', host: 'localhost', port: 6379, tls: false }, 'redis://localhost:6379'],
  ['redis://user:p%40ss@host:7000/3', { kind: 'tcp', host: 'host', port: 7000, tls: false, username: 'user', password: 'p@ss', db: 3 }, undefined],
  ['redis://:secret@10.0.0.1:6379', { kind: 'tcp', host: '10.0.0.1', port: 6379, tls: false, password: 'secret' }, undefined],
  ['rediss://host:6380', { kind: 'tcp', host: 'host', port: 6380, tls: true }, undefined],
  ['redis://[::1]:6379', { kind: 'tcp', host: '::1', port: 6379, tls: false }, undefined],
  ['unix:///var/run/redis.sock', { kind: 'socket', path: '/var/run/redis.sock' }, undefined],
  ['unix:///a%20b/%C3%A9.sock?db=2', { kind: 'socket', path: '/a b/é.sock', db: 2 }, undefined],
])('%s is read, and written the same', (url, expected, written = url) => {
  const endpoint = endpointFromUrl(url);
  if (!endpoint.ok) throw endpoint.fault;
  expect(endpoint.value).toEqual(expected);
  expect(endpointUrl(endpoint.value)).toBe(written);
});

test.each(['http://host', 'redis://', 'host:6379', 'redis://:hunter2@host/x', 'redis://:hunter2@host:1/99999999', 'unix://', 'unix://host/x', ''])(
  '%j is refused with advice, and a password in it stays out of the message', (url) => {
    const endpoint = endpointFromUrl(url);
    if (endpoint.ok) throw new Error('accepted');
    expect(endpoint.fault).toMatchObject({ code: 'redis-url', consequence: 'misconfigured' });
    expect(endpoint.fault.hint).toContain('redis://user:password@host');
    expect(endpoint.fault.message).not.toContain('hunter2');
  });

test('people are shown no password', () => {
  expect(describeEndpoint({ kind: 'tcp', host: 'h', port: 1, tls: false, password: 'hunter2' })).toBe('h:1');
});

test('workers and producers wait for ever, the console does not', () => {
  const endpoint = { kind: 'tcp', host: 'h', port: 1, tls: true, password: 'p', db: 4 } as const;
  expect(redisOptions(endpoint, 'worker')).toMatchObject({ maxRetriesPerRequest: null, tls: {}, db: 4, password: 'p' });
  expect(redisOptions(endpoint, 'producer')).toMatchObject({ maxRetriesPerRequest: null });
  expect(redisOptions(endpoint, 'console')).toMatchObject({ maxRetriesPerRequest: 1, enableOfflineQueue: false });
});
