import type { Command } from 'commander';
import { books, NO_ITEMS, sourceLanguages, sourceState, type Books } from '../ledger/index.js';
import { configFor } from './settings.js';
import { withStore } from './store.js';
import { table } from './table.js';

export function addStatusCommand(program: Command): void {
  program.command('status')
    .summary('the books of every source, and whether they balance')
    .description('Shows for every source how many items were seen and what became of them, whether the books balance, and which source changed its language.')
    .option('--json', 'as JSON, for a script')
    .addHelpText('after', `
Example:
  dateline status
  dateline status --json | jq '.sources[] | select(.trouble)'

Exits with 1 when the books do not balance.`)
    .action(async ({ json }: { json?: boolean }, command: Command) => {
      const config = await configFor(command);
      const configured = new Map(config.sources.sources.map((source) => [source.id, source]));
      const rows = await withStore(config, async ({ redis, keys }) => {
        const all = await books(redis, keys);
        const ids = [...new Set([...configured.keys(), ...all.keys()])].filter((id) => configured.get(id)?.enabled === true || all.has(id));
        return Promise.all(ids.map(async (id) => {
          const [state, languages] = await Promise.all([sourceState(redis, keys, id), sourceLanguages(redis, keys, id)]);
          return { id, books: all.get(id) ?? NO_ITEMS, state, languages };
        }));
      });
      const balanced = rows.every((row) => row.books.balanced);
      if (!balanced) process.exitCode = 1;
      if (json === true) {
        const sources = rows.map(({ id, books: entry, state, languages: { usual, changed } }) =>
          ({ id, ...entry, polledAt: state.polledAt, trouble: state.trouble, language: { usual, changed } }));
        process.stdout.write(`${JSON.stringify({ balanced, sources }, null, 2)}\n`);
        return;
      }
      process.stdout.write(rows.length === 0
        ? 'No source is switched on yet: set enabled: true on one in config/sources.yaml.\n'
        : table(['source', 'seen', 'delivered', 'unchanged', 'duplicate', 'rejected', 'quarantined', 'in flight', 'balanced', 'last poll', 'trouble'],
          rows.map(({ id, books: entry, state }) => [id, ...figures(entry), entry.balanced ? 'yes' : 'NO', state.polledAt ?? 'not yet', state.trouble ?? ''])));
      for (const { id, languages: { changed } } of rows) if (changed !== null) process.stdout.write(changedLine(id, changed));
      process.stdout.write(balanced ? '\nThe books balance.\n' : '\nThe books do not balance: dateline ledger verify tells where.\n');
    });
}

const names = new Intl.DisplayNames('en', { type: 'language' });

/** A source that sends another language than it did: its feed, or its publisher, may be another. */
const changedLine = (id: string, { from, to, at }: { readonly from: string; readonly to: string; readonly at: string }): string =>
  `\n${id} changed its language: ${names.of(from) ?? from} (${from}) until ${at}, ${names.of(to) ?? to} (${to}) since.\n`;

const number = new Intl.NumberFormat('en');
const total = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

const figures = (entry: Books): string[] =>
  [entry.seen, entry.delivered, entry.unchanged, entry.duplicate, total(entry.rejected), total(entry.quarantined), entry.inFlight].map((count) => number.format(count));
