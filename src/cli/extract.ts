import type { Command } from 'commander';

interface ExtractFlags {
  readonly explain?: boolean;
  readonly url?: string;
  readonly language?: string;
  readonly agency?: string;
  readonly stories?: 'one' | 'many' | 'auto';
  readonly lines?: boolean;
  readonly allowPrivate?: boolean;
}

export function addExtractCommand(program: Command): void {
  program.command('extract')
    .summary('read one page and print its stories')
    .description('Reads one page and prints its stories as JSON records; with --explain, shows each block, what it was taken for and why.')
    .argument('<page>', 'an http(s) address, a file, or - for standard input')
    .option('--explain', 'show every block, what it was taken for and why, instead of JSON')
    .option('--url <address>', 'address the page came from, when it is read from a file')
    .option('--language <tag>', 'language that the source declares, such as ar or zh-Hant')
    .option('--agency <id>', 'agency whose wire it is, such as sana')
    .option('--stories <one|many|auto>', 'whether the page holds one story or several', 'auto')
    .option('--lines', 'one JSON record a line instead of one array')
    .option('--allow-private', 'let the address be a private or loopback one')
    .addHelpText('after', `
Examples:
  dateline extract config/sample-wire/pages/river-talks.html --explain
  dateline extract https://example.org/news/1.html > story.json
  curl -s https://example.org/news/1.html | dateline extract - --url https://example.org/news/1.html`)
    .action(async (page: string, flags: ExtractFlags, command: Command) => {
      // Loaded here, not at the head: the tables of the core would make every other command slow to answer.
      const [{ composeStories, readPage }, { explainReading }, { readPageInput }, { settingsFor }] = await Promise.all([
        import('../story/index.js'), import('./explain.js'), import('./page-input.js'), import('./settings.js'),
      ]);
      const settings = await settingsFor(command);
      const input = await readPageInput(page, { settings, url: flags.url, allowPrivate: flags.allowPrivate ?? false });
      const reading = readPage(input.bytes, {
        url: input.url,
        contentType: input.contentType,
        declaredLanguage: flags.language,
        agency: flags.agency,
        stories: flags.stories,
        reference: input.fetchedAt,
      });
      if (flags.explain === true) {
        process.stdout.write(explainReading(reading));
        if (reading.article.rejection !== null) process.exitCode = 1;
        return;
      }
      if (reading.article.rejection !== null) {
        const { reason, detail } = reading.article.rejection;
        process.stderr.write(`dateline: ${input.url} holds no story (${reason}): ${detail}\n  mend:  --explain shows what was found on the page.\n`);
        process.exitCode = 1;
        return;
      }
      const { stories } = composeStories(reading, {
        source: { id: 'extract', name: 'dateline extract', feedUrl: '' },
        url: input.url,
        itemId: input.url,
        feedLanguage: flags.language ?? null,
        itemTitle: null,
        itemPublished: null,
        itemUpdated: null,
        fetchedAt: input.fetchedAt,
      }, []);
      const records = stories.map(({ record }) => record);
      process.stdout.write(flags.lines === true
        ? records.map((record) => `${JSON.stringify(record)}\n`).join('')
        : `${JSON.stringify(records, null, 2)}\n`);
    });
}
