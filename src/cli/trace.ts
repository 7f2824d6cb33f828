import type { Command } from 'commander';
import { giveUp } from '../fault.js';
import { identityUrl } from '../feed/index.js';
import { itemState, listQuarantine, storiesOf, trace, type ItemState, type QuarantinedJob, type TraceStep, type Wanted } from '../ledger/index.js';
import { configFor } from './settings.js';
import { withStore } from './store.js';

export function addTraceCommand(program: Command): void {
  program.command('trace')
    .summary('the life of one item, step by step')
    .description('Tells what became of an item: when it was listed, each attempt that failed and why, its stories, each sink that took them, how it ended.')
    .argument('<url|id>', 'address of its page, or the id of the item or of one of its stories')
    .option('--source <id>', 'look in one source only, which is quicker')
    .option('--json', 'as JSON, for a script')
    .addHelpText('after', `
Examples:
  dateline trace https://news.example/world/123.html
  dateline trace 3v8k2m0c1x9y7w5q4t6r8s2f1d --source sana-en

Exits with 1 when no source has listed it lately (ledger.trace says how long steps are kept).`)
    .action(async (text: string, { source, json }: { source?: string; json?: boolean }, command: Command) => {
      const config = await configFor(command);
      const found = await withStore(config, async ({ redis, keys }) => {
        const steps = await trace(redis, keys, wantedOf(text), source);
        const names = [...new Set(steps.map((step) => `${step.source}/${step.item}`))];
        const quarantined = names.length === 0 ? [] : await listQuarantine(redis, keys, { limit: Number.MAX_SAFE_INTEGER });
        return Promise.all(names.map(async (name): Promise<Life> => {
          const [of = '', item = ''] = name.split('/');
          const own = steps.filter((step) => step.source === of && step.item === item);
          return { source: of, item, state: await itemState(redis, keys, of, item), steps: own, quarantined: quarantined.filter((job) => job.source === of && job.item === item) };
        }));
      });
      if (found.length === 0) {
        throw giveUp({
          code: 'no-such-item', message: `No source has listed ${text} lately.`,
          hint: 'Is it in the feed? dateline sources check <id> shows what the feed lists. Steps are kept for ledger.trace, 4,000 a source.',
        });
      }
      process.stdout.write(json === true ? `${JSON.stringify(found, null, 2)}\n` : found.map(described).join('\n'));
    });
}

interface Life {
  readonly source: string;
  readonly item: string;
  readonly state: ItemState | null;
  readonly steps: readonly TraceStep[];
  readonly quarantined: readonly QuarantinedJob[];
}

function wantedOf(text: string): Wanted {
  if (!/^[a-z]+:\/\//i.test(text)) return { id: text };
  const address = identityUrl(text) ?? text;
  return { isAddress: (url) => url === text || identityUrl(url) === address };
}

const sayings: Readonly<Record<string, (step: TraceStep) => string>> = {
  listed: ({ detail, revision }) => `${revision === 1 ? 'listed by the feed' : 'shown changed by the feed'}${detail === '' ? ', without an address' : `: ${detail}`}`,
  reread: () => 'taken from the page archive, to be read again',
  queued: () => 'put back to be read',
  accepted: (step) => {
    const stories = storiesOf(step);
    return stories.length === 0 ? 'put back to be delivered' : `read: ${stories.map(({ id, version }) => `story ${id} version ${version}`).join(', ')}`;
  },
  taken: ({ detail }) => `taken by the sink ${detail}`,
  refused: ({ detail }) => `refused for good by the sink ${detail.replace('=', ': ')}`,
  'to-disk': ({ detail }) => `too much waits for the sink ${detail}: waits on disk`,
  'from-disk': ({ detail }) => `back from disk, to be taken by the sink ${detail}`,
  attempt: ({ detail }) => `failed: ${detail}`,
  renamed: ({ detail }) => `known by another id until now: ${detail}`,
};

function described({ source, item, state, steps, quarantined }: Life): string {
  const lines = steps.map((step) => {
    const saying = sayings[step.step]?.(step) ?? `${step.step}${step.detail === '' ? '' : `: ${step.detail}`}`;
    return `  ${step.at}  ${step.revision > 1 ? `(revision ${step.revision}) ` : ''}${saying}`;
  });
  const now = state === null ? 'forgotten since' : state.stage === 'queued' ? 'waits to be read'
    : state.stage === 'accepted' ? `waits for ${state.pending.map((sink) => (state.spilled.some((on) => on.sink === sink) ? `${sink} (on disk)` : sink)).join(', ')}` : `${state.stage}${state.code === '' ? '' : ` (${state.code})`}`;
  const kept = quarantined.map((job) => `  in quarantine as ${job.id}: ${job.message}${job.hint === undefined ? '' : ` ${job.hint}`}\n`);
  return `${source}, item ${item}: ${now}\n${lines.join('\n')}\n${kept.join('')}`;
}
