import type { Command } from 'commander';
import type { SourceConfig } from '../config/index.js';
import { books, NO_ITEMS, sourceState, type SourceState } from '../ledger/index.js';
import { storedHealth } from '../poll/index.js';
import { pushState, SubscriptionStore } from '../websub/index.js';
import { configFor } from './settings.js';
import { withStore } from './store.js';
import { table } from './table.js';

export function addListCommand(sources: Command): void {
  sources.command('list')
    .description('Lists every configured source: how its polls go, since when and why so, and what came of its items.')
    .option('--enabled', 'only those that are switched on')
    .addHelpText('after', `
Example:
  dateline sources list --enabled

The states, worst last: healthy, late and silent (fewer news than its rhythm promises), shrunk (it lists far less than usual),
overlap lost (items were missed between two polls), failing, parked (the host says it is gone for good).
Push is how the hub stands that the feed names: asked, refused, leased, telling (it has told of the last news there was).`)
    .action(async ({ enabled }: { enabled?: boolean }, command: Command) => {
      const config = await configFor(command);
      const listed = config.sources.sources.filter((source) => enabled !== true || source.enabled);
      const rows = await withStore(config, async ({ redis, keys }) => {
        const all = await books(redis, keys);
        const subscriptions = new SubscriptionStore(redis, keys);
        return Promise.all(listed.map(async (source) => {
          const state = await sourceState(redis, keys, source.id);
          const push = pushState(await subscriptions.of(source.id), Date.now());
          const { seen, delivered } = all.get(source.id) ?? NO_ITEMS;
          return [
            source.id, source.enabled ? 'on' : 'off', ...standing(source, state, Date.now()), source.language ?? '', push === 'none' ? '' : push, String(seen), String(delivered),
            state.polledAt ?? 'not yet', source.url,
          ];
        }));
      });
      process.stdout.write(table(['source', 'is', 'state', 'since', 'reason', 'language', 'push', 'seen', 'delivered', 'last poll', 'address'], rows));
    });
}

/** State, since when, and why; a source that is off is not expected to bring anything. */
function standing(source: SourceConfig, state: SourceState, now: number): [string, string, string] {
  const health = source.enabled ? storedHealth(state.history, source.url, now) : null;
  if (health === null) return ['', '', ''];
  return [health.state, new Date(health.since).toISOString(), health.state === 'healthy' ? state.trouble ?? '' : health.reason];
}
