import type { Command } from 'commander';
import { configFor } from './settings.js';

export function addStartCommand(program: Command): void {
  program.command('start')
    .summary('run the service')
    .description('Runs the service: polls the sources, reads the pages, delivers the stories, serves the console.')
    .option('--roles <list>', 'what this process does, of poll,article,deliver,console (default: all)')
    .option('--json-log', 'log lines for machines instead of words for people')
    .addHelpText('after', `
Examples:
  dateline start
  DATELINE_REDIS_URL=redis://wires.internal:6379 dateline start --roles article,deliver
  dateline --set console.port=0 --set log.level=debug start

Ctrl-C stops it cleanly; the next start goes on where it stopped.`)
    .action(async ({ roles, jsonLog }: { roles?: string; jsonLog?: boolean }, command: Command) => {
      const config = await configFor(command, roles === undefined ? {} : { roles });
      const { runService } = await import('./run-service.js');
      await runService(config, jsonLog === true || config.settings.log.format === 'json');
    });
}
