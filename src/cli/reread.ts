import type { Command } from 'commander';
import { join } from 'node:path';
import { PageArchive } from '../archive/index.js';
import { misconfigured } from '../fault.js';
import { takeToReread, type RereadOutcome } from '../ledger/index.js';
import { configFor } from './settings.js';
import { withStore } from './store.js';
import { moment } from './times.js';

export function addRereadCommand(program: Command): void {
  program.command('reread')
    .summary('read stored pages again with the extractor of today')
    .description('Puts the pages kept of a source back to be read, from the page archive and without asking their host. What comes out differently goes to the sinks as a new version; the rest ends as unchanged.')
    .requiredOption('--source <id>', 'the source')
    .option('--since <time>', 'only pages fetched since: 30m, 24h, 7d ago or a date', (text) => moment(text))
    .option('--dry-run', 'only tell how many pages there are')
    .addHelpText('after', `
Example:
  dateline reread --source sana-en --since 7d

Needs archive.enabled in config/dateline.yaml while the pages were fetched. dateline ledger --source <id> shows how they end.`)
    .action(async ({ source, since, dryRun }: { source: string; since?: number; dryRun?: boolean }, command: Command) => {
      const config = await configFor(command);
      const { dataDir, archive: { dir, enabled } } = config.settings;
      const pages = await new PageArchive(join(dataDir, dir)).latest({ source, since });
      if (pages.length === 0) {
        throw misconfigured({
          code: 'nothing-archived', message: `The archive keeps no page of ${source}${since === undefined ? '' : ' of that time'}.`,
          hint: enabled ? 'dateline archive show tells what it keeps.' : 'Set archive.enabled to true; pages fetched from then on can be read again.',
        });
      }
      if (dryRun === true) {
        process.stdout.write(`${pages.length} pages of ${source} can be read again.\n`);
        return;
      }
      const counts: Record<RereadOutcome, number> = { taken: 0, busy: 0, forgotten: 0 };
      await withStore(config, async ({ redis, keys }) => {
        for (const { item, facts, hash, url, at, headers } of pages) {
          const archived = { hash, url, fetchedAt: at, ...(headers['content-type'] === undefined ? {} : { contentType: headers['content-type'] }) };
          counts[await takeToReread(redis, keys, source, item, { ...facts, archived }, hash)] += 1;
        }
      });
      process.stdout.write(`${counts.taken} pages of ${source} are read again as soon as the service runs`
        + `${counts.busy > 0 ? `; ${counts.busy} are on their way or in quarantine and stay so` : ''}${counts.forgotten > 0 ? `; ${counts.forgotten} are forgotten by the ledger` : ''}.\n`);
    });
}
