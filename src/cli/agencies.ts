import type { Command } from 'commander';

export function addAgenciesCommand(program: Command): void {
  const agencies = program.command('agencies')
    .summary('the agencies whose datelines are known')
    .description('The table of agencies stands in config/agencies.yaml; a row added there is understood at the next start.');
  agencies.command('test')
    .description('Shows what is understood of a dateline, piece by piece.')
    .argument('<text>', 'the opening of a story, dateline first')
    .option('--language <tag>', 'language of the text, such as ar')
    .option('--source <agency>', 'agency whose wire it is, such as sana')
    .option('--reference <time>', 'time of the page, ISO 8601, for dates without a year')
    .addHelpText('after', `
Examples:
  dateline agencies test "TIRANA, June 5 (ATA) – The parliament met."
  dateline agencies test "【新华社北京7月26日电】国务院……" --language zh`)
    .action(async (text: string, hints: { language?: string; source?: string; reference?: string }) => {
      const { explainDateline } = await import('../dateline/index.js');
      process.stdout.write(`${explainDateline(text, hints)}\n`);
    });
}
