import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { giveUp, type Fault } from '../fault.js';
import { dropQuarantined, listQuarantine, retryQuarantined, showQuarantined, type QuarantineFilter } from '../ledger/index.js';
import { openQueues } from '../queue/index.js';
import { configFor } from './settings.js';
import { withStore, type Store } from './store.js';
import { table } from './table.js';
import { moment } from './times.js';

interface Picked {
  readonly source?: string;
  readonly reason?: string;
  readonly limit?: number;
  readonly all?: boolean;
  readonly newerThan?: number;
  readonly olderThan?: number;
}

export function addQuarantineCommand(program: Command): void {
  const quarantine = program.command('quarantine')
    .summary('what failed for good, and why; try it again')
    .description('Jobs that failed for good are kept whole, with their reason, until you retry or drop them.');
  const picks = (command: Command): Command => command
    .option('--source <id>', 'of one source only')
    .option('--reason <code>', 'with this reason only, such as http-403')
    .option('--newer-than <time>', 'only what failed since: 30m, 24h, 7d ago or a date', (text) => moment(text))
    .option('--older-than <time>', 'only what failed before', (text) => moment(text));

  picks(quarantine.command('list'))
    .description('Lists them, newest first.')
    .option('--limit <n>', 'most lines', count, 50)
    .addHelpText('after', '\nExample:\n  dateline quarantine list --reason timeout')
    .action(async (flags: Picked, command: Command) => {
      const jobs = await withStore(await configFor(command), ({ redis, keys }) => listQuarantine(redis, keys, filterOf(flags)));
      process.stdout.write(jobs.length === 0 ? 'Nothing is in quarantine.\n'
        : table(['id', 'at', 'source', 'stage', 'reason', 'message'],
          jobs.map((job) => [job.id, job.at, job.source, job.sink === undefined ? job.queue : `${job.queue} ${job.sink}`, job.code, job.message])));
    });

  quarantine.command('show')
    .description('Shows one, with all that is kept of it.')
    .argument('<id>')
    .addHelpText('after', '\nExample:\n  dateline quarantine show "$(dateline quarantine list --limit 1 | tail -1 | cut -d" " -f1)"')
    .action(async (id: string, _flags: object, command: Command) => {
      const job = await withStore(await configFor(command), ({ redis, keys }) => showQuarantined(redis, keys, id));
      if (job === null) throw noSuchJob(id);
      process.stdout.write(`${JSON.stringify(job, null, 2)}\n`);
    });

  picks(quarantine.command('retry'))
    .description('Puts jobs back to work: one by its id, or all that fit the options.')
    .argument('[id]')
    .option('--all', 'everything in quarantine')
    .addHelpText('after', '\nExample:\n  dateline quarantine retry --reason http-503')
    .action(async (id: string | undefined, flags: Picked, command: Command) => {
      const config = await configFor(command);
      const retried = await withStore(config, async (store) => {
        const queues = openQueues(store.redis, config.settings, [], (queue, error) => process.stderr.write(`dateline: queue ${queue}: ${error.message}\n`));
        try {
          return await each(store, id, flags, async (job) => {
            await queues.forget(job);
            return retryQuarantined(store.redis, store.keys, job);
          });
        } finally {
          await queues.close();
        }
      });
      process.stdout.write(`${retried} ${retried === 1 ? 'job goes' : 'jobs go'} on within seconds of the service running.\n`);
    });

  picks(quarantine.command('drop'))
    .description('Gives jobs up for good: their items are then rejected(dropped) in the books.')
    .argument('[id]')
    .option('--all', 'everything in quarantine')
    .addHelpText('after', '\nExample:\n  dateline quarantine drop --source old-wire')
    .action(async (id: string | undefined, flags: Picked, command: Command) => {
      const dropped = await withStore(await configFor(command), (store) => each(store, id, flags, (job) => dropQuarantined(store.redis, store.keys, job)));
      process.stdout.write(`${dropped} dropped.\n`);
    });
}

/** Does it to one job, or to all that are picked; gives how many it was done to. */
async function each({ redis, keys }: Store, id: string | undefined, flags: Picked, act: (id: string) => Promise<boolean>): Promise<number> {
  if (id !== undefined) {
    if (!(await act(id))) throw noSuchJob(id);
    return 1;
  }
  if (flags.all !== true && flags.source === undefined && flags.reason === undefined && flags.newerThan === undefined && flags.olderThan === undefined) {
    throw giveUp({ code: 'nothing-picked', message: 'Neither an id nor --source, --reason, --newer-than, --older-than or --all says which jobs are meant.', hint: 'dateline quarantine list shows the ids.' });
  }
  let done = 0;
  for (const job of await listQuarantine(redis, keys, { ...filterOf(flags), limit: Number.MAX_SAFE_INTEGER })) {
    if (await act(job.id)) done += 1;
  }
  return done;
}

const filterOf = ({ source, reason, limit, newerThan, olderThan }: Picked): QuarantineFilter => ({ source, reason, limit, since: newerThan, until: olderThan });

const noSuchJob = (id: string): Fault =>
  giveUp({ code: 'no-such-job', message: `There is no job ${id} in quarantine.`, hint: 'dateline quarantine list shows the ids.' });

function count(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a whole number above 0 is wanted.');
}
