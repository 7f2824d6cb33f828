import type { Command } from 'commander';
import { books, verify } from '../ledger/index.js';
import { configFor } from './settings.js';
import { withStore } from './store.js';
import { table } from './table.js';

export function addLedgerCommand(program: Command): void {
  const ledger = program.command('ledger')
    .summary('what became of every item, by reason')
    .description('The books: items seen = delivered + unchanged + duplicate + rejected(reason) + quarantined(reason) + in flight.');
  ledger.command('show', { isDefault: true })
    .description('Prints every column of the books, by reason.')
    .option('--source <id>', 'one source only')
    .addHelpText('after', '\nExample:\n  dateline ledger --source sana-en')
    .action(async ({ source }: { source?: string }, command: Command) => {
      const all = await withStore(await configFor(command), ({ redis, keys }) => books(redis, keys));
      const rows = [...all].filter(([id]) => source === undefined || id === source).flatMap(([id, entry]) => [
        [id, 'seen', '', entry.seen],
        [id, 'delivered', '', entry.delivered],
        [id, 'unchanged', '', entry.unchanged],
        [id, 'duplicate', '', entry.duplicate],
        ...Object.entries(entry.rejected).map(([reason, count]) => [id, 'rejected', reason, count]),
        ...Object.entries(entry.quarantined).map(([reason, count]) => [id, 'quarantined', reason, count]),
        [id, 'in flight', '', entry.inFlight],
      ].map((row) => row.map(String)));
      process.stdout.write(rows.length === 0 ? 'The books are empty.\n' : table(['source', 'column', 'reason', 'items'], rows));
    });
  ledger.command('verify')
    .description('Recounts the books from the state of every item; exits with 1 when they do not balance.')
    .addHelpText('after', '\nExample:\n  dateline ledger verify && echo all accounted for')
    .action(async (_flags: object, command: Command) => {
      const result = await withStore(await configFor(command), ({ redis, keys }) => verify(redis, keys));
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
