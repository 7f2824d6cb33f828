import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/fault.js';
import type { Sink, SinkStory } from '../../src/sink/index.js';
import { useRedis } from '../redis.js';
import { batchOf, ownFolder } from './folder.js';
import { kinds, nameOf, storyOf } from './kinds.js';

const store = useRedis();
const all = await kinds(store, await ownFolder());
afterAll(() => Promise.all(all.map((kind) => kind.close())));

const open: Sink[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((sink) => sink.close()));
});

async function push(sink: Sink, key: string, stories: readonly SinkStory[], again = false): Promise<Outcome<void>> {
  if (!open.includes(sink)) open.push(sink);
  const ready = await sink.begin();
  return ready.ok ? sink.deliver(batchOf(key, stories, ready.value, again)) : ready;
}

/** Until it is taken, as the queue does it: what hung may need a moment to come back. */
async function pushUntilTaken(sink: Sink, key: string, stories: readonly SinkStory[]): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const pushed = await push(sink, key, stories, true);
    if (pushed.ok) return;
    if (tries > 8) throw pushed.fault;
  }
}

describe.each(all)('$name', (kind) => {
  const mine = async (stories: readonly SinkStory[]): Promise<string[]> => {
    const names = new Set(stories.map(nameOf));
    return (await kind.held()).filter((name) => names.has(name)).toSorted();
  };

  test('takes every story, and every version of it, once', async () => {
    const stories = [storyOf('a1'), storyOf('a2'), storyOf('a1', 2)];
    expect(await push(kind.open(), 'one', stories)).toMatchObject({ ok: true });
    expect(await mine(stories)).toEqual(stories.map(nameOf).toSorted());
  });

  test('what comes again after a crash between push and booking, in another process, is not doubled', async () => {
    const stories = [storyOf('b1'), storyOf('b2')];
    const sink = kind.open();
    open.push(sink);
    const ready = await sink.begin();
    if (!ready.ok) throw ready.fault;
    await sink.deliver(batchOf('crash', stories, ready.value));
    await sink.close();
    open.splice(0);
    const next = kind.open();
    open.push(next);
    await next.begin();
    expect(await next.deliver(batchOf('crash', stories, ready.value, true))).toMatchObject({ ok: true });
    expect(await mine(stories)).toEqual(stories.map(nameOf).toSorted());
  });

  test('deliveries at the same time are kept apart', async () => {
    const sink = kind.open();
    const stories = Array.from({ length: 40 }, (_, at) => storyOf(String.fromCharCode(97 + Math.floor(at / 10)) + (at % 10), 7));
    const outcomes = await Promise.all(stories.map((story, at) => push(sink, `many-${at}`, [story])));
    expect(outcomes.filter(({ ok }) => !ok)).toEqual([]);
    // Elasticsearch shows the newest version only, which these are.
    expect(await mine(stories)).toHaveLength(40);
  });

  test('says in words that it can be reached', async () => {
    const sink = kind.open();
    open.push(sink);
    expect(await sink.check(AbortSignal.timeout(5_000))).toMatchObject({ ok: true, value: expect.any(String) as string });
  });

  test.runIf(kind.hang !== undefined)('one that hangs, having taken it or not, is a fault to try again, and then it is there once', async () => {
    const stories = [storyOf('c1', 9), storyOf('c2', 9)];
    await push(kind.open(), 'warm', [storyOf('c0', 9)]);
    kind.hang?.();
    const hung = await push(kind.open(), 'hang', stories);
    kind.well?.();
    expect(hung).toMatchObject({ ok: false, fault: { consequence: 'retry-later' } });
    await pushUntilTaken(kind.open(), 'hang', stories);
    expect(await mine(stories)).toEqual(stories.map(nameOf).toSorted());
  }, 30_000);

  test.runIf(kind.refused !== undefined)('a story that is refused for good gives up alone; its neighbours get through', async () => {
    kind.well?.();
    const sink = kind.open();
    const refused = kind.refused?.();
    if (refused === undefined) return;
    const good = storyOf('d1', 3);
    const [first, second] = await Promise.all([push(sink, 'refused', [refused]), push(sink, 'good', [good])]);
    expect(first).toMatchObject({ ok: false, fault: { consequence: 'give-up' } });
    expect(second).toMatchObject({ ok: true });
    expect(await mine([good, refused])).toContain(nameOf(good));
    expect(await mine([refused])).toEqual([]);
  });

  test.runIf(kind.absent !== undefined)('one that is not there is a fault to try again, and no secret is told', async () => {
    const sink = kind.absent?.();
    if (sink === undefined) return;
    const pushed = await push(sink, 'absent', [storyOf('e1')]);
    expect(pushed).toMatchObject({ ok: false, fault: { consequence: 'retry-later', code: 'sink-unreachable' } });
    const said = pushed.ok ? '' : `${pushed.fault.message} ${pushed.fault.hint ?? ''} ${sink.where}`;
    expect(said).not.toContain(kind.secret ?? 'no secret at all');
  });
});
