import type { Redis } from 'ioredis';
import type { Settings, SourceConfig } from '../config/index.js';
import type { DueSet, Queues, RedisKeys } from '../queue/index.js';
import type { UserList } from '../access/index.js';
import type { Sessions } from './access/sessions.js';
import type { StoryStore } from '../store/index.js';
import type { ReadPageOptions, SeenPage, StoryRecord } from '../story/index.js';
import type { LiveOverview } from './live-overview.js';
import type { FoundFeed, Proposal } from '../sourcing/index.js';
import type { Fault, Outcome } from '../fault.js';
import type { ConsoleView } from './view.js';

/** What pages and the API reach of the service. */
export interface ConsoleServices {
  readonly view: ConsoleView;
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly queues: Queues;
  readonly due: DueSet;
  readonly settings: Settings;
  /** Stories to search and read; null where none are kept. */
  readonly stories: StoryStore | null;
  /** Fetches and reads the page of a story once more, to show how it is cut. */
  readonly lookAtPage: (record: StoryRecord, signal: AbortSignal) => Promise<Outcome<PageLook>>;
  /** Looks for the feed of an address and reads one of its pages, as the service would. */
  readonly surveySource: (wish: { readonly address: string; readonly allowPrivate: boolean; readonly signal: AbortSignal }) => Promise<Outcome<SourceSurvey>>;
  /** Every source as configured now, those switched off too. */
  readonly sources: () => readonly SourceConfig[];
  /** Path of `sources.yaml`, which changes are written to. */
  readonly sourcesFile: string;
  /** Who may come in, by the users file. */
  readonly users: UserList;
  readonly sessions: Sessions;
  /** Tells whoever logs of what went wrong. */
  readonly onError: (error: unknown) => void;
}

/** The same with what the console itself keeps while it runs. */
export interface ServedServices extends ConsoleServices {
  readonly live: LiveOverview;
}

export interface SourceSurvey {
  readonly found: FoundFeed;
  /** One page of the feed as it would be cut; null where none could be read, and why. */
  readonly page: { readonly url: string; readonly seen: SeenPage } | null;
  readonly pageFault: Fault | null;
  readonly proposal: Proposal;
}

export interface PageLook {
  readonly url: string;
  /** ISO 8601. */
  readonly fetchedAt: string;
  readonly bytes: Uint8Array;
  readonly options: ReadPageOptions;
  readonly seen: SeenPage;
}
