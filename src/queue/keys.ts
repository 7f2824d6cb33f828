/**
 * Every Redis key of Dateline, BullMQ's own apart, in one place.
 * All begin with the same prefix; with a `{tag}` in it they share one slot of a cluster, as the Lua scripts need.
 */
export interface RedisKeys {
  readonly prefix: string;
  /** Zset: source id → when its next poll is due (ms). */
  readonly due: string;
  /** Zset: source id → when the claim on its poll lapses (ms). */
  readonly leased: string;
  /** Held by the process that made this second's tick. */
  readonly tick: string;
  /** Zset: job owed → when to look whether it is still on its way (ms). */
  readonly owed: string;
  /** Zset: host, source and item of a young page → when it is asked again (ms). */
  readonly reask: string;
  /** Zset: the same of pages being asked again → when the claim lapses (ms). */
  readonly reaskLeased: string;
  /** Hash: state of the window in which near-duplicates are found; its generations stand beside it. */
  readonly near: string;
  /** Zset: source id → when the memory of its pages was last written (ms). */
  readonly furnitureUsed: string;
  /** Number of bytes of accepted stories that wait for their sinks. */
  readonly storeBytes: string;
  /** Number of pages whose stories wait for their sinks. */
  readonly storeCount: string;
  /** Hash: quarantine id → what failed, as JSON. */
  readonly quarantine: string;
  /** Zset: quarantine id → when it failed (ms). */
  readonly quarantineTimes: string;
  /** Hash: source id → its WebSub subscription, as JSON. */
  readonly hubSubscriptions: string;
  /** Hash: last part of a callback's path → source id. */
  readonly hubPaths: string;
  /** Zset: source id → when its hub is asked next (ms). */
  readonly hubAsk: string;
  /** Hash: what hubs sent and what came of it → how often. */
  readonly hubCounts: string;
  /** Set: ids of sources that have books. */
  readonly sources: string;
  /** Hash: sink name → story versions it has taken. */
  readonly sinkCounts: string;
  /** Hash: sink name → story versions that its filter left out. */
  readonly sinkUnrouted: string;
  /** Hash: `<sink>:n` and `<sink>:b` → deliveries and bytes of stories that wait for it. */
  readonly backlog: string;
  /** Hash: `n:<sink>` → deliveries of it that lie on disk, `b:<place>` → bytes of the segments that hold them. */
  readonly spill: string;
  /** Hash: `<sink>/<source>` → deliveries that lie on disk. */
  readonly spillSources: string;
  /** Hash: segment → its sink, state, deliveries not yet back, bytes, and when it was begun. */
  readonly spillSegments: string;
  /** Hash: place of segments → when it was last seen (ms), its host and folder. */
  readonly spillPlaces: string;
  /** Zset: digest of a login's id → when it was last seen (ms). */
  readonly sessions: string;
  /** Stories by time, language and agency: head of the keys, whose ends are the ledger's (`history.ts`). */
  readonly history: string;
  /** Stream: changes that were asked for in the console. */
  readonly audit: string;
  /** Hash: stage, outcome and reason → runs of jobs that ended so. */
  readonly stages: string;
  /** Hash: the same of one slot of time. */
  stageSlot(slot: number): string;
  /** Hash: one login. */
  session(digest: string): string;
  /** Number of logins that failed of late. */
  attempts(of: string): string;
  /** Hash: validators, last poll, errors of a source. */
  source(source: string): string;
  /** JSON: the languages of a source's pages. */
  languages(source: string): string;
  /** JSON: what repeats on a source's pages. */
  furniture(source: string): string;
  /** Hash: item id → its state. */
  items(source: string): string;
  /** Zset: item id → when the feed last listed it (s). */
  listed(source: string): string;
  /** Hash: item id → what the feed said of it, while it is in flight or in quarantine. */
  facts(source: string): string;
  /** Hash: the counters of a source's books. */
  books(source: string): string;
  /** Hash: `hour:column` → by how much the column moved in that hour. */
  flow(source: string): string;
  /** Stream: every step of the source's items, the oldest go first. */
  trace(source: string): string;
  /** Hash: item id → its page's place in the schedule of asking again, and what that needs. */
  young(source: string): string;
  /** JSON: what is known of a page's stories. */
  page(pageId: string): string;
  /** JSON: which page an item's address led to, and whose item it was. */
  address(hash: string): string;
  /** Page that first told this text. */
  text(hash: string): string;
  /** Stories of one accepted item, until every sink has them. */
  stories(source: string, item: string, revision: number): string;
  /** What every key of `stories` begins with. */
  readonly storiesPrefix: string;
  /** List: deliveries that are to go to disk, the oldest first. */
  spillTodo(sink: string): string;
  /** Held by the process that looks after what a sink has on disk. */
  spillTurn(sink: string): string;
  /** Hash: delivery owed → the sink's mark of where it began. */
  marks(sink: string): string;
  /** Anything a sink keeps for itself. */
  sink(name: string, rest: string): string;
}

export function redisKeys(prefix: string): RedisKeys {
  const key = (...parts: readonly (string | number)[]): string => [prefix, ...parts].join(':');
  return {
    prefix,
    due: key('due'),
    leased: key('leased'),
    tick: key('tick'),
    owed: key('owed'),
    reask: key('reask'),
    reaskLeased: key('reask', 'leased'),
    near: key('near'),
    furnitureUsed: key('furniture'),
    storeBytes: key('store', 'bytes'),
    storeCount: key('store', 'count'),
    quarantine: key('quarantine'),
    quarantineTimes: key('quarantine', 'times'),
    hubSubscriptions: key('websub', 'subscriptions'),
    hubPaths: key('websub', 'paths'),
    hubAsk: key('websub', 'ask'),
    hubCounts: key('websub', 'counts'),
    sources: key('sources'),
    storiesPrefix: key('stories', ''),
    sinkCounts: key('sinks'),
    sinkUnrouted: key('sinks', 'unrouted'),
    backlog: key('backlog'),
    spill: key('spill'),
    spillSources: key('spill', 'sources'),
    spillSegments: key('spill', 'segments'),
    spillPlaces: key('spill', 'places'),
    sessions: key('console', 'sessions'),
    history: key('history'),
    audit: key('console', 'audit'),
    stages: key('stages'),
    stageSlot: (slot) => key('stages', slot),
    session: (digest) => key('console', 'session', digest),
    attempts: (of) => key('console', 'attempts', of),
    source: (source) => key('source', source),
    languages: (source) => key('languages', source),
    furniture: (source) => key('furniture', source),
    items: (source) => key('items', source),
    listed: (source) => key('listed', source),
    facts: (source) => key('facts', source),
    books: (source) => key('books', source),
    flow: (source) => key('flow', source),
    trace: (source) => key('trace', source),
    young: (source) => key('young', source),
    page: (pageId) => key('page', pageId),
    address: (hash) => key('address', hash),
    text: (hash) => key('text', hash),
    stories: (source, item, revision) => key('stories', source, item, revision),
    spillTodo: (sink) => key('spill', 'todo', sink),
    spillTurn: (sink) => key('spill', 'turn', sink),
    marks: (sink) => key('marks', sink),
    sink: (name, rest) => key('sink', name, rest),
  };
}
