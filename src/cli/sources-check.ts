import type { Command } from 'commander';
import type { SourceConfig } from '../config/index.js';
import { misconfigured } from '../fault.js';
import type { SourceFinding } from './check-source.js';
import { progress } from './progress.js';
import { configFor } from './settings.js';
import { table } from './table.js';

export function addCheckCommand(sources: Command): void {
  sources.command('check')
    .description('Asks each source once, reads its feed and one of its pages, and says what to mend. Nothing is kept.')
    .argument('[id...]', 'sources to check, switched on or not (default: every one that is switched on)')
    .option('--verbose', 'show the items and the page of each as well; with rules, what the page gives without them')
    .addHelpText('after', `
Examples:
  dateline sources check sana-en sana-ar
  dateline sources check sana-en --verbose

Exits with 1 when a source cannot be read.`)
    .action(async (ids: string[], { verbose }: { verbose?: boolean }, command: Command) => {
      const config = await configFor(command);
      const picked = pick(config.sources.sources, ids);
      const findings: SourceFinding[] = [];
      const [{ openFetcher }, { checkSource }] = await Promise.all([import('../service/index.js'), import('./check-source.js')]);
      const fetcher = openFetcher(config.settings);
      try {
        for (const [position, source] of picked.entries()) {
          progress(`checking ${position + 1} of ${picked.length}: ${source.id}`);
          findings.push(await checkSource(source, { fetcher, settings: config.settings }));
        }
      } finally {
        await fetcher.close();
        progress('');
      }
      if (verbose === true) for (const { id, detail } of findings) process.stdout.write([id, ...detail.map((line) => `  ${line}`), '', ''].join('\n'));
      process.stdout.write(picked.length === 0 ? 'No source is switched on; name one to check it all the same.\n'
        : table(['source', 'items', 'newest', 'language', 'one page', 'mend'], findings.map((found) => [
          found.id, found.items === null ? '–' : String(found.items), found.newest ?? '', found.language ?? '', found.page, found.mend])));
      if (findings.some((found) => !found.readable)) process.exitCode = 1;
    });
}

function pick(sources: readonly SourceConfig[], ids: readonly string[]): SourceConfig[] {
  if (ids.length === 0) return sources.filter((source) => source.enabled);
  return ids.map((id) => {
    const source = sources.find((entry) => entry.id === id);
    if (source !== undefined) return source;
    throw misconfigured({ code: 'no-such-source', message: `config/sources.yaml has no source "${id}".`, hint: 'dateline sources list shows the ids.' });
  });
}
