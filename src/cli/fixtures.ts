import type { Command } from 'commander';
import { join, resolve } from 'node:path';
import { configFor } from './settings.js';

export function addFixturesCommand(program: Command): void {
  const fixtures = program.command('fixtures')
    .summary('pages saved in the console, with what they have to be read as')
    .description('Pages that an editor saved from the split view, each a folder with page.html and verdict.json, in fixtures/ of the data folder.');
  fixtures.command('check', { isDefault: true })
    .description('Reads every saved page again and says where the reading differs from its verdict.')
    .addHelpText('after', '\nExample:\n  dateline fixtures check')
    .option('--dir <folder>', 'another folder of fixtures')
    .action(async ({ dir }: { dir?: string }, command: Command) => {
      const [{ fixtureNames, readFixture }, { pageVerdict, readPage, verdictDifferences }] = await Promise.all([import('../fixture/index.js'), import('../story/index.js')]);
      const folder = dir ?? join(resolve((await configFor(command)).settings.dataDir), 'fixtures');
      const names = await fixtureNames(folder);
      if (names.length === 0) {
        process.stdout.write(`There is no fixture in ${folder}. The console saves one from a story's page view.\n`);
        return;
      }
      let wrong = 0;
      for (const name of names) {
        const read = await readFixture(folder, name);
        const differences = read.ok ? verdictDifferences(read.value.fixture.expected, pageVerdict(readPage(read.value.bytes, read.value.fixture.options))) : [read.fault.message];
        if (differences.length > 0) wrong += 1;
        process.stdout.write(`${differences.length === 0 ? 'as saved ' : 'differs  '} ${name}\n${differences.map((difference) => `           ${difference}\n`).join('')}`);
      }
      process.stdout.write(`${names.length - wrong} of ${names.length} fixtures are read as saved.\n`);
      if (wrong > 0) process.exitCode = 1;
    });
}
