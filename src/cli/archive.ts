import type { Command } from 'commander';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { PageArchive, writeWarc, type ArchiveFilter } from '../archive/index.js';
import { configFor } from './settings.js';
import { table } from './table.js';
import { moment } from './times.js';

export function addArchiveCommand(program: Command): void {
  const archive = program.command('archive')
    .summary('pages as they were fetched: what is kept, and as WARC')
    .description('The page archive (archive.enabled) keeps every page as it was fetched, so that it can be read again or handed on.');
  const picks = (command: Command): Command => command
    .option('--source <id>', 'of one source only')
    .option('--since <time>', 'only pages fetched since: 30m, 24h, 7d ago or a date', (text) => moment(text));

  picks(archive.command('show', { isDefault: true }))
    .description('Tells how many pages are kept of each source, and how much room they take.')
    .addHelpText('after', '\nExample:\n  dateline archive show --since 24h')
    .action(async (filter: ArchiveFilter, command: Command) => {
      const kept = await archiveOf(command);
      const sources = new Map<string, { pages: number; bytes: number; first: string; last: string }>();
      for await (const { source, bytes, at } of kept.pages(filter)) {
        const sum = sources.get(source) ?? { pages: 0, bytes: 0, first: at, last: at };
        sources.set(source, { pages: sum.pages + 1, bytes: sum.bytes + bytes, first: sum.first < at ? sum.first : at, last: sum.last > at ? sum.last : at });
      }
      const { pages, bytes } = await kept.size();
      process.stdout.write(sources.size === 0 ? 'The archive is empty. archive.enabled switches it on.\n'
        : `${table(['source', 'pages', 'kB as fetched', 'first', 'last'], [...sources].sort(([a], [b]) => a.localeCompare(b, 'en')).map(([id, sum]) => [id, String(sum.pages), String(Math.round(sum.bytes / 1_000)), sum.first, sum.last]))}\n`
          + `${pages} different pages take ${(bytes / 1e6).toFixed(1)} MB on disk.\n`);
    });

  picks(archive.command('export'))
    .description('Writes the pages into one WARC file (ISO 28500), gzipped record by record.')
    .requiredOption('--warc <file>', 'the file to write, usually ending in .warc.gz')
    .addHelpText('after', '\nExample:\n  dateline archive export --warc sana.warc.gz --source sana-en')
    .action(async ({ warc, ...filter }: ArchiveFilter & { readonly warc: string }, command: Command) => {
      const kept = await archiveOf(command);
      const written = await writeWarc(kept, kept.pages(filter), createWriteStream(warc, { flags: 'wx' }));
      process.stdout.write(`${written} pages written to ${warc}.\n`);
    });
}

async function archiveOf(command: Command): Promise<PageArchive> {
  const { settings } = await configFor(command);
  return new PageArchive(join(settings.dataDir, settings.archive.dir));
}
