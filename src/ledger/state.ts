/**
 * The state of one item, one line in its source's hash: compact, and read by the Lua scripts as well.
 *
 *     state|revision|mark|since|code|pending|failed
 */
export const IN_FLIGHT = ['queued', 'accepted'] as const;
export const DISPOSITIONS = ['delivered', 'unchanged', 'duplicate', 'rejected', 'quarantined'] as const;
export type Disposition = (typeof DISPOSITIONS)[number];
export type ItemStage = (typeof IN_FLIGHT)[number] | Disposition;

export interface ItemState {
  readonly stage: ItemStage;
  /** Rises each time the feed shows the item changed and it is read again; every revision is one line of the books. */
  readonly revision: number;
  /** Hash of what the feed said of it: another mark is another revision. */
  readonly mark: string;
  /** Seconds of the epoch. */
  readonly since: number;
  /** Why it was rejected or quarantined, else ''. */
  readonly code: string;
  /** Sinks that do not have its stories yet. */
  readonly pending: readonly string[];
  /** Those of them whose stories lie on disk, with the segment that holds them: `sink=segment` in the line. */
  readonly spilled: readonly { readonly sink: string; readonly segment: string }[];
  /** Sinks that gave up on them, with the fault's code. */
  readonly failed: readonly { readonly sink: string; readonly code: string }[];
}

const stages: readonly string[] = [...IN_FLIGHT, ...DISPOSITIONS];
const isStage = (text: string): text is ItemStage => stages.includes(text);
const list = (text: string): string[] => (text === '' ? [] : text.split(','));
const pairOf = (entry: string): [string, string] => {
  const [left = '', right = ''] = entry.split('=');
  return [left, right];
};

/** Reads a state line; null when it is none. */
export function parseState(line: string): ItemState | null {
  const [stage = '', revision = '', mark = '', since = '', code = '', pending = '', failed] = line.split('|');
  if (failed === undefined || !isStage(stage)) return null;
  return {
    stage,
    revision: Number(revision),
    mark,
    since: Number(since),
    code,
    pending: list(pending).map((entry) => pairOf(entry)[0]),
    spilled: list(pending).map(pairOf).flatMap(([sink, segment]) => (segment === '' ? [] : [{ sink, segment }])),
    failed: list(failed).map(pairOf).map(([sink, code]) => ({ sink, code })),
  };
}

/** The column of the books that an item stands in: `in-flight`, `delivered`, `rejected:http-404` … */
export const bucketOf = ({ stage, code }: Pick<ItemState, 'stage' | 'code'>): string =>
  stage === 'queued' || stage === 'accepted' ? 'in-flight' : code === '' ? stage : `${stage}:${code}`;

/** Steps a source's trace keeps; a few thousand entries of some 70 bytes. Age bounds it too (`ledger.trace`). */
export const TRACE_STEPS = 4_000;

/**
 * What every script of the ledger begins with. `move` is the only place where a state changes: the line, the counters it stands
 * in, the hour's flow and the trace are written together, so that the books balance at any moment, a script run twice moves
 * nothing twice, and no step is told that was not taken.
 */
export const LUA_STATE = `
local time = redis.call('TIME')
local now = tonumber(time[1])
local now_ms = now * 1000 + math.floor(time[2] / 1000)

local function read(line)
  if not line then return nil end
  local stage, revision, mark, since, code, pending, failed =
    string.match(line, '^([^|]*)|([^|]*)|([^|]*)|([^|]*)|([^|]*)|([^|]*)|([^|]*)$')
  if not stage then return nil end
  return { stage = stage, revision = tonumber(revision), mark = mark, since = tonumber(since), code = code,
    pending = pending, failed = failed }
end

local function bucket(state)
  if state.stage == 'queued' or state.stage == 'accepted' then return 'in-flight' end
  if state.code ~= '' then return state.stage .. ':' .. state.code end
  return state.stage
end

local function in_flight(state, revision)
  return state ~= nil and state.revision == tonumber(revision) and bucket(state) == 'in-flight'
end

-- The source's other keys: beside the items' hash, in the same slot.
local function beside(items, name) return (string.gsub(items, ':items:', ':' .. name .. ':', 1)) end

local function tell(items, item, revision, step, detail)
  redis.call('XADD', beside(items, 'trace'), 'MAXLEN', '~', ${TRACE_STEPS}, '*', 'i', item, 'r', string.format('%d', revision),
    's', step, 'd', string.sub(detail, 1, 1000))
end

local function flow(items, column, by)
  redis.call('HINCRBY', beside(items, 'flow'), string.format('%d', math.floor(now / 3600)) .. ':' .. column, by)
end

local function move(items, books, item, before, after)
  after.since = now
  redis.call('HSET', items, item, table.concat({ after.stage, string.format('%d', after.revision), after.mark,
    string.format('%d', after.since), after.code, after.pending, after.failed }, '|'))
  if before then redis.call('HINCRBY', books, 'n:' .. before, -1) end
  redis.call('HINCRBY', books, 'n:' .. bucket(after), 1)
  if before ~= bucket(after) then
    if before then flow(items, before, -1) else flow(items, 'seen', 1) end
    flow(items, bucket(after), 1)
  end
  if before then tell(items, item, after.revision, after.stage, after.code) end
end

local function without(list, name)
  local rest, found = {}, false
  for entry in string.gmatch(list, '[^,]+') do
    if entry == name or string.match(entry, '^([^=]*)=') == name then found = true else rest[#rest + 1] = entry end
  end
  return table.concat(rest, ','), found
end

-- A sink that waits for stories kept here; one whose stories lie on disk is listed as \`sink=segment\`.
local function waits(pending, sink)
  for entry in string.gmatch(pending, '[^,]+') do
    if entry == sink then return true end
  end
  return false
end

-- The stories of an item that waits for nothing but what lies on disk need no room here; those that a sink refused stay for a retry.
local function free(state, stories, bytes, count)
  if state.failed ~= '' then return end
  for entry in string.gmatch(state.pending, '[^,]+') do
    if not string.find(entry, '=', 1, true) then return end
  end
  local size = redis.call('STRLEN', stories)
  if size == 0 then return end
  redis.call('DECRBY', bytes, size)
  redis.call('DECR', count)
  redis.call('DEL', stories)
end

local function with(list, entry)
  if list == '' then return entry end
  return list .. ',' .. entry
end
`;
