import type { Command } from 'commander';
import { isDeepStrictEqual } from 'node:util';
import { books, booksSince, NO_ITEMS, stagesInFlight, verify } from '../ledger/index.js';
import { spillDir, verifySegments } from '../spill/index.js';
import { configFor } from './settings.js';
import { withStore } from './store.js';
import { table } from './table.js';
import { moment } from './times.js';

export function addLedgerCommand(program: Command): void {
  const ledger = program.command('ledger')
    .summary('what became of every item, by reason')
    .description('The books: items seen = delivered + unchanged + duplicate + rejected(reason) + quarantined(reason) + in flight.');
  ledger.command('show', { isDefault: true })
    .description('Prints every column of the books, by reason; what is in flight by what it waits for.')
    .option('--source <id>', 'one source only')
    .option('--since <time>', 'only what moved since: 30m, 24h, 7d ago or a date, by whole hours, 32 days back at most', (text) => moment(text))
    .addHelpText('after', `
Examples:
  dateline ledger --source sana-en
  dateline ledger --since 24h

With --since, "in flight" is by how much more or less waits than at its beginning.`)
    .action(async ({ source, since }: { source?: string; since?: number }, command: Command) => {
      const { all, stages } = await withStore(await configFor(command), async ({ redis, keys }) => {
        const whole = [...await books(redis, keys)].filter(([id]) => source === undefined || id === source);
        if (since === undefined) return { all: whole, stages: await stagesInFlight(redis, keys) };
        const lately = await Promise.all(whole.map(async ([id]) => [id, await booksSince(redis, keys, id, since)] as const));
        return { all: lately.filter(([, entry]) => !isDeepStrictEqual(entry, NO_ITEMS)), stages: null };
      });
      const rows = all.flatMap(([id, entry]) => [
        [id, 'seen', '', entry.seen],
        [id, 'delivered', '', entry.delivered],
        [id, 'unchanged', '', entry.unchanged],
        [id, 'duplicate', '', entry.duplicate],
        ...Object.entries(entry.rejected).map(([reason, count]) => [id, 'rejected', reason, count]),
        ...Object.entries(entry.quarantined).map(([reason, count]) => [id, 'quarantined', reason, count]),
        [id, 'in flight', '', entry.inFlight],
        ...[...(stages?.get(id) ?? [])].map(([stage, count]) => [id, '', stage, count]),
      ].map((row) => row.map(String)));
      process.stdout.write(rows.length === 0 ? (since === undefined ? 'The books are empty.\n' : 'Nothing moved in that time.\n') : table(['source', 'column', 'reason', 'items'], rows));
    });
  ledger.command('verify')
    .description('Recounts the books from the state of every item, what waits for each sink from the jobs owed and the stories kept, and what lies on disk from the states that name it and from the files of this machine; exits with 1 when they do not balance.')
    .addHelpText('after', '\nExample:\n  dateline ledger verify && echo all accounted for')
    .action(async (_flags: object, command: Command) => {
      const config = await configFor(command);
      const result = await withStore(config, async ({ redis, keys }) => {
        const [found, files] = [await verify(redis, keys), await verifySegments(redis, keys, spillDir(config.settings))];
        return { ...found, imbalances: [...found.imbalances, ...files], balanced: found.balanced && files.length === 0 };
      });
      if (result.balanced) {
        const seen = [...result.books.values()].reduce((sum, entry) => sum + entry.seen, 0);
        process.stdout.write(`The books balance: ${seen} items of ${result.books.size} sources, each with one state.\n`);
        return;
      }
      process.stdout.write(table(['source', 'what', 'booked', 'counted'],
        result.imbalances.map((imbalance) => [imbalance.source, imbalance.what, String(imbalance.booked), String(imbalance.counted)])));
      process.exitCode = 1;
    });
}
