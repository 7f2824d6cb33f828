import type Database from 'libsql';
import { inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import { matchOf } from './match.js';
import { cursorOf, HOUR_OF_KEY, keyAt, keyOfCursor } from './news-time.js';
import { FACETS, type FacetName, type FacetValue, type HourCount, type PlaceCount, type PlacedCount, type StoreSize, type StoryFacets, type StoryFilter, type StoryPage, type StoryQuery, type StorySummary } from './types.js';

/** A version as the file holds it: the record is JSON still. */
export interface StoredVersion {
  readonly id: string;
  readonly version: number;
  readonly arrivedAt: number;
  readonly position: number | null;
  readonly json: string;
}

/** Stories over which facets are counted: the newest, so that the commonest word costs no more than a rare one. */
const FACET_SAMPLE = 10_000;
const FACET_VALUES = 50;
const MOST_VERSIONS = 200;
const MOST_RELATED = 100;
const HOUR_MS = 3_600_000;
/** Versions looked at for a stream's turn, whether they fit or not. */
const STREAM_STEP = 1_000;

const text = z.string();
const summaryRow = z.object({
  key: z.int(), id: text, version: z.int(), at: z.int(), arrived: z.int(), status: z.enum(['usable', 'corrected', 'withdrawn']), headline: text.nullable(),
  lead: text, kicker: text.nullable(), source: text, source_name: text, url: text, language: text, direction: z.enum(['ltr', 'rtl']),
  agency: text.nullable(), dateline: text.nullable(), countries: text, cluster: text.nullable(), duplicate_of: text.nullable(), embargo: z.int().nullable(),
});
const versionRow = z.object({ id: text, version: z.int(), arrived: z.int(), position: z.int().nullable(), record: z.union([z.instanceof(ArrayBuffer), z.instanceof(Uint8Array)]) });

const keyed = (given: unknown): { readonly key: number; readonly summary: StorySummary } => {
  const { key, id, version, at, arrived, status, headline, lead, kicker, source, source_name, url, language, direction, agency, dateline, countries, cluster, duplicate_of, embargo } = summaryRow.parse(given);
  const summary: StorySummary = {
    id, version, at, arrivedAt: arrived, status, headline, lead, kicker, source: { id: source, name: source_name }, url, language, direction, agency,
    dateline, countries: countries === '' ? [] : countries.split(','), cluster, duplicateOf: duplicate_of, embargoedUntil: embargo,
  };
  return { key, summary };
};

function versionOf(given: unknown): StoredVersion {
  const { id, version, arrived, position, record } = versionRow.parse(given);
  return { id, version, arrivedAt: arrived, position, json: inflateRawSync(record).toString('utf8') };
}

interface Chosen {
  /** SQL of the table or join that gives `key`s of stories. */
  readonly from: string;
  readonly where: string;
  readonly parameters: readonly (string | number)[];
}

/** A filter as SQL over stories `s`, its keys the newest first with no sorting. */
function chosen(filter: StoryFilter, before: number | null): Chosen {
  const match = matchOf(filter);
  const key = match === null ? 's.key' : 'w.rowid';
  const conditions: [string, string | number][] = [];
  if (match !== null) conditions.push(['words MATCH ?', match]);
  if (before !== null) conditions.push([`${key} < ?`, before]);
  if (filter.from !== undefined) conditions.push([`${key} >= ?`, keyAt(filter.from)]);
  if (filter.until !== undefined) conditions.push([`${key} < ?`, keyAt(filter.until)]);
  if (filter.outwardAt !== undefined) conditions.push(['(s.embargo IS NULL OR s.embargo <= ?)', filter.outwardAt]);
  return {
    from: match === null ? 'stories s' : 'words w CROSS JOIN stories s ON s.key = w.rowid',
    where: conditions.length === 0 ? '' : `WHERE ${conditions.map(([sql]) => sql).join(' AND ')}`,
    parameters: conditions.map(([, value]) => value),
  };
}

/** Everything that only looks; none of it waits for a writer. */
export class StoryReader {
  readonly #database: Database.Database;

  constructor(database: Database.Database) {
    this.#database = database;
  }

  search(query: StoryQuery): StoryPage {
    const before = query.after === undefined ? null : keyOfCursor(query.after);
    if (query.after !== undefined && before === null) return { stories: [], next: null };
    const { from, where, parameters } = chosen(query, before);
    const order = from.startsWith('words') ? 'w.rowid' : 's.key';
    const found = this.#all(`SELECT s.* FROM ${from} ${where} ORDER BY ${order} DESC LIMIT ?`, [...parameters, query.limit + 1]).map(keyed);
    const shown = found.slice(0, query.limit);
    const last = shown.at(-1);
    return { stories: shown.map(({ summary }) => summary), next: found.length > query.limit && last !== undefined ? cursorOf(last.key) : null };
  }

  facets(filter: StoryFilter): StoryFacets {
    const { from, where, parameters } = chosen(filter, null);
    const order = from.startsWith('words') ? 'w.rowid' : 's.key';
    const rows = z.array(z.tuple([text, text, text.nullable(), text, text, z.int()])).parse(this.#database.prepare(
      `SELECT source, language, agency, countries, status, count(*) FROM (
         SELECT s.source, s.language, s.agency, s.countries, s.status FROM ${from} ${where} ORDER BY ${order} DESC LIMIT ${FACET_SAMPLE + 1}
       ) GROUP BY 1, 2, 3, 4, 5`).raw().all(...parameters));
    const counts: Record<FacetName, Map<string, number>> = { source: new Map(), language: new Map(), agency: new Map(), country: new Map(), status: new Map() };
    let counted = 0;
    for (const [source, language, agency, countries, status, count] of rows) {
      counted += count;
      const add = (name: FacetName, value: string): void => void counts[name].set(value, (counts[name].get(value) ?? 0) + count);
      add('source', source);
      add('language', language);
      if (agency !== null) add('agency', agency);
      for (const country of countries === '' ? [] : countries.split(',')) add('country', country);
      add('status', status);
    }
    const most = (name: FacetName): readonly FacetValue[] => [...counts[name]].map(([value, count]) => ({ value, count }))
      .sort((left, right) => right.count - left.count || (left.value < right.value ? -1 : 1)).slice(0, FACET_VALUES);
    const facets = Object.fromEntries(FACETS.map((name) => [name, most(name)])) as Record<FacetName, readonly FacetValue[]>;
    return { counted: Math.min(counted, FACET_SAMPLE), more: counted > FACET_SAMPLE, facets };
  }

  story(id: string, version: number | undefined): StoredVersion | null {
    const found = version === undefined
      ? this.#all('SELECT v.* FROM stories s JOIN versions v ON v.seq = s.seq WHERE s.id = ?', [id])
      : this.#all('SELECT * FROM versions WHERE id = ? AND version = ?', [id, version]);
    return found[0] === undefined ? null : versionOf(found[0]);
  }

  versions(id: string): readonly StoredVersion[] {
    return this.#all('SELECT * FROM (SELECT * FROM versions WHERE id = ? ORDER BY version DESC LIMIT ?) ORDER BY version', [id, MOST_VERSIONS]).map(versionOf);
  }

  related(id: string): readonly StorySummary[] {
    return this.#all(`WITH own AS (SELECT cluster, duplicate_of FROM stories WHERE id = ?1)
      SELECT * FROM stories WHERE key IN (
        SELECT s.key FROM own JOIN stories s ON s.cluster = own.cluster
        UNION SELECT s.key FROM own JOIN stories s ON s.id IN (own.duplicate_of, own.cluster)
        UNION SELECT key FROM stories WHERE cluster = ?1
        UNION SELECT s.key FROM own JOIN stories s ON s.duplicate_of = own.duplicate_of
        UNION SELECT key FROM stories WHERE duplicate_of = ?1
      ) AND id <> ?1 ORDER BY key DESC LIMIT ?2`, [id, MOST_RELATED]).map((row) => keyed(row).summary);
  }

  /** What fits among the next versions given out, and the position up to which was looked. */
  since(position: number, filter: StoryFilter, limit: number): { readonly versions: readonly StoredVersion[]; readonly seenTo: number } {
    const step = z.array(z.object({ id: text, position: z.int() })).parse(
      this.#all('SELECT id, position FROM versions WHERE position > ? ORDER BY position LIMIT ?', [position, STREAM_STEP]));
    const last = step.at(-1)?.position ?? position;
    if (step.length === 0) return { versions: [], seenTo: position };
    const { from, where, parameters } = chosen(filter, null);
    // The newest version decides whether a story fits: the words of older ones are not kept.
    const fits = `SELECT v.* FROM versions v JOIN stories s USING (id) WHERE v.position > ? AND v.position <= ? ${
      where === '' ? '' : `AND s.key IN (SELECT s.key FROM ${from} ${where})`} ORDER BY v.position LIMIT ?`;
    const versions = this.#all(fits, [position, last, ...parameters, limit]).map(versionOf);
    return { versions, seenTo: versions.length === limit ? versions.at(-1)?.position ?? last : last };
  }

  newest(): number {
    return this.#number('SELECT value FROM counters WHERE name = \'position\'');
  }

  places(filter: StoryFilter, limit: number): readonly PlaceCount[] {
    const { from, where, parameters } = chosen(filter, null);
    return z.array(z.tuple([text, text, z.int()])).parse(this.#database.prepare(
      `SELECT p.name, p.country, count(*) AS stories FROM (SELECT s.key FROM ${from} ${where}) c JOIN places p ON p.key = c.key
       GROUP BY p.name, p.country ORDER BY stories DESC, p.name LIMIT ?`).raw().all(...parameters, limit))
      .map(([name, country, stories]) => ({ name, country: country === '' ? null : country, stories }));
  }

  placed(filter: StoryFilter): PlacedCount {
    const { from, where, parameters } = chosen(filter, null);
    const [stories, placed] = z.tuple([z.int(), z.int()]).parse(this.#database.prepare(
      `SELECT count(*), coalesce(sum(EXISTS (SELECT 1 FROM places p WHERE p.key = c.key)), 0) FROM (SELECT s.key AS key FROM ${from} ${where}) c`).raw().all(...parameters)[0]);
    return { stories, placed };
  }

  hours(filter: StoryFilter): readonly HourCount[] {
    const { from, where, parameters } = chosen(filter, null);
    return z.array(z.tuple([z.int(), z.int()])).parse(this.#database.prepare(
      `SELECT ${HOUR_OF_KEY} AS hour, count(*) FROM (SELECT s.key AS key FROM ${from} ${where}) GROUP BY hour ORDER BY hour`).raw().all(...parameters))
      .map(([hour, stories]) => ({ hour: hour * HOUR_MS, stories }));
  }

  size(): StoreSize {
    const bytes = (this.#number('PRAGMA page_count') - this.#number('PRAGMA freelist_count')) * this.#number('PRAGMA page_size');
    const oldest = z.int().optional().parse(this.#database.prepare('SELECT arrived FROM versions ORDER BY seq LIMIT 1').pluck().all()[0]);
    const counter = (name: string): number => this.#number(`SELECT value FROM counters WHERE name = '${name}'`);
    return { stories: counter('stories'), versions: counter('versions'), bytes, oldest: oldest ?? null };
  }

  #all(sql: string, parameters: readonly (string | number)[]): unknown[] {
    return this.#database.prepare(sql).all(...parameters);
  }

  #number(sql: string): number {
    return z.int().parse(this.#database.prepare(sql).pluck().all()[0]);
  }

  close(): void {
    this.#database.close();
  }
}
