import { setTimeout as sleep } from 'node:timers/promises';
import type { EmbeddedRedis } from '../../src/redis/index.js';
import type { Fleet, Post, WorkerRole } from './fleet.js';
import type { ReceiverProcess } from './receiver-process.js';
import type { Mood } from './receiver-server.js';
import type { FaultKind, PlannedFault } from './schedule.js';
import type { SinkDisk } from './sink-disk.js';
import type { WorldProcess } from './world-process.js';

/** What faults are done to. */
export interface Stage {
  readonly fleet: Fleet;
  readonly redis: EmbeddedRedis;
  readonly world: WorldProcess;
  readonly disk: SinkDisk;
  readonly receiver: ReceiverProcess;
  /** How long a process is stopped (SIGSTOP). */
  readonly stopMs: number;
}

const DAY_MS = 86_400_000;
/** How far clocks jump: daylight saving done wrong, a dead battery's date, a leap into the future. */
const JUMPS_MS = [3_600_000, -3_600_000, 2 * DAY_MS, -2 * DAY_MS, 40 * DAY_MS, -400 * DAY_MS];

const pickPost = (posts: readonly Post[], draw: number): Post => {
  const post = posts[Math.floor(draw * posts.length)];
  if (post === undefined) throw new Error('the fleet has no such process');
  return post;
};

/** Does one fault; settles when its cause is gone. Gives what it struck. */
export async function doFault({ kind, draw: [which, much, wait] }: PlannedFault, { fleet, redis, world, disk, receiver, stopMs }: Stage): Promise<string> {
  const kill = async (role: WorkerRole): Promise<string> => {
    const post = pickPost(fleet.of(role), which);
    // What counts is how soon the rest goes on: the killed one may come back whenever it likes.
    post.kill(Math.round(wait * 2_000)).catch(() => undefined);
    return post.name;
  };
  const stop = async (role: WorkerRole): Promise<string> => {
    const post = pickPost(fleet.of(role), which);
    post.signal('SIGSTOP');
    await sleep(stopMs);
    post.signal('SIGCONT');
    return post.name;
  };
  const turn = async (mood: Mood): Promise<string> => {
    receiver.behave(mood);
    await sleep(3_000 + wait * 7_000);
    receiver.behave('well');
    return 'the webhook';
  };
  const acts: Readonly<Record<FaultKind, () => Promise<string>>> = {
    'kill poll': () => kill('poll'),
    'kill article': () => kill('article'),
    'kill deliver': () => kill('deliver'),
    async 'kill two'() {
      const first = pickPost(fleet.posts, which);
      const others = fleet.posts.filter((post) => post !== first);
      const second = pickPost(others, much);
      for (const post of [first, second]) post.kill(Math.round(wait * 2_000)).catch(() => undefined);
      return `${first.name} and ${second.name}`;
    },
    'kill redis': () => {
      process.kill(redis.pid, 'SIGKILL');
      return Promise.resolve('redis');
    },
    'stop poll': () => stop('poll'),
    'stop article': () => stop('article'),
    'stop deliver': () => stop('deliver'),
    async 'stop redis'() {
      const { pid } = redis;
      process.kill(pid, 'SIGSTOP');
      await sleep(stopMs);
      process.kill(pid, 'SIGCONT');
      return 'redis';
    },
    async 'disk full'() {
      await disk.fill();
      await sleep(3_000 + wait * 5_000);
      await disk.free();
      return 'disk of the NDJSON files';
    },
    async 'file limit'() {
      const post = pickPost(fleet.of('deliver'), which);
      // Somewhere within the file that it writes now, so that a write goes out in part first.
      await post.limitFiles(disk.largestFile() + Math.round(much * 20_000));
      await sleep(3_000 + wait * 5_000);
      await post.limitFiles(null);
      return post.name;
    },
    async 'clock jump'() {
      const post = pickPost(fleet.posts, which);
      const jump = JUMPS_MS[Math.floor(much * JUMPS_MS.length)] ?? 0;
      await post.setClock(jump);
      await sleep(3_000 + wait * 7_000);
      await post.setClock(0);
      return `${post.name} by ${(jump / 3_600_000).toFixed(0)} h`;
    },
    async 'host storm'() {
      const rest = Math.floor(which * 4);
      world.storm(rest);
      await sleep(3_000 + wait * 5_000);
      world.storm(null);
      return 'a quarter of the hosts';
    },
    'sink refuses': () => turn('refuse'),
    'sink hangs': () => turn('hang'),
    'sink is late': () => turn('late'),
    'sink hangs up': () => turn('cut'),
  };
  return acts[kind]();
}
