import type { Command } from 'commander';
import { stringify } from 'yaml';
import { addSource, sourceSchema, type LoadedConfig, type SourceConfig, type SourceInput } from '../config/index.js';
import { misconfigured, type Fault } from '../fault.js';
import type { Proposal } from '../sourcing/index.js';
import { progress } from './progress.js';
import { configFor } from './settings.js';

interface AddFlags {
  readonly yes?: boolean;
  readonly id?: string;
  readonly name?: string;
  readonly allowPrivate?: boolean;
}

export function addAddCommand(sources: Command): void {
  sources.command('add')
    .description('Finds the feed of a site, reads it and one of its pages, and proposes the entry for config/sources.yaml: asks on a terminal, then writes it with the comments of the file kept.')
    .argument('<address>', 'a site, a feed or a news sitemap')
    .option('--yes', 'write the entry without asking')
    .option('--id <id>', 'id of the source (default: made of its agency or site and its language)')
    .option('--name <name>', 'name for people (default: the title of the feed)')
    .option('--allow-private', 'let it reach a private or loopback address: a host of your own')
    .addHelpText('after', `
Examples:
  dateline sources add sana.sy
  dateline sources add https://news.example.org/rss.xml --id example-en --yes
  dateline sources add https://example.org/ > entry.yaml      the entry alone; nothing is written to the sources

What was found goes to standard error, the entry to standard output.`)
    .action(async (address: string, flags: AddFlags, command: Command) => {
      const config = await configFor(command);
      const { wholeAddress } = await import('../sourcing/index.js');
      const proposal = await propose(wholeAddress(address), flags, config);
      for (const remark of proposal.remarks) tell(remark);
      tell('');
      process.stdout.write(entryText(proposal.source));
      const wanted = flags.yes === true || (process.stdin.isTTY && process.stdout.isTTY && await askFirst(config.sourcesFile));
      if (!wanted) {
        tell(`Nothing is written. To add it, put the entry at the end of ${config.sourcesFile}, or say --yes.`);
        return;
      }
      const added = await addSource(config.sourcesFile, proposal.source);
      if (!added.ok) throw added.fault;
      tell(`${proposal.source.id} stands in ${config.sourcesFile} and is on; a running service takes it up at once.`);
    });
}

const tell = (line: string): void => void process.stderr.write(`${line}\n`);

async function askFirst(file: string): Promise<boolean> {
  const { confirm } = await import('./ask.js');
  return confirm(`\nAdd it to ${file}?`, { input: process.stdin, output: process.stderr });
}

async function propose(address: string, flags: AddFlags, { settings, sources: { sources } }: LoadedConfig): Promise<Proposal> {
  const allowPrivate = flags.allowPrivate === true;
  checkName(flags);
  const [{ openFetcher }, { describeFeed, describePage }, { findFeed, lookAtPage, proposeSource, sourceOf }] = await Promise.all([
    import('../service/index.js'), import('./describe-look.js'), import('../sourcing/index.js'),
  ]);
  refuseTwice(sourceOf([address], sources));
  if (flags.id !== undefined) refuseTaken(flags.id, sources);
  const fetcher = openFetcher(settings);
  try {
    const ways = { fetcher, settings, tell: progress };
    const found = await findFeed(address, allowPrivate, ways);
    progress('');
    if (!found.ok) throw withOwnHint(found.fault);
    const { feed, url, others } = found.value;
    refuseTwice(sourceOf([found.value.address, url, ...(feed.self === null ? [] : [feed.self])], sources));
    describeFeed(feed, found.value.address).forEach(tell);
    tell('');
    const page = await lookAtPage(feed, { url: found.value.address, allowPrivate }, ways);
    if (page.ok) describePage(page.value).forEach(tell);
    else tell(`No page could be read: ${page.fault.message} ${page.fault.hint ?? ''}`.trimEnd());
    tell('');
    if (others.length > 0) tell(`The site names more feeds: ${others.slice(0, 5).map((other) => other.url).join(' ')}${others.length > 5 ? ` and ${others.length - 5} more` : ''}`);
    return proposeSource({ found: found.value, page: page.ok ? page.value : null, sources, id: flags.id, name: flags.name, allowPrivate });
  } finally {
    await fetcher.close();
    progress('');
  }
}

function checkName({ id, name }: AddFlags): void {
  const checked = sourceSchema.safeParse({ id: id ?? 'any', url: 'https://any.example/', ...(name === undefined ? {} : { name }) });
  const issue = checked.error?.issues[0];
  if (issue !== undefined) throw misconfigured({ code: 'flag-form', message: `--${issue.path.join('.')}: ${issue.message}.`, hint: 'dateline sources add --help shows examples.' });
}

function refuseTwice(present: SourceConfig | undefined): void {
  if (present === undefined) return;
  throw misconfigured({
    code: 'source-present', message: `The source ${present.id} reads this feed already (${present.url}).`,
    hint: present.enabled ? 'dateline sources check looks at it.' : `It is switched off: dateline sources enable ${present.id}`,
  });
}

function refuseTaken(id: string, sources: readonly SourceConfig[]): void {
  const holder = sources.find((source) => source.id === id);
  if (holder !== undefined) throw misconfigured({ code: 'id-taken', message: `The id ${id} is taken by the source that reads ${holder.url}.`, hint: 'Give another one with --id.' });
}

/** The general advice speaks of a source that is there already. */
function withOwnHint(fault: Fault): Fault {
  return fault.code === 'address-refused' ? misconfigured({ code: fault.code, message: fault.message, hint: 'If it is a host of your own, say --allow-private.', cause: fault }) : fault;
}

/** The entry as it stands in the file, two columns in. */
const entryText = (source: SourceInput): string =>
  stringify([source], { lineWidth: 0, flowCollectionPadding: false }).split('\n').map((line) => (line === '' ? '' : `  ${line}`)).join('\n');
