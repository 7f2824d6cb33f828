import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { failed, giveUp, ok, type Outcome } from '../fault.js';
import { spilled } from '../ledger/index.js';
import { breakerOf, openOutlets, outgoing, resumeSink, sinkPlans, type Outlet } from '../sink/index.js';
import { giveUpPlace } from '../spill/index.js';
import { configFor } from './settings.js';
import { withStore } from './store.js';
import { table } from './table.js';
import { testStory } from './test-story.js';

export function addSinksCommand(program: Command): void {
  const sinks = program.command('sinks')
    .summary('where stories go, what waits for them, and whether they can be reached')
    .description('The sinks of config/dateline.yaml.');

  sinks.command('list')
    .description('Every sink, what it took, what its filter left out, what waits for it, and whether deliveries go.')
    .addHelpText('after', '\nExample:\n  dateline sinks list')
    .action(async (_flags: object, command: Command) => {
      const config = await configFor(command);
      const plans = sinkPlans(config.settings);
      const rows = await withStore(config, async ({ redis, keys }) => {
        const [taken, unrouted, waiting] = await Promise.all([redis.hgetall(keys.sinkCounts), redis.hgetall(keys.sinkUnrouted), spilled(redis, keys, plans)]);
        return Promise.all(plans.map(async ({ name, format }) => {
          const { state, reason } = await breakerOf(redis, keys, name);
          const backlog = waiting.get(name);
          return [name, format, taken[name] ?? '0', unrouted[name] ?? '0', String(backlog?.deliveries ?? 0), String((backlog?.onDisk ?? 0) + (backlog?.todo ?? 0)), `${Math.round((backlog?.share ?? 0) * 100)} %`,
            state === 'closed' ? 'well' : state === 'stopped' ? 'stopped' : 'left alone', state === 'closed' ? '' : (reason?.message ?? '')];
        }));
      });
      process.stdout.write(table(['sink', 'format', 'delivered', 'not routed', 'waiting', 'on disk', 'of its bound', 'state', 'reason'], rows));
    });

  sinks.command('check')
    .description('Asks each sink, or one, whether it can be reached. --send hands it a story that is marked as a test.')
    .argument('[name]')
    .option('--send', 'deliver a marked test story, too')
    .addHelpText('after', '\nExample:\n  dateline sinks check newsroom --send\n\nExits with 1 when one cannot be reached.')
    .action(async (name: string | undefined, { send }: { send?: boolean }, command: Command) => {
      const config = await configFor(command);
      await withStore(config, async ({ redis, keys }) => {
        const outlets = openOutlets(config.settings, redis, keys);
        try {
          const picked = [...outlets.values()].filter(({ plan }) => name === undefined || plan.name === name);
          if (picked.length === 0) throw noSuchSink(name ?? '', [...outlets.keys()]);
          for (const outlet of picked) {
            const found = await check(outlet, send === true);
            process.stdout.write(`${outlet.plan.name}: ${found.ok ? found.value : `${found.fault.message} ${found.fault.hint ?? ''}`.trim()}\n`);
            if (!found.ok) process.exitCode = 1;
          }
        } finally {
          await Promise.all([...outlets.values()].map(({ sink }) => sink.close()));
        }
      });
    });

  sinks.command('resume')
    .description('Lets deliveries go again to a sink that was stopped or is left alone.')
    .argument('<name>')
    .addHelpText('after', '\nExample:\n  dateline sinks resume newsroom && dateline quarantine retry --reason sink-stopped')
    .action(async (name: string, _flags: object, command: Command) => {
      const config = await configFor(command);
      const names = sinkPlans(config.settings).map((plan) => plan.name);
      if (!names.includes(name)) throw noSuchSink(name, names);
      await withStore(config, ({ redis, keys }) => resumeSink(redis, keys, name));
      process.stdout.write(`Deliveries to ${name} go again.\n`);
    });

  sinks.command('give-up')
    .description('Gives up the deliveries that wait on the disk of a machine which is lost for good: they go to quarantine as spill-lost.')
    .argument('<place>', 'as the log and /readyz name it')
    .addHelpText('after', '\nExample:\n  dateline sinks give-up 0a1b2c3d4e && dateline replay --sink newsroom --since 24h\n\nRefused while a process still sees that disk.')
    .action(async (place: string, _flags: object, command: Command) => {
      const given = await withStore(await configFor(command), ({ redis, keys }) => giveUpPlace(redis, keys, place));
      if (!given.ok) throw given.fault;
      process.stdout.write(`${given.value} deliveries are in quarantine as spill-lost.\n`);
    });
}

async function check({ plan, sink }: Outlet, send: boolean): Promise<Outcome<string>> {
  const signal = AbortSignal.timeout(plan.timeoutMs);
  const found = await sink.check(signal);
  if (!found.ok || !send) return found.ok ? ok(`${sink.where}: ${found.value}`) : found;
  const ready = await sink.begin();
  if (!ready.ok) return ready;
  const story = testStory(new Date());
  const record = JSON.stringify(story);
  const taken = await sink.deliver({
    key: `test/${randomUUID()}`, mark: ready.value, again: false, signal, remark: () => Promise.resolve(true),
    stories: [{ id: story.id, version: story.version, json: outgoing(plan.format, record), record }],
  });
  return taken.ok ? ok(`${sink.where}: ${found.value}; took the test story ${story.id}`) : failed(taken.fault);
}

const noSuchSink = (name: string, names: readonly string[]) =>
  giveUp({ code: 'no-such-sink', message: `There is no sink ${name.slice(0, 60)}.`, hint: `There are ${names.join(', ')}.` });
