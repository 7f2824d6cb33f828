import type Database from 'libsql';
import { deflateRawSync } from 'node:zlib';
import { z } from 'zod';
import { indexWords } from './index-words.js';
import { mark } from './match.js';
import { keyOf, newsTime, nextKey } from './news-time.js';
import { storedFields, type StoredFields } from './stored-fields.js';

export interface StoreBounds {
  /** Milliseconds since a version came. */
  readonly age: number;
  readonly count: number;
  /** Bytes in use on the disk. */
  readonly bytes: number;
}

/** A story version on its way into the store. */
export interface IncomingVersion {
  readonly id: string;
  readonly version: number;
  readonly json: string;
}

const LEAD = 280;
/** Characters of a text that it is found by: a book's worth of news. */
const MOST_INDEXED = 60_000;
/** Versions taken out at a time: a step of some milliseconds. */
const PRUNE_STEP = 200;

const row = { seq: z.int(), key: z.int(), version: z.int(), at: z.int() };

/** Everything that changes the file; each method is one transaction. */
export class StoryWriter {
  readonly #database: Database.Database;
  readonly #put: (versions: readonly IncomingVersion[], now: number) => void;
  readonly #prune: (bounds: StoreBounds, now: number) => number;
  readonly #release: (now: number) => void;

  constructor(database: Database.Database) {
    this.#database = database;
    const put = preparePut(database);
    const drop = prepareDrop(database);
    const release = prepareRelease(database);
    this.#put = (versions, now) => {
      const read = versions.map((version) => ({ version, fields: storedFields.parse(JSON.parse(version.json)) }))
        .map((entry) => ({ ...entry, at: newsTime(entry.fields, now) }))
        // In the order of their keys the words of one batch make one segment of the index.
        .sort((left, right) => left.at - right.at);
      database.transaction(() => {
        for (const { version, fields, at } of read) put(version, fields, at, now);
        release(now);
      }).immediate();
    };
    this.#release = (now) => database.transaction(() => release(now)).immediate();
    this.#prune = (bounds, now) => {
      const due = oldestOutside(database, bounds, now);
      if (due.length > 0) database.transaction(() => due.forEach(drop)).immediate();
      return due.length;
    };
  }

  /** Adds versions; one that is there stays as it is. */
  put(versions: readonly IncomingVersion[], now: number): void {
    this.#put(versions, now);
  }

  /** Gives out what an embargo no longer holds back. */
  release(now: number): void {
    this.#release(now);
  }

  /** Takes out the oldest versions beyond the bounds, a step of them. Gives how many; 0: all is within. */
  prune(bounds: StoreBounds, now: number): number {
    return this.#prune(bounds, now);
  }

  close(): void {
    this.#database.close();
  }
}

function preparePut(database: Database.Database): (incoming: IncomingVersion, fields: StoredFields, at: number, now: number) => void {
  const addVersion = database.prepare('INSERT OR IGNORE INTO versions (id, version, arrived, embargo, record) VALUES (?, ?, ?, ?, ?)');
  const known = database.prepare('SELECT key, version, seq, at FROM stories WHERE id = ?');
  const taken = database.prepare('SELECT 1 FROM stories WHERE key = ?');
  const addStory = database.prepare(`INSERT OR REPLACE INTO stories (key, id, seq, version, at, arrived, status, headline, lead, kicker, source,
    source_name, url, language, direction, agency, dateline, countries, cluster, duplicate_of, embargo)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const dropPlaces = database.prepare('DELETE FROM places WHERE key = ?');
  const addPlace = database.prepare('INSERT OR IGNORE INTO places (key, name, country) VALUES (?, ?, ?)');
  const dropWords = database.prepare('DELETE FROM words WHERE rowid = ?');
  const addWords = database.prepare('INSERT INTO words (rowid, headline, body, place, scope) VALUES (?, ?, ?, ?, ?)');
  const count = database.prepare('UPDATE counters SET value = value + 1 WHERE name = ?');

  return ({ id, version, json }, fields, at, now) => {
    const embargo = fields.embargoedUntil === undefined ? null : Date.parse(fields.embargoedUntil);
    const { changes, lastInsertRowid } = addVersion.run(id, version, now, embargo, deflateRawSync(json, { level: 4 }));
    if (changes === 0) return;
    count.run('versions');
    const before = z.object(row).nullable().parse(known.get(id) ?? null);
    // An older version may come later, from a delivery that was tried again.
    if (before !== null && before.version > version) return;
    // A story keeps its place in time whatever a later version says.
    let key = before?.key ?? keyOf(at, id);
    if (before === null) {
      while (taken.get(key) !== undefined) key = nextKey(key);
      count.run('stories');
    } else {
      dropWords.run(key);
      dropPlaces.run(key);
    }
    const places = fields.dateline?.places ?? [];
    const countries = [...new Set(places.flatMap(({ countryCode }) => countryCode ?? []))];
    const agency = fields.dateline?.agency?.id ?? null;
    addStory.run(
      key, id, Number(lastInsertRowid), version, before?.at ?? at, now, fields.status, fields.headline, leadOf(fields), fields.kicker, fields.source.id,
      fields.source.name, fields.url, fields.language.tag, fields.direction, agency, fields.dateline?.raw ?? null, countries.join(','),
      fields.cluster ?? null, fields.duplicateOf ?? null, embargo,
    );
    for (const place of places) addPlace.run(key, place.englishName ?? place.name, place.countryCode ?? '');
    addWords.run(key, ...wordsOf(fields, countries, agency));
  };
}

function leadOf({ summary, body }: StoredFields): string {
  const text = summary ?? body.text;
  return Array.from(text.slice(0, 2 * LEAD)).slice(0, LEAD).join('').replace(/\s+/gu, ' ').trim();
}

/** The columns of the index of words. */
function wordsOf(fields: StoredFields, countries: readonly string[], agency: string | null): string[] {
  const { headline, kicker, summary, bylines, body, dateline, language } = fields;
  const places = (dateline?.places ?? []).flatMap(({ name, englishName, admin }) => [name, englishName ?? '', admin ?? '']);
  const [primary = ''] = language.tag.split('-', 1);
  const scope = [
    mark.every, mark.source(fields.source.id), mark.status(fields.status),
    ...new Set([mark.language(language.tag), mark.language(primary)]),
    ...(agency === null ? [] : [mark.agency(agency)]), ...countries.map(mark.country),
  ];
  const words = (...texts: readonly (string | null)[]): string => indexWords(texts.filter((text) => text !== null).join('\n').slice(0, MOST_INDEXED)).join(' ');
  return [words(kicker, headline), words(summary, ...bylines, body.text), words(...places), scope.join(' ')];
}

/** Numbers the versions that may be given out, in the order in which they may. */
function prepareRelease(database: Database.Database): (now: number) => void {
  const next = database.prepare('SELECT value FROM counters WHERE name = \'position\'').pluck();
  const due = database.prepare(`SELECT seq FROM versions WHERE position IS NULL AND embargo IS NULL
    UNION ALL SELECT seq FROM versions WHERE position IS NULL AND embargo <= ? ORDER BY seq`).pluck();
  const number = database.prepare('UPDATE versions SET position = ? WHERE seq = ?');
  const keep = database.prepare('UPDATE counters SET value = ? WHERE name = \'position\'');
  return (now) => {
    const held = z.array(z.int()).parse(due.all(now));
    if (held.length === 0) return;
    let position = z.int().parse(next.all()[0]);
    for (const seq of held) number.run(++position, seq);
    keep.run(position);
  };
}

interface Outside {
  readonly seq: number;
  readonly id: string;
}

const outside = z.array(z.object({ seq: z.int(), id: z.string() }));

/** The oldest versions beyond the bounds, at most a step. */
function oldestOutside(database: Database.Database, { age, count, bytes }: StoreBounds, now: number): readonly Outside[] {
  const number = (sql: string): number => z.int().parse(database.prepare(sql).pluck().all()[0]);
  const versions = number('SELECT value FROM counters WHERE name = \'versions\'');
  const tooMany = Math.max(0, versions - count);
  const used = (number('PRAGMA page_count') - number('PRAGMA freelist_count')) * number('PRAGMA page_size');
  const step = used > bytes && versions > 0 ? PRUNE_STEP : Math.min(PRUNE_STEP, tooMany);
  const oldest = database.prepare('SELECT seq, id FROM versions ORDER BY seq LIMIT ?');
  if (step > 0) return outside.parse(oldest.all(step));
  return outside.parse(database.prepare('SELECT seq, id FROM (SELECT seq, id, arrived FROM versions ORDER BY seq LIMIT ?) WHERE arrived < ?').all(PRUNE_STEP, now - age));
}

/** Takes a version out; with the newest one its story and what is left of it goes. */
function prepareDrop(database: Database.Database): (version: Outside) => void {
  const newest = database.prepare('SELECT key, version, seq, at FROM stories WHERE id = ?');
  const dropVersion = database.prepare('DELETE FROM versions WHERE seq = ?');
  const dropVersions = database.prepare('DELETE FROM versions WHERE id = ?');
  const parts = ['DELETE FROM stories WHERE key = ?', 'DELETE FROM places WHERE key = ?', 'DELETE FROM words WHERE rowid = ?'].map((sql) => database.prepare(sql));
  const count = database.prepare('UPDATE counters SET value = value - ? WHERE name = ?');
  return ({ seq, id }) => {
    const story = z.object(row).nullable().parse(newest.get(id) ?? null);
    if (story?.seq !== seq) {
      count.run(dropVersion.run(seq).changes, 'versions');
      return;
    }
    count.run(dropVersions.run(id).changes, 'versions');
    for (const part of parts) part.run(story.key);
    count.run(1, 'stories');
  };
}
