import type { Redis } from 'ioredis';
import type { RedisKeys } from '../queue/index.js';

const [MINUTE_S, HOUR_S, DAY_S] = [60, 3_600, 86_400];

/**
 * How finely stories are counted, and how long each is kept. One hash holds the counts of a stretch of steps (`per`), so that a
 * chart reads a few hashes and old ones go by their expiry, with nobody to sweep them.
 */
export const HISTORY_STEPS = {
  minute: { seconds: MINUTE_S, per: 60, keptSeconds: 2 * HOUR_S, most: 60 },
  hour: { seconds: HOUR_S, per: 24, keptSeconds: 32 * DAY_S, most: 31 * 24 },
  day: { seconds: DAY_S, per: 32, keptSeconds: 400 * DAY_S, most: 366 },
} as const;
export type HistoryStep = keyof typeof HISTORY_STEPS;

/** Names of languages, and of agencies, that a day tells apart; what comes after them counts as `other`. */
export const MOST_LABELS = 32;
export const OTHER = 'other';

/** Counts a tally in every step; `now` is Redis's time in seconds, from the script's head. */
export const LUA_HISTORY = `
local function told_apart(history, label)
  local kind, name = string.match(label, '^(%l):(.*)$')
  if not kind or name == '${OTHER}' then return label end
  local names = history .. ':names:' .. string.format('%d', math.floor(now / ${DAY_S})) .. ':' .. kind
  if redis.call('SISMEMBER', names, name) == 1 then return label end
  if redis.call('SCARD', names) >= ${MOST_LABELS} then return kind .. ':${OTHER}' end
  redis.call('SADD', names, name)
  redis.call('EXPIRE', names, ${2 * DAY_S})
  return label
end

local function count_stories(history, tally)
  if tally == '' then return end
  local counts = {}
  for label, count in string.gmatch(tally, '([^;=]+)=(%d+)') do counts[#counts + 1] = { told_apart(history, label), count } end
  for step, seconds, per, kept in string.gmatch('${Object.entries(HISTORY_STEPS).map(([step, { seconds, per, keptSeconds }]) => `${step}=${seconds}=${per}=${keptSeconds}`).join(';')}', '(%l+)=(%d+)=(%d+)=(%d+)') do
    local at = math.floor(now / seconds)
    local key = history .. ':' .. step .. ':' .. string.format('%d', math.floor(at / per))
    for _, counted in ipairs(counts) do redis.call('HINCRBY', key, string.format('%d', at) .. ':' .. counted[1], counted[2]) end
    redis.call('EXPIRE', key, kept)
  end
end
`;

/** What is counted of a story version. */
export interface ToldStory {
  /** BCP 47. */
  readonly language: string;
  /** Id of the agency that its dateline names; '' for one that no table knows, null where it names none. */
  readonly agency: string | null;
}

/** Anything that is no plain tag or id counts as `other`. */
const PLAIN = /^[A-Za-z0-9-]{1,35}$/;
const plain = (label: string): string => (PLAIN.test(label) ? label : OTHER);

/** Story versions as the script takes them: `all=3;l:en=2;l:ar=1;a:reuters=2`; '' for none. */
export function tallyOf(stories: readonly ToldStory[]): string {
  const counts = new Map<string, number>();
  const add = (label: string): void => void counts.set(label, (counts.get(label) ?? 0) + 1);
  for (const { language, agency } of stories) {
    add('all');
    add(`l:${plain(language)}`);
    if (agency !== null) add(`a:${plain(agency)}`);
  }
  return [...counts].map(([label, count]) => `${label}=${count}`).join(';');
}

/** Story versions that were accepted in one step. */
export interface HistoryPoint {
  /** Milliseconds of the epoch. */
  readonly begins: number;
  readonly stories: number;
  /** By BCP 47 tag, and `other`. */
  readonly languages: ReadonlyMap<string, number>;
  /** By id, and `other`; stories whose dateline names none are in no count. */
  readonly agencies: ReadonlyMap<string, number>;
}

const stepsBefore = (step: HistoryStep, count: number, now: number): { readonly first: number; readonly last: number } => {
  const last = Math.floor(now / 1_000 / HISTORY_STEPS[step].seconds);
  return { first: last - Math.min(count, HISTORY_STEPS[step].most) + 1, last };
};

/**
 * The last `count` steps, the one under way included, oldest first; steps in which nothing came stand at nought. `now` is
 * milliseconds of the epoch.
 */
export async function readHistory(redis: Redis, keys: RedisKeys, step: HistoryStep, count: number, now: number): Promise<HistoryPoint[]> {
  const { per } = HISTORY_STEPS[step];
  const { first, last } = stepsBefore(step, count, now);
  const pipeline = redis.pipeline();
  for (let stretch = Math.floor(first / per); stretch <= Math.floor(last / per); stretch += 1) pipeline.hgetall(`${keys.history}:${step}:${stretch}`);
  const read = await pipeline.exec();
  const fields: (readonly [string, string])[] = [];
  for (const [error, hash] of read ?? []) {
    if (error !== null) throw error;
    // A hash as ioredis gives it: every value is a text.
    fields.push(...Object.entries(hash as Readonly<Record<string, string>>));
  }
  return historyPoints(fields, step, count, now);
}

/** The points of fields named `step:label`; those of other steps are left out. */
export function historyPoints(fields: Iterable<readonly [string, string]>, step: HistoryStep, count: number, now: number): HistoryPoint[] {
  const { first, last } = stepsBefore(step, count, now);
  const points = Array.from({ length: last - first + 1 }, (_, at) => (
    { begins: (first + at) * HISTORY_STEPS[step].seconds * 1_000, stories: 0, languages: new Map<string, number>(), agencies: new Map<string, number>() }));
  for (const [field, value] of fields) {
    const [, at = '', kind, label = ''] = /^(\d+):(all|[la])(?::(.*))?$/.exec(field) ?? [];
    const point = points[Number(at) - first];
    if (kind === undefined || point === undefined) continue;
    if (kind === 'all') point.stories += Number(value);
    else (kind === 'l' ? point.languages : point.agencies).set(label, Number(value));
  }
  return points;
}

export interface HistoryShare {
  readonly label: string;
  readonly stories: number;
}

/** Sums over the points, the greatest first; beyond `most` they are one, with what was counted as `other` before, at the end. */
export function sharesOf(counts: readonly ReadonlyMap<string, number>[], most: number): HistoryShare[] {
  const sums = new Map<string, number>();
  for (const one of counts) for (const [label, count] of one) sums.set(label, (sums.get(label) ?? 0) + count);
  const before = sums.get(OTHER) ?? 0;
  sums.delete(OTHER);
  const shares = [...sums].map(([label, stories]) => ({ label, stories })).toSorted((one, other) => other.stories - one.stories || (one.label < other.label ? -1 : 1));
  const rest = before + shares.slice(most).reduce((total, { stories }) => total + stories, 0);
  return rest === 0 ? shares : [...shares.slice(0, most), { label: OTHER, stories: rest }];
}
