import { open, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { addSources } from '../config/index.js';
import { giveUp, misconfigured } from '../fault.js';
import { configFor } from './settings.js';

/** A list of every feed there is would be smaller. */
const MAX_BYTES = 16_000_000;
const MOST_SHOWN = 10;

/** `sources import` and `sources export`. */
export function addOpmlCommands(sources: Command): void {
  sources.command('import')
    .description('Takes the subscriptions of an OPML list over as sources, switched off. Feeds that a source reads already are left out; folders and categories become tags.')
    .argument('<file>', 'an OPML list, as feed readers export it')
    .option('--enable', 'switch them on as well')
    .addHelpText('after', '\nExamples:\n  dateline sources import subscriptions.opml\n  dateline sources import wires.opml --enable')
    .action(async (file: string, { enable }: { enable?: boolean }, command: Command) => {
      const [{ parseOpml }, { sourcesFrom }] = await Promise.all([import('../feed/index.js'), import('../sourcing/index.js')]);
      const config = await configFor(command);
      const list = parseOpml(await readList(file));
      if (!list.ok) throw list.fault;
      const { fresh, present, unusable } = sourcesFrom(list.value, config.sources.sources, enable === true);
      if (fresh.length > 0) {
        const added = await addSources(config.sourcesFile, fresh);
        if (!added.ok) throw added.fault;
      }
      const how = fresh.length === 0 ? '' : enable === true ? ', switched on' : ', switched off';
      process.stdout.write(`${counted(fresh.length, 'source')} added${how}; ${present} there already; ${unusable.length} unusable.\n`);
      for (const { url, why } of unusable.slice(0, MOST_SHOWN)) process.stdout.write(`  ${JSON.stringify(url.slice(0, 200))}: ${why}\n`);
      if (unusable.length > MOST_SHOWN) process.stdout.write(`  and ${unusable.length - MOST_SHOWN} more\n`);
      if (fresh.length > 0 && enable !== true) process.stdout.write('dateline sources check ID looks at one; dateline sources enable ID switches it on.\n');
    });

  sources.command('export')
    .description('Writes the sources as an OPML list for other readers: to a file that is not there yet, else to standard output.')
    .argument('[file]', 'file to make (default: standard output)')
    .option('--enabled', 'only those that are switched on')
    .addHelpText('after', '\nExamples:\n  dateline sources export wires.opml\n  dateline sources export --enabled > wires.opml')
    .action(async (file: string | undefined, { enabled }: { enabled?: boolean }, command: Command) => {
      const [{ writeOpml }, { subscriptionsOf }] = await Promise.all([import('../feed/index.js'), import('../sourcing/index.js')]);
      const { sources: { sources: all } } = await configFor(command);
      const list = subscriptionsOf(all.filter((source) => enabled !== true || source.enabled));
      if (file === undefined) {
        process.stdout.write(writeOpml(list));
        return;
      }
      await writeFile(file, writeOpml(list), { flag: 'wx' }).catch((cause: NodeJS.ErrnoException) => {
        throw misconfigured(cause.code === 'EEXIST'
          ? { code: 'file-exists', message: `${file} is there already.`, hint: 'Name a new file, or write over it with `dateline sources export > file`.', cause }
          : { code: 'file-not-written', message: `${file} cannot be written (${cause.message}).`, hint: 'Check the folder, and who may write there.', cause });
      });
      process.stdout.write(`${counted(list.feeds.length, 'source')} written to ${file}.\n`);
    });
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

async function readList(path: string): Promise<Uint8Array> {
  const handle = await open(path).catch((cause: NodeJS.ErrnoException) => {
    throw misconfigured({ code: 'no-file', message: `${path} cannot be read (${cause.message}).`, hint: 'Name the OPML file that the other reader has exported.', cause });
  });
  try {
    const facts = await handle.stat();
    if (!facts.isFile()) throw misconfigured({ code: 'no-file', message: `${path} is no plain file.`, hint: 'Name the OPML file that the other reader has exported.' });
    if (facts.size > MAX_BYTES) throw giveUp({ code: 'too-large', message: `${path} is larger than ${MAX_BYTES} bytes.`, hint: 'Is it the right file? Split it if it is.' });
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}
