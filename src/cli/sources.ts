import type { Command } from 'commander';
import { addAddCommand } from './sources-add.js';
import { addCheckCommand } from './sources-check.js';
import { addListCommand } from './sources-list.js';
import { addOpmlCommands } from './sources-opml.js';
import { addSwitchCommands } from './sources-switch.js';
import { addWakeCommand } from './sources-wake.js';

export function addSourcesCommand(program: Command): void {
  const sources = program.command('sources')
    .summary('the wires you follow, and whether they can be read')
    .description('The wires of config/sources.yaml. The running service picks up a change of the file at once.');
  addListCommand(sources);
  addAddCommand(sources);
  addCheckCommand(sources);
  addSwitchCommands(sources);
  addWakeCommand(sources);
  addOpmlCommands(sources);
}
