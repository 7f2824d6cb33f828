import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { abandonSegment, accept, beginSegment, books, dropQuarantined, encodeStories, listQuarantine, markSpilled, retryQuarantined, segments, seePlace, spilled, stagesInFlight, takeIn, trace, unseenPlaces, verify } from '../../src/ledger/index.js';
import { redisKeys } from '../../src/queue/index.js';
import { giveUpPlace, SegmentFolder, verifySegments } from '../../src/spill/index.js';
import { listed } from '../ledger/items.js';
import { useRedis } from '../redis.js';
import { ownFolder } from '../sink/folder.js';
import { drain, keeperOf, pageFor, tight } from './backlog.js';

const { redis, prefix: base } = useRedis();

/** Keys and a folder for one test. */
async function ground(name: string) {
  const prefix = `${base}-${name}`;
  const keys = redisKeys(prefix);
  const dir = await ownFolder();
  const balanced = async (): Promise<void> => {
    expect((await verify(redis, keys)).imbalances).toEqual([]);
    expect(await verifySegments(redis, keys, dir)).toEqual([]);
  };
  const filesOf = (sink: string): Promise<string[]> => readdir(join(dir, sink)).catch(() => []);
  return { prefix, keys, dir, balanced, filesOf };
}

const BOUND = 20;
const dead = tight('dead', BOUND);
const live = tight('live', BOUND);

test('ten times the bound of a dead sink goes to disk while another takes everything, and comes back once, in the order of its versions', async () => {
  const { prefix, keys, dir, balanced, filesOf } = await ground('ten');
  const { keeper, told } = keeperOf(redis, prefix, dir, [dead, live]);
  const taken: string[] = [];
  for (let page = 0; page < 10 * BOUND; page += 1) {
    expect((await pageFor(redis, keys, `news-page-${page}`, [dead, live])).outcome).toBe('accepted');
    taken.push(...await drain(redis, keys, 'live'));
    if (page % 2 === 1) await keeper.look();
    const standing = (await spilled(redis, keys, [dead])).get('dead');
    // Never full: the intake stops for nobody.
    expect(standing?.full).toBe(false);
  }
  expect(taken).toHaveLength(10 * BOUND);
  await balanced();
  const standing = (await spilled(redis, keys, [dead])).get('dead');
  expect((standing?.onDisk ?? 0) + (standing?.deliveries ?? 0)).toBe(10 * BOUND);
  expect(standing?.onDisk).toBeGreaterThan(8 * BOUND);
  // Only what waits in Redis has its stories there.
  expect(Number(await redis.get(keys.storeCount))).toBe(standing?.deliveries);
  expect((await stagesInFlight(redis, keys)).get('wire')).toEqual(new Map([['deliver to dead', standing?.deliveries], ['on disk for dead', standing?.onDisk]]));

  // The sink is back, and a page that waits changes as soon as its first version is taken.
  const got: string[] = [];
  let changed = 0;
  for (let round = 0; got.length < 10 * BOUND + changed && round < 1_000; round += 1) {
    await keeper.look();
    for (const story of await drain(redis, keys, 'dead')) {
      got.push(story);
      const [item = '', version] = story.split(':');
      if (version === '1' && changed < 30) {
        changed += 1;
        await pageFor(redis, keys, item, [dead], 2);
      }
    }
  }
  expect(got).toHaveLength(10 * BOUND + 30);
  expect(new Set(got).size).toBe(got.length);
  for (const story of got.filter((each) => each.endsWith(':2'))) expect(got.indexOf(story)).toBeGreaterThan(got.indexOf(story.replace(':2', ':1')));
  const wire = (await books(redis, keys)).get('wire');
  expect(wire).toMatchObject({ delivered: 10 * BOUND + 30, inFlight: 0, balanced: true });
  await balanced();
  expect(await filesOf('dead')).toEqual([]);
  expect(await redis.hgetall(keys.spillSegments)).toEqual({});
  expect(await redis.hgetall(keys.spill)).toEqual({});
  expect(await redis.get(keys.storeBytes)).toBe('0');
  // Every one that was owed again had its job added.
  expect(told.jobs.length).toBeGreaterThan(8 * BOUND);
  const life = (await trace(redis, keys, { id: 'news-page-150' })).map(({ step, detail }) => `${step} ${detail}`);
  expect(life).toEqual(expect.arrayContaining(['to-disk dead', 'from-disk dead', 'taken dead']));
  expect((await pageFor(redis, keys, 'after-all', [dead])).diverted).toEqual([]);
});

/** Fills a sink's backlog until some of it lies on disk. */
async function spill(name: string) {
  const pages = 3 * BOUND;
  const given = await ground(name);
  const { keeper, told } = keeperOf(redis, given.prefix, given.dir, [dead]);
  for (let page = 0; page < pages; page += 1) {
    await pageFor(redis, given.keys, `news-page-${page}`, [dead]);
    if (page % 4 === 3) await keeper.look();
  }
  return { ...given, keeper, told };
}

test('a damaged segment gives back the lines that are whole; the others go to quarantine as spill-lost, and a person can only drop them', async () => {
  const { keys, dir, keeper, told, filesOf, balanced } = await spill('damaged');
  const [first = ''] = await filesOf('dead');
  const path = join(dir, 'dead', first);
  const lines = (await readFile(path, 'utf8')).split('\n');
  expect(lines.length).toBeGreaterThan(2);
  await writeFile(path, lines.map((line, at) => (at === 1 ? line.replace('quoted', 'quxted') : line)).join('\n'));
  const got: string[] = [];
  for (let round = 0; round < 50; round += 1) {
    await keeper.look();
    got.push(...await drain(redis, keys, 'dead'));
  }
  expect(got).toHaveLength(3 * BOUND - 1);
  expect(new Set(got).size).toBe(got.length);
  expect(told.lost).toEqual([{ deliveries: 1, why: 'their file is damaged' }]);
  const [entry] = await listQuarantine(redis, keys);
  expect(entry).toMatchObject({ code: 'spill-lost', sink: 'dead' });
  expect((await books(redis, keys)).get('wire')).toMatchObject({ delivered: 3 * BOUND - 1, quarantined: { 'spill-lost': 1 }, inFlight: 0, balanced: true });
  // Kept for whoever can read more of it than we.
  expect(await filesOf('dead')).toEqual([`${first}.damaged`]);
  await balanced();
  expect(await retryQuarantined(redis, keys, entry?.id ?? '')).toBe(false);
  expect(await listQuarantine(redis, keys)).toHaveLength(1);
  expect(await dropQuarantined(redis, keys, entry?.id ?? '')).toBe(true);
  expect((await books(redis, keys)).get('wire')).toMatchObject({ rejected: { dropped: 1 }, quarantined: {}, balanced: true });
  await balanced();
});

test('a segment whose file is gone is found at the next start, and ledger verify tells of it before', async () => {
  const { prefix, keys, dir, filesOf, balanced } = await spill('gone');
  const [first = ''] = await filesOf('dead');
  const held = (await segments(redis, keys)).find(({ id }) => first.startsWith(id));
  await rm(join(dir, 'dead', first));
  expect(await verifySegments(redis, keys, dir)).toEqual([{ source: 'sink dead', what: `bytes of segment ${held?.id}`, booked: held?.bytes, counted: 0 }]);
  const { keeper, told } = keeperOf(redis, prefix, dir, [dead]);
  await keeper.look();
  expect(told.lost).toEqual([{ deliveries: held?.live, why: 'their file is gone' }]);
  await balanced();
  expect((await books(redis, keys)).get('wire')?.quarantined).toEqual({ 'spill-lost': held?.live });
});

test('stories that another sink still waits for are not lost with the segment', async () => {
  const { prefix, keys, dir } = await ground('shared');
  const { keeper } = keeperOf(redis, prefix, dir, [dead, tight('slow', 1_000)]);
  for (let page = 0; page < 2 * BOUND; page += 1) {
    await pageFor(redis, keys, `news-page-${page}`, [dead, tight('slow', 1_000)]);
    await keeper.look();
  }
  expect((await spilled(redis, keys, [dead])).get('dead')?.onDisk).toBeGreaterThan(0);
  await rm(join(dir, 'dead'), { recursive: true });
  const next = keeperOf(redis, prefix, dir, [dead, tight('slow', 1_000)]);
  await next.keeper.look();
  expect((await verify(redis, keys)).imbalances).toEqual([]);
  expect((await listQuarantine(redis, keys)).map(({ code }) => code)).toEqual([]);
  expect(await drain(redis, keys, 'dead')).toHaveLength(2 * BOUND);
  expect(await drain(redis, keys, 'slow')).toHaveLength(2 * BOUND);
  expect((await books(redis, keys)).get('wire')).toMatchObject({ delivered: 2 * BOUND, inFlight: 0, balanced: true });
});

test('at the bound of the disk, and only there, the intake stops at the bound of the sink; when the sink is back all of it goes', async () => {
  const { prefix, keys, dir, balanced } = await ground('bounded');
  const { keeper, told } = keeperOf(redis, prefix, dir, [dead], { maxSize: 5_000 });
  let accepted = 0;
  let full: string | null = null;
  for (let page = 0; page < 10 * BOUND && full === null; page += 1) {
    const { outcome } = await pageFor(redis, keys, `news-page-${page}`, [dead]);
    if (outcome === 'accepted') accepted += 1;
    else full = outcome;
    await keeper.look();
  }
  expect(full).toBe('full');
  expect(accepted).toBeGreaterThan(BOUND);
  expect(told.standings).toEqual(expect.arrayContaining(['alarm', 'full']));
  expect(told.standings.indexOf('alarm')).toBeLessThan(told.standings.indexOf('full'));
  expect((await segments(redis, keys)).reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(5_000);
  await balanced();
  let got = 0;
  for (let round = 0; round < 50; round += 1) {
    await keeper.look();
    got += (await drain(redis, keys, 'dead')).length;
  }
  expect(got).toBe(accepted);
  expect(told.standings.at(-1)).toBe('well');
  await balanced();
});

test('a folder that cannot be written is told of, holds nothing up below the bound, and is written when it is mended', async () => {
  const { prefix, keys, dir, balanced } = await ground('unwritable');
  await writeFile(join(dir, 'dead'), 'in the place of the folder');
  const { keeper, told } = keeperOf(redis, prefix, dir, [dead]);
  for (let page = 0; page < BOUND - 1; page += 1) expect((await pageFor(redis, keys, `news-page-${page}`, [dead])).outcome).toBe('accepted');
  await keeper.look();
  expect(told.standings).toEqual(['failing']);
  expect((await spilled(redis, keys, [dead])).get('dead')).toMatchObject({ onDisk: 0, deliveries: BOUND - 1 });
  await balanced();
  await rm(join(dir, 'dead'));
  const next = keeperOf(redis, prefix, dir, [dead]);
  await next.keeper.look();
  expect((await spilled(redis, keys, [dead])).get('dead')?.onDisk).toBeGreaterThan(0);
  await balanced();
});

const mayMount = ((): boolean => {
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'dateline-test', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

test.skipIf(!mayMount)('a full disk loses nothing: what was begun is given up, the deliveries wait in Redis, and go when there is room', async () => {
  const { prefix, keys, dir, balanced } = await ground('full-disk');
  const disk = join(dir, 'disk');
  await mkdir(disk);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'dateline-test', disk]);
  try {
    const { keeper, told } = keeperOf(redis, prefix, disk, [dead]);
    let accepted = 0;
    for (let page = 0; page < 10 * BOUND; page += 1) {
      if ((await pageFor(redis, keys, `news-page-${page}`, [dead])).outcome !== 'accepted') break;
      accepted += 1;
      await keeper.look();
    }
    expect(told.standings).toContain('failing');
    expect(accepted).toBeLessThan(10 * BOUND);
    expect((await verify(redis, keys)).imbalances).toEqual([]);
    expect(await verifySegments(redis, keys, disk)).toEqual([]);
    execFileSync('mount', ['-o', 'remount,size=4m', disk]);
    const next = keeperOf(redis, prefix, disk, [dead]);
    let got = 0;
    for (let round = 0; round < 50; round += 1) {
      await next.keeper.look();
      got += (await drain(redis, keys, 'dead')).length;
    }
    expect(got).toBe(accepted);
    await balanced();
  } finally {
    execFileSync('umount', [disk]);
  }
});

test('a place that nobody sees is told of with what it holds, and what is new goes on without it', async () => {
  const { prefix, keys } = await spill('unseen');
  const [held] = await segments(redis, keys);
  const place = held?.id.split('.')[0] ?? '';
  await seePlace(redis, keys, place, { host: 'elsewhere', dir: '/data/spill', trouble: null });
  expect(await unseenPlaces(redis, keys)).toEqual([]);
  const old = JSON.parse((await redis.hget(keys.spillPlaces, place)) ?? '{}') as { seenAt: number };
  await redis.hset(keys.spillPlaces, place, JSON.stringify({ ...old, seenAt: old.seenAt - 120_000 }));
  const other = keeperOf(redis, prefix, await ownFolder(), [dead]);
  await other.keeper.look();
  const onDisk = (await spilled(redis, keys, [dead])).get('dead')?.onDisk;
  expect(other.told.unseen).toEqual([expect.objectContaining({ id: place, host: 'elsewhere', dir: '/data/spill', deliveries: onDisk })]);
  expect(other.told.lost).toEqual([]);
  let got = (await drain(redis, keys, 'dead')).length;
  expect((await pageFor(redis, keys, 'late-page', [dead])).diverted).toEqual(['dead']);
  await other.keeper.look();
  const last = await drain(redis, keys, 'dead');
  got += last.length;
  expect(last).toContain('late-page:1');
  expect(got + (onDisk ?? 0)).toBe(3 * BOUND + 1);

  // A person knows that the machine is lost.
  const wrong = await giveUpPlace(redis, keys, 'another');
  expect(wrong.ok ? null : wrong.fault.hint).toContain(`${place} (/data/spill of elsewhere)`);
  expect(await giveUpPlace(redis, keys, place)).toEqual({ ok: true, value: onDisk });
  expect((await books(redis, keys)).get('wire')).toMatchObject({ delivered: got, quarantined: { 'spill-lost': onDisk }, inFlight: 0, balanced: true });
  expect((await verify(redis, keys)).imbalances).toEqual([]);
  expect((await giveUpPlace(redis, keys, place)).ok).toBe(false);
  expect((await pageFor(redis, keys, 'last-page', [dead])).diverted).toEqual([]);
});

test('what lies on disk for a sink that is configured no more comes back, to go where all of its deliveries go', async () => {
  const { prefix, keys, dir, balanced } = await spill('removed');
  const { keeper } = keeperOf(redis, prefix, dir, [live]);
  await drain(redis, keys, 'dead');
  await keeper.look();
  expect((await spilled(redis, keys, [dead])).get('dead')?.onDisk).toBe(0);
  expect((await stagesInFlight(redis, keys)).get('wire')?.get('on disk for dead')).toBeUndefined();
  await balanced();
});

test('one segment holds no more than a few milliseconds of work, whatever the size of the pages', async () => {
  const { prefix, keys, dir } = await ground('large');
  const wide = { name: 'dead', maxDeliveries: 1_000_000, maxBytes: 1 << 23, spillFrom: { deliveries: 1_000_000, bytes: 1 << 21 } };
  const { keeper } = keeperOf(redis, prefix, dir, [wide]);
  for (let page = 0; page < 40; page += 1) {
    const [ref] = await takeIn(redis, keys, 'wire', [listed(`big-page-${page}`)]);
    if (ref === undefined) throw new Error('known');
    await accept(redis, keys, {
      ref, sinks: ['dead'], bounds: [wide], page: `wire/big-page-${page}`, pageBefore: '', pageAfter: '{}', address: `a-${page}`, texts: [],
      body: encodeStories([{ id: `big-page-${page}`, version: 1, json: JSON.stringify({ filler: 'x'.repeat(150_000) }) }]),
    }, { maxSize: 1 << 30, maxStories: 1_000 });
    await keeper.look();
  }
  const held = await segments(redis, keys);
  expect(held.length).toBeGreaterThan(2);
  for (const { bytes } of held) expect(bytes).toBeLessThan(1.1 * (1 << 20));
  expect(Number(await redis.get(keys.storeBytes))).toBeLessThan(1.3 * (1 << 21));
});

test('a keeper that was stopped for so long that its segment was given up is refused when it goes on; two at once mark each delivery once', async () => {
  const { prefix, keys, dir, balanced } = await ground('late');
  for (let page = 0; page < BOUND - 1; page += 1) await pageFor(redis, keys, `news-page-${page}`, [dead]);
  const folder = await SegmentFolder.open(dir);
  if (!folder.ok) throw folder.fault;
  const { place } = folder.value;
  const names = await redis.lrange(keys.spillTodo('dead'), 0, '-1');
  const [late, first, second] = [1, 2, 3].map((now) => folder.value.newId(now));
  if (late === undefined || first === undefined || second === undefined) throw new Error('no names');
  await beginSegment(redis, keys, late, 'dead');
  expect(await abandonSegment(redis, keys, late)).toBe(true);
  expect(await markSpilled(redis, keys, { id: late, place, bytes: 10 }, 'dead', names)).toBeNull();
  for (const id of [first, second]) await beginSegment(redis, keys, id, 'dead');
  const marked = await Promise.all([first, second].map((id) => markSpilled(redis, keys, { id, place, bytes: 10 }, 'dead', names)));
  expect(marked).toEqual([names.length, 0]);
  expect((await verify(redis, keys)).imbalances).toEqual([]);
  const { keeper } = keeperOf(redis, prefix, dir, [dead], { giveUpMs: 0 });
  await keeper.look();
  await balanced();
});
