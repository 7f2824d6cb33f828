import type { Command } from 'commander';
import { setSourcesEnabled } from '../config/index.js';
import { configFor } from './settings.js';

/** `sources enable` and `sources disable`. */
export function addSwitchCommands(sources: Command): void {
  addSwitch(sources, { name: 'enable', enabled: true, is: 'on', what: 'Switches sources on: from then on they are polled.', example: 'sana-en sana-ar' });
  addSwitch(sources, { name: 'disable', enabled: false, is: 'off', what: 'Switches sources off: they are polled no more; their books stay.', example: 'sana-fr' });
}

interface Switch {
  readonly name: string;
  readonly enabled: boolean;
  readonly is: string;
  readonly what: string;
  readonly example: string;
}

function addSwitch(sources: Command, { name, enabled, is, what, example }: Switch): void {
  sources.command(name)
    .description(`${what} The file keeps its comments; a running service follows at once.`)
    .argument('<id...>', 'sources, as `dateline sources list` names them')
    .addHelpText('after', `\nExample:\n  dateline sources ${name} ${example}`)
    .action(async (ids: string[], _flags: object, command: Command) => {
      const config = await configFor(command);
      const before = new Map(config.sources.sources.map((source) => [source.id, source.enabled]));
      const changed = await setSourcesEnabled(config.sourcesFile, ids, enabled);
      if (!changed.ok) throw changed.fault;
      for (const id of new Set(ids)) process.stdout.write(before.get(id) === enabled ? `${id} was ${is} already.\n` : `${id} is ${is} now.\n`);
    });
}
