/** What Redis holds of Dateline, and what keeps each kind of key from growing for ever. */
export interface BoundRow {
  /** Of the key behind the prefix. */
  readonly key: RegExp;
  readonly holds: string;
  /** `expires`: within so many seconds, which is looked at on the key itself; else in words. */
  readonly bound: string | { readonly expires: number };
  /** The test that holds it to its bound: a file of `tests` and the head of the test's name. Not needed where the key is one figure, or expires. */
  readonly test?: readonly [file: string, name: string];
}

const DAY = 86_400;

export const BOUNDS: readonly BoundRow[] = [
  // Sources: as many as are configured, or ever were.
  { key: /^due$/, holds: 'when each source is polled', bound: 'sources configured', test: ['queue/due.test.ts', 'a sync forgets what is gone'] },
  { key: /^leased$/, holds: 'polls under way', bound: 'sources configured', test: ['queue/due.test.ts', 'a sync forgets what is gone'] },
  { key: /^tick$/, holds: 'the turn of this second', bound: { expires: 2 } },
  { key: /^sources$/, holds: 'ids that have books', bound: 'sources there ever were: a person adds them' },
  { key: /^source:/, holds: 'validators and history of one source', bound: 'one hash a source, its history under 2 kB', test: ['poll/history.test.ts', 'as JSON under 2 kB'] },
  { key: /^languages:/, holds: 'languages of a source', bound: 'one text a source', test: ['bounds/entries.test.ts', 'the languages of a source'] },
  { key: /^furniture:/, holds: 'what repeats on the pages of a source', bound: { expires: 30 * DAY } },
  { key: /^furniture$/, holds: 'when each of these was written', bound: 'so many sources', test: ['workers/furniture.test.ts', 'Redis keeps the memories of so many sources'] },
  { key: /^books:/, holds: 'columns of the books', bound: 'dispositions by the codes of faults' },
  { key: /^flow:/, holds: 'hours of the books', bound: '32 days of columns', test: ['ledger/trace.test.ts', 'the books of a stretch of time'] },
  { key: /^trace:/, holds: 'steps of items', bound: '4,000 steps a source, and ledger.trace', test: ['ledger/trace.test.ts', 'the trace of a busy source is bounded'] },
  { key: /^websub:/, holds: 'subscriptions at hubs', bound: 'sources configured', test: ['websub/hub.test.ts', 'a hub is subscribed to'] },
  // Items.
  { key: /^(?:items|listed):/, holds: 'the state of each item, and when it was listed', bound: 'ledger.retention, and ledger.maxItems a source', test: ['bounds/entries.test.ts', 'the items of a source'] },
  { key: /^facts:/, holds: 'what the feed said of items in flight or in quarantine', bound: 'article.maxWaiting, store, quarantine', test: ['bounds/entries.test.ts', 'what is known of an item'] },
  { key: /^young:|^reask/, holds: 'pages that are asked again', bound: 'reask.maxPages', test: ['ledger/reask.test.ts', 'the schedule has a bound'] },
  { key: /^(?:page|address):/, holds: 'stories of a page', bound: { expires: 30 * DAY } },
  { key: /^text:/, holds: 'who told a text first', bound: { expires: 7 * DAY } },
  { key: /^near(?::|$)/, holds: 'sketches of texts', bound: 'duplicates.maxStories', test: ['duplicate/window.test.ts', 'the window holds no more than its stories'] },
  { key: /^history:/, holds: 'stories counted by time', bound: { expires: 400 * DAY } },
  { key: /^owed$/, holds: 'jobs owed', bound: 'article.maxWaiting, and maxBacklog of each sink', test: ['service/reading-bound.test.ts', 'too many pages that wait to be read'] },
  { key: /^quarantine/, holds: 'jobs that failed', bound: 'quarantine.age, quarantine.count', test: ['ledger/books.test.ts', 'what lies in quarantine too long'] },
  // Stories on their way to the sinks.
  { key: /^(?:stories:[^:]+:|store:)/, holds: 'stories that wait for their sinks', bound: 'store.maxStories, store.maxSize', test: ['ledger/books.test.ts', 'the store refuses beyond its bound'] },
  { key: /^marks:/, holds: 'where deliveries began', bound: 'deliveries that wait or lie in quarantine', test: ['ledger/books.test.ts', 'what lies in quarantine too long'] },
  { key: /^backlog$|^sinks/, holds: 'figures of the sinks', bound: 'sinks configured' },
  { key: /^spill:todo:/, holds: 'deliveries on their way to disk', bound: 'maxBacklog of the sink', test: ['spill/keeper.test.ts', 'at the bound of the disk'] },
  { key: /^spill:turn:/, holds: 'who looks after a sink\'s disk', bound: { expires: 10 } },
  { key: /^spill/, holds: 'the register of segments and their places', bound: 'deliver.spill.maxSize: a segment is 200 deliveries or 1 MB', test: ['spill/keeper.test.ts', 'at the bound of the disk'] },
  { key: /^stories$/, holds: 'the Redis stream of the sink', bound: 'sinks.redisStream.maxLength', test: ['bounds/entries.test.ts', 'the Redis stream'] },
  { key: /^sink:redis-stream:/, holds: 'that a version is in the stream', bound: { expires: 2 * DAY } },
  { key: /^sink:ndjson:(?:seal|left):/, holds: 'how much of a file counts', bound: { expires: 7 * DAY } },
  { key: /^sink:ndjson:slot:/, holds: 'who writes a file', bound: { expires: 60 } },
  { key: /^sink:[^:]+:breaker$/, holds: 'the breaker of a sink', bound: 'sinks configured' },
  // Hosts.
  { key: /^gate:/, holds: 'the gate of a host', bound: { expires: 10 * DAY } },
  { key: /^robots:/, holds: 'rules of a host', bound: { expires: 40 * DAY } },
  // Queues: how their runs end, then BullMQ's own keys.
  { key: /^stages$/, holds: 'runs by stage and end', bound: 'stages and codes of faults' },
  { key: /^stages:/, holds: 'runs of the last minutes', bound: { expires: 3_600 } },
  { key: /^q:[^:]+:(?:id|meta|pc|marker|stalled|stalled-check|paused|metrics:[a-z]+(?::data)?)$/, holds: 'figures of a queue, and the last 15 minutes of them', bound: 'one each a queue, 15 entries' },
  { key: /^q:[^:]+:events$/, holds: 'events of a queue', bound: 'about 1,000', test: ['bounds/entries.test.ts', 'the events of a queue'] },
  { key: /^q:[^:]+:failed$/, holds: 'jobs that failed', bound: 'quarantine.count', test: ['bounds/entries.test.ts', 'failed jobs'] },
  { key: /^q:[^:]+:completed$/, holds: 'jobs done', bound: 'none is kept', test: ['bounds/entries.test.ts', 'failed jobs'] },
  { key: /^q:poll:/, holds: 'polls', bound: 'one a source', test: ['bounds/entries.test.ts', 'polls'] },
  { key: /^q:article:/, holds: 'pages to be read', bound: 'article.maxWaiting', test: ['service/reading-bound.test.ts', 'too many pages that wait to be read'] },
  { key: /^q:deliver-[^:]+:/, holds: 'deliveries', bound: 'maxBacklog of the sink', test: ['ledger/backlog.test.ts', 'at the bound of one sink'] },
  // Console.
  { key: /^console:sessions$/, holds: 'logins', bound: 'those of the last console.sessionIdle', test: ['console/login.test.ts', 'ends after an hour of silence'] },
  { key: /^console:session:/, holds: 'one login', bound: { expires: 7 * DAY } },
  { key: /^console:attempts:/, holds: 'logins that failed', bound: { expires: 900 } },
  { key: /^console:audit$/, holds: 'changes asked for', bound: 'about 10,000', test: ['bounds/entries.test.ts', 'the audit list'] },
];
