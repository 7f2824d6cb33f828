import { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../package-root.js';
import { addAgenciesCommand } from './agencies.js';
import { addArchiveCommand } from './archive.js';
import { addExtractCommand } from './extract.js';
import { addLedgerCommand } from './ledger.js';
import { addQuarantineCommand } from './quarantine.js';
import { addReplayCommand } from './replay.js';
import { addRereadCommand } from './reread.js';
import { addSinksCommand } from './sinks.js';
import { addFixturesCommand } from './fixtures.js';
import { addSourcesCommand } from './sources.js';
import { addStartCommand } from './start.js';
import { addStatusCommand } from './status.js';
import { addUsersCommand } from './users.js';
import { addTraceCommand } from './trace.js';

const { version } = z.object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')));

/** The whole command line; each command stands in a file of its own. */
export function createProgram(): Command {
  const program = new Command('dateline')
    .description('Takes in news wires and gives clean, datelined story records.')
    .version(version)
    .option('--config <dir>', 'folder of dateline.yaml and sources.yaml (default: config here, else the one Dateline ships)')
    .option('--set <key=value>', 'any option of dateline.yaml, such as poll.interval=1m; may be given again', (text: string, before: string[]) => [...before, text], [])
    .showHelpAfterError('(dateline --help lists the commands)')
    .exitOverride()
    .addHelpText('after', `
Examples:
  dateline extract https://example.org/news/1.html --explain   read one page and see why it was cut so
  dateline start                                               run the service
  dateline status                                              see the books of every source

Settings come from flags, then DATELINE_… in the environment, then config/dateline.yaml, then defaults.`);
  addStartCommand(program);
  addStatusCommand(program);
  addSourcesCommand(program);
  addSinksCommand(program);
  addExtractCommand(program);
  addFixturesCommand(program);
  addQuarantineCommand(program);
  addLedgerCommand(program);
  addTraceCommand(program);
  addArchiveCommand(program);
  addRereadCommand(program);
  addReplayCommand(program);
  addAgenciesCommand(program);
  addUsersCommand(program);
  return program;
}
