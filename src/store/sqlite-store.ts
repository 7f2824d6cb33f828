import { z } from 'zod';
import type { StoryRecord } from '../story/index.js';
import type { StoredVersion } from './read.js';
import { storedFields } from './stored-fields.js';
import { StoreThread, type TaskResult, type TaskValues } from './thread-handle.js';
import type { StoreTasks } from './store-tasks.js';
import type { StoryStore, StoryVersion } from './types.js';

/**
 * A record that came back from a store. It was checked against the record's schema when it was made, by this Dateline or another
 * of the same major version of the record; what the console cannot do without is looked at again.
 */
const storedRecord = z.string().transform((json): unknown => JSON.parse(json)).pipe(z.custom<StoryRecord>((value) => storedFields.safeParse(value).success));

export const versionOf = ({ json, ...version }: StoredVersion): StoryVersion => ({ ...version, record: storedRecord.parse(json) });

/** The embedded store, read in a thread of its own. Throws the Fault of a file that cannot be read. */
export function openSqliteStore(path: string): StoryStore {
  const thread = new StoreThread(path, 'reading');
  const ask = async <Name extends keyof StoreTasks<'reading'>>(name: Name, ...values: TaskValues<'reading', Name>): Promise<TaskResult<'reading', Name>> => {
    const answer = await thread.run(name, ...values);
    if (!answer.ok) throw answer.fault;
    return answer.value;
  };
  return {
    where: path,
    search: (query) => ask('search', query),
    facets: (filter) => ask('facets', filter),
    async story(id, version) {
      const found = await ask('story', id, version);
      return found === null ? null : versionOf(found);
    },
    versions: async (id) => (await ask('versions', id)).map(versionOf),
    related: (id) => ask('related', id),
    async since(position, filter, limit) {
      const { versions, seenTo } = await ask('since', position, filter, limit);
      return { versions: versions.map(versionOf), seenTo };
    },
    newest: () => ask('newest'),
    places: (filter, limit) => ask('places', filter, limit),
    placed: (filter) => ask('placed', filter),
    hours: (filter) => ask('hours', filter),
    size: () => ask('size'),
    close: () => thread.close(),
  };
}
