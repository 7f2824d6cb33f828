import type { Command } from 'commander';
import { giveUp, misconfigured } from '../fault.js';
import { openOutlets, replay, type SentStory } from '../sink/index.js';
import { openStoryStore, type StoryStore } from '../store/index.js';
import { progress } from './progress.js';
import { configFor } from './settings.js';
import { withStore } from './store.js';
import { moment } from './times.js';

interface Picked {
  readonly since: number;
  readonly sink: string;
  readonly source?: string;
  readonly dryRun?: boolean;
}

const PAGE = 200;

export function addReplayCommand(program: Command): void {
  program.command('replay')
    .summary('send stories again to one sink')
    .description('Sends every story version of a stretch of time to one sink again, in their order, with the ids and versions they had: after a sink lost its data, or for a sink that is new.')
    .requiredOption('--since <time>', 'what came since: 30m, 24h, 7d ago or a date', (text) => moment(text))
    .requiredOption('--sink <name>', 'the sink, by its name in config/dateline.yaml')
    .option('--source <id>', 'stories of one source only')
    .option('--dry-run', 'only tell how many there are')
    .addHelpText('after', `
Examples:
  dateline replay --since 24h --sink webhook-desk
  dateline replay --since 2026-11-01 --sink archive --source sana-en --dry-run

Takes them from the console's story store (console.stories). A replay that was cut short can be begun again: sinks that keep
ids and versions change nothing; NDJSON files and the Redis stream take the stories a second time.`)
    .action(async ({ since, sink, source, dryRun }: Picked, command: Command) => {
      const config = await configFor(command);
      const kept = openStoryStore(config.settings);
      if (kept === null) throw misconfigured({ code: 'no-story-store', message: 'No stories are kept: console.stories is switched off.', hint: 'Switch it on; what comes from then on can be sent again.' });
      try {
        if (dryRun === true) {
          let count = 0;
          for await (const { id } of sentSince(kept, since, source)) count += id === '' ? 0 : 1;
          process.stdout.write(`${count} story versions can be sent again.\n`);
          return;
        }
        const { sent, unrouted, fault } = await withStore(config, async ({ redis, keys }) => {
          const outlets = openOutlets(config.settings, redis, keys);
          const outlet = outlets.get(sink);
          if (outlet === undefined) throw misconfigured({ code: 'sink-unknown', message: `There is no sink "${sink}".`, hint: `The settings name ${[...outlets.keys()].join(', ')}.` });
          try {
            const { retries } = config.settings;
            return await replay(outlet, sentSince(kept, since, source), {
              name: new Date().toISOString(), attempts: retries.attempts, backoffMs: retries.backoff,
              onProgress: (count) => progress(`${count} story versions sent to ${sink} …`),
            });
          } finally {
            progress('');
            await Promise.all([...outlets.values()].map((each) => each.sink.close()));
          }
        });
        process.stdout.write(`${sent} story versions sent to ${sink}${unrouted === 0 ? '' : `; ${unrouted} left out by its filter`}.\n`);
        if (fault !== null) {
          throw giveUp({
            code: fault.code, message: `The replay ended early, after ${sent} story versions: ${fault.message}`,
            hint: fault.hint ?? 'When the sink is well, begin again: a sink that keeps ids and versions changes nothing for those it has.', cause: fault,
          });
        }
      } finally {
        await kept.close();
      }
    });
}

async function* sentSince(kept: StoryStore, since: number, source: string | undefined): AsyncGenerator<SentStory> {
  for (let position = 0; ;) {
    const { versions, seenTo } = await kept.since(position, { source }, PAGE);
    for (const { id, version, arrivedAt, record } of versions) if (arrivedAt >= since) yield { id, version, record: JSON.stringify(record) };
    if (seenTo <= position) return;
    position = seenTo;
  }
}
