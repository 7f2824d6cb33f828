import { join, resolve } from 'node:path';
import type { Settings } from '../config/index.js';
import { openSqliteStore } from './sqlite-store.js';
import { StoreSink } from './store-sink.js';
import type { StoryStore } from './types.js';

type StoreSettings = Pick<Settings, 'console' | 'dataDir'>;

const fileOf = (settings: StoreSettings): string => join(resolve(settings.dataDir), 'stories.db');

/** The sink that fills the embedded store; null where the settings switch it off. */
export function openStoreSink(settings: StoreSettings): StoreSink | null {
  const { enabled, age, maxStories, maxSize } = settings.console.stories;
  return enabled ? new StoreSink(fileOf(settings), { age, count: maxStories, bytes: maxSize }) : null;
}

/** The store that the console reads; null where there is none. */
export const openStoryStore = (settings: StoreSettings): StoryStore | null => (settings.console.stories.enabled ? openSqliteStore(fileOf(settings)) : null);
