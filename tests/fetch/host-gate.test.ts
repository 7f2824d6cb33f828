import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { createHostGate } from '../../src/fetch/index.js';
import type { HostGate, HostGateOptions } from '../../src/fetch/index.js';
import { useRedis } from '../redis.js';

const { redis, prefix } = useRedis();
let host = '';
let turn = 0;
beforeEach(() => {
  turn += 1;
  host = `host-${turn}.example`;
});
const gate = (options: Partial<HostGateOptions> = {}): HostGate =>
  createHostGate(redis, { prefix, minDelayMs: 10_000, maxDelayMs: 600_000, concurrency: 2, ...options });
/** Allows for the time the calls themselves take. */
const near = (wanted: number) => (ms: number): boolean => ms <= wanted && ms > wanted - 5_000;

describe('booking', () => {
  test('slots follow each other at the delay, host by host', async () => {
    const one = gate();
    const waits = [await one.book(host), await one.book(host), await one.book(host)];
    expect(waits[0]).toBe(0);
    expect(waits[1] ?? 0).toSatisfy(near(10_000));
    expect(waits[2] ?? 0).toSatisfy(near(20_000));
    expect(await one.book(`other-${host}`)).toBe(0);
  });

  test('gates of other processes book in the same row', async () => {
    await gate().book(host);
    expect(await gate().book(host)).toSatisfy(near(10_000));
  });

  test('a hundred bookings at once give a hundred slots', async () => {
    const one = gate();
    const waits = await Promise.all(Array.from({ length: 100 }, () => one.book(host)));
    expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(980_000);
    expect(new Set(waits.map((wait) => Math.round(wait / 10_000))).size).toBe(100);
  });
});

describe('entering', () => {
  test('one request a delay gets in, the next must book again', async () => {
    const one = gate();
    expect(await one.enter(host)).toBe(true);
    expect(await one.enter(host)).toBe(false);
    expect(await one.book(host)).toSatisfy(near(10_000));
  });

  test('a near slot is waited for', async () => {
    const one = gate({ minDelayMs: 100, concurrency: 10 });
    const started = performance.now();
    for (let request = 0; request < 4; request += 1) expect(await one.enter(host)).toBe(true);
    expect(performance.now() - started).toBeGreaterThanOrEqual(295);
  });

  test('no more requests are open than allowed, and an answer makes room', async () => {
    const one = gate({ minDelayMs: 10, concurrency: 2 });
    expect([await one.enter(host), await one.enter(host), await one.enter(host)]).toEqual([true, true, false]);
    await one.observed(host, 10, true);
    expect(await one.enter(host)).toBe(true);
  });

  test('the request of a process that died does not stay open for ever', async () => {
    const one = gate({ minDelayMs: 10, concurrency: 1, leaseMs: 1_000 });
    expect([await one.enter(host), await one.enter(host)]).toEqual([true, false]);
    await sleep(1_000);
    expect(await one.enter(host)).toBe(true);
  });

  test('a delay of zero opens the gate', async () => {
    const one = gate({ minDelayMs: 0, concurrency: 1 });
    expect(await Promise.all(Array.from({ length: 50 }, () => one.enter(host)))).toEqual(Array.from({ length: 50 }, () => true));
    expect(await one.book(host)).toBe(0);
    for (let answer = 0; answer < 50; answer += 1) await one.observed(host, 5_000, true);
    expect([await one.enter(host), await one.book(host)]).toEqual([true, 0]);
  });
});

describe('what the host asks for', () => {
  test('Retry-After shuts the gate to those who had booked before, too, also with a delay of zero', async () => {
    const one = gate({ minDelayMs: 0 });
    await one.slowDown(host, 20_000);
    expect(await one.enter(host)).toBe(false);
    expect(await one.book(host)).toSatisfy(near(20_000));
    await one.slowDown(host, 10);
    expect(await one.book(host)).toSatisfy(near(20_000));
  });

  test('a Retry-After longer than the longest delay is kept in full', async () => {
    const one = gate({ maxDelayMs: 50_000 });
    await one.slowDown(host, 1_000_000);
    expect(await one.book(host)).toSatisfy(near(1_000_000));
  });

  test('a crawl delay widens the space, up to the longest one, and can go again', async () => {
    const one = gate({ maxDelayMs: 80_000 });
    const space = async (): Promise<number> => {
      const before = await one.book(host);
      return (await one.book(host)) - before;
    };
    await one.crawlDelay(host, 30_000);
    expect(await space()).toSatisfy(near(30_000));
    await one.crawlDelay(host, 300_000);
    expect(await space()).toSatisfy(near(80_000));
    await one.crawlDelay(host, null);
    expect(await space()).toSatisfy(near(10_000));
  });
});

describe('adaptation', () => {
  const space = async (one: HostGate): Promise<number> => {
    const before = await one.book(host);
    return (await one.book(host)) - before;
  };

  test('a slow host is asked at the pace it answers at, and its neighbour is not held up', async () => {
    const one = gate();
    for (let answer = 0; answer < 20; answer += 1) await one.observed(host, 100_000, true);
    expect(await space(one)).toSatisfy(near(50_000));
    expect(await space(gate({ concurrency: 1 }))).toSatisfy(near(100_000));
    expect(await one.book(`other-${host}`)).toBe(0);
    for (let answer = 0; answer < 20; answer += 1) await one.observed(host, 50, true);
    expect(await space(one)).toSatisfy(near(10_000));
  });

  test('trouble doubles the space up to the longest one, health wins it back', async () => {
    const one = gate({ maxDelayMs: 100_000 });
    await one.observed(host, 50, false);
    expect(await space(one)).toSatisfy(near(20_000));
    await one.observed(host, 50, false);
    expect(await space(one)).toSatisfy(near(40_000));
    for (let answer = 0; answer < 9; answer += 1) await one.observed(host, 50, false);
    expect(await space(one)).toSatisfy(near(100_000));
    for (let answer = 0; answer < 20; answer += 1) await one.observed(host, 50, true);
    expect(await space(one)).toSatisfy(near(10_000));
  });
});

test('state goes away by itself', async () => {
  const one = gate();
  await one.book(host);
  await one.enter(host);
  const keys = await redis.keys(`${prefix}:gate:{${host}}*`);
  expect(keys).toHaveLength(2);
  for (const key of keys) expect(await redis.pttl(key)).toBeGreaterThan(0);
});
