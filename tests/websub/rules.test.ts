import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { askAgainIn, leaseMs, renewIn } from '../../src/websub/lease.js';
import { signatureCheck } from '../../src/websub/signature.js';
import { hasMissed, judgeVerification, noteHub, pollIn, type Subscription } from '../../src/websub/subscription.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = 1_800_000_000_000;

const subscription = (over: Partial<Subscription> = {}): Subscription => ({
  path: 'p', secret: 's', hub: 'https://hub.example/', topic: 'https://wire.example/feed', askedAt: NOW - MINUTE, attempts: 1,
  leaseEndsAt: null, pushedAt: null, tells: false, ...over,
});

describe('signature', () => {
  const signed = (method: string, text: string, secret = 'key') => `${method}=${createHmac(method, secret).update(text).digest('hex')}`;
  const holds = (header: string | undefined): boolean => {
    const check = signatureCheck(header, 'key');
    check?.update(Buffer.from('ne'));
    check?.update(Buffer.from('ws'));
    return check?.matches() ?? false;
  };
  test.each(['sha1', 'sha256', 'sha384', 'sha512'])('%s holds, over pieces', (method) => {
    expect(holds(signed(method, 'news'))).toBe(true);
    expect(holds(signed(method, 'news').toUpperCase())).toBe(true);
    expect(holds(signed(method, 'other'))).toBe(false);
    expect(holds(signed(method, 'news', 'another key'))).toBe(false);
  });
  test.each([
    undefined, '', 'sha256=', 'sha256', signed('md5', 'news'), signed('sha256', 'news').replace('sha256', 'sha1'), signed('sha256', 'news').slice(0, -2),
    `${signed('sha256', 'news')}0`, ` ${signed('sha256', 'news')}`, `sha256=${'z'.repeat(64)}`, `sha999=${'0'.repeat(64)}`, '='.repeat(100_000),
  ])('%.30s does not', (header) => expect(holds(header)).toBe(false));
});

describe('lease', () => {
  test.each([[undefined, null], ['', null], ['0', null], ['-5', null], ['1e3', null], ['9'.repeat(40), null], ['300', 300 * SECOND], ['99999999', 30 * DAY]])(
    'of %s seconds', (seconds, ms) => expect(leaseMs(seconds)).toBe(ms));
  test.each([[SECOND, MINUTE], [20 * MINUTE, 15 * MINUTE], [10 * DAY, 9 * DAY]])('of %d ms is renewed before its end', (lease, ms) => expect(renewIn(lease)).toBe(ms));
  test.each([[1, MINUTE], [2, 2 * MINUTE], [5, 16 * MINUTE], [1_000_000, DAY]])('after request %d in vain the next one waits', (attempts, ms) => expect(askAgainIn(attempts)).toBe(ms));
});

describe('verification', () => {
  const asks = { mode: 'subscribe', topic: 'https://wire.example/feed', challenge: 'c1', leaseSeconds: '3600' };
  test('of what was asked for is confirmed, with its lease', () => {
    expect(judgeVerification(subscription(), asks, NOW)).toMatchObject({
      kind: 'confirm', challenge: 'c1', planned: { askAt: NOW + 45 * MINUTE, subscription: { leaseEndsAt: NOW + HOUR, askedAt: null, attempts: 0 } },
    });
  });
  test.each([
    ['another topic', {}, { topic: 'https://other.example/' }], ['no topic', {}, { topic: undefined }], ['an end nobody asked for', {}, { mode: 'unsubscribe' }],
    ['no mode', {}, { mode: undefined }], ['no challenge', {}, { challenge: undefined }], ['an endless challenge', {}, { challenge: 'x'.repeat(1_001) }],
    ['no lease', {}, { leaseSeconds: undefined }], ['nothing open', { askedAt: null }, {}], ['a request long ago', { askedAt: NOW - 2 * DAY }, {}],
  ])('%s is refused', (_, before, over) => expect(judgeVerification(subscription(before), { ...asks, ...over }, NOW).kind).toBe('refuse'));
  test('a denial ends the lease, and the hub is asked again in a day', () => {
    expect(judgeVerification(subscription({ leaseEndsAt: NOW + HOUR, tells: true }), { ...asks, mode: 'denied' }, NOW))
      .toMatchObject({ kind: 'denied', planned: { askAt: NOW + DAY, subscription: { leaseEndsAt: null, tells: false } } });
  });
});

test('another hub begins anew, under a path and secret of its own; the same one does not', () => {
  const { hub, topic } = subscription();
  expect(noteHub(subscription(), { hub, topic }, { path: 'q', secret: 't' }, NOW)).toBeNull();
  expect(noteHub(subscription({ leaseEndsAt: NOW + HOUR }), { hub: 'https://two.example/', topic }, { path: 'q', secret: 't' }, NOW))
    .toMatchObject({ askAt: NOW, subscription: { path: 'q', secret: 't', leaseEndsAt: null } });
});

describe('pace', () => {
  const pace = { nextMs: 5 * MINUTE, maxMs: HOUR, fixed: false };
  const told = { leaseEndsAt: NOW + DAY, pushedAt: NOW - HOUR, tells: true };
  test.each([
    ['no hub', null, pace, 5 * MINUTE],
    ['a hub that tells', told, pace, 20 * MINUTE],
    ['never over the longest interval', told, { ...pace, nextMs: 30 * MINUTE }, HOUR],
    ['never less than what the host asks for', told, { ...pace, nextMs: 2 * HOUR }, 2 * HOUR],
    ['not past the lease', { ...told, leaseEndsAt: NOW + 8 * MINUTE }, pace, 8 * MINUTE],
    ['a lease that ran out', { ...told, leaseEndsAt: NOW }, pace, 5 * MINUTE],
    ['a hub that never pushed', { ...told, pushedAt: null, tells: false }, pace, 5 * MINUTE],
    ["the user's own interval", told, { ...pace, fixed: true }, 5 * MINUTE],
    ['a push while the poll ran', { ...told, pushedAt: NOW - SECOND }, pace, 10 * SECOND],
  ])('%s', (_, over, asked, ms) => {
    expect(pollIn(over === null ? null : subscription(over), { startedAt: NOW - 2 * SECOND }, asked, NOW)).toBe(ms);
  });
  test('a poll with news the hub kept to itself is seen', () => {
    const seen = { startedAt: NOW, previousAt: NOW - HOUR, fresh: 1 };
    expect(hasMissed(subscription({ pushedAt: NOW - 2 * HOUR }), seen)).toBe(true);
    expect(hasMissed(subscription({ pushedAt: NOW - MINUTE }), seen)).toBe(false);
    expect(hasMissed(subscription({ pushedAt: NOW - 2 * HOUR }), { ...seen, fresh: 0 })).toBe(false);
    expect(hasMissed(subscription(), { ...seen, previousAt: null })).toBe(false);
  });
});
