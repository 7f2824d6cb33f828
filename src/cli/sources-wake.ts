import type { Command } from 'commander';
import { misconfigured } from '../fault.js';
import { DueSet } from '../queue/index.js';
import { configFor } from './settings.js';
import { withStore } from './store.js';

export function addWakeCommand(sources: Command): void {
  sources.command('wake')
    .description('Polls sources now instead of at their time: one that is parked because its host said it was gone, or one whose news you wait for.')
    .argument('<id...>', 'sources, as `dateline sources list` names them')
    .addHelpText('after', `
Example:
  dateline sources wake sana-en

The running service asks within a second. A host that asked for patience (Retry-After) is still left alone until then.`)
    .action(async (ids: string[], _flags: object, command: Command) => {
      const config = await configFor(command);
      for (const id of ids) {
        const source = config.sources.sources.find((entry) => entry.id === id);
        if (source === undefined) throw misconfigured({ code: 'no-such-source', message: `config/sources.yaml has no source "${id}".`, hint: 'dateline sources list shows the ids.' });
        if (!source.enabled) throw misconfigured({ code: 'source-off', message: `The source ${id} is switched off.`, hint: `dateline sources enable ${id}` });
      }
      await withStore(config, async ({ redis, keys }) => {
        const due = new DueSet(redis, keys);
        for (const id of new Set(ids)) process.stdout.write(await due.hasten(id, 0) ? `${id} is polled now.\n` : `${id} is due already, or being polled.\n`);
      });
    });
}
