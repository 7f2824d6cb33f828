import Database from 'libsql';

/** Version of the tables; a file of another one is put aside, for the stories in it are copies. */
export const SCHEMA_VERSION = 1;

/**
 * `versions` holds every record as it came, in the order of coming; `stories` the newest version of each, in the order of news
 * time, which its key begins with: so every index and the words give the newest first without sorting.
 */
const TABLES = `
CREATE TABLE IF NOT EXISTS versions (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  arrived INTEGER NOT NULL,
  position INTEGER UNIQUE,
  embargo INTEGER,
  record BLOB NOT NULL,
  UNIQUE (id, version)
);
CREATE INDEX IF NOT EXISTS versions_held ON versions (embargo) WHERE position IS NULL;
CREATE TABLE IF NOT EXISTS stories (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  seq INTEGER NOT NULL,
  version INTEGER NOT NULL,
  at INTEGER NOT NULL,
  arrived INTEGER NOT NULL,
  status TEXT NOT NULL,
  headline TEXT,
  lead TEXT NOT NULL,
  kicker TEXT,
  source TEXT NOT NULL,
  source_name TEXT NOT NULL,
  url TEXT NOT NULL,
  language TEXT NOT NULL,
  direction TEXT NOT NULL,
  agency TEXT,
  dateline TEXT,
  countries TEXT NOT NULL,
  cluster TEXT,
  duplicate_of TEXT,
  embargo INTEGER
);
CREATE INDEX IF NOT EXISTS stories_cluster ON stories (cluster) WHERE cluster IS NOT NULL;
CREATE INDEX IF NOT EXISTS stories_original ON stories (duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE TABLE IF NOT EXISTS places (
  key INTEGER NOT NULL,
  name TEXT NOT NULL,
  country TEXT NOT NULL,
  PRIMARY KEY (key, name, country)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT OR IGNORE INTO counters VALUES ('position', 0), ('stories', 0), ('versions', 0);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(
  headline, body, place, scope,
  content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
);
`;

/** How long a statement waits for another process that writes. */
const BUSY_MS = 10_000;
/** Bytes of the write-ahead log that are kept after it was worked in. */
const LOG_BYTES = 8 << 20;
const CACHE_KB = 16_384;

/** Opens the file and makes its tables where they are missing. Throws what SQLite throws. */
export function openDatabase(path: string): Database.Database {
  const database = new Database(path, { timeout: BUSY_MS });
  database.pragma('journal_mode = WAL');
  // A crash of the process loses nothing; one of the machine the last moments, which the sinks that are for keeping have.
  database.pragma('synchronous = NORMAL');
  database.pragma(`journal_size_limit = ${LOG_BYTES}`);
  database.pragma(`cache_size = -${CACHE_KB}`);
  database.transaction(() => {
    database.exec(TABLES);
    database.pragma(`user_version = ${SCHEMA_VERSION}`);
  }).immediate();
  return database;
}

/** Version of the tables of an open file; 0 of an empty one. */
export function schemaVersion(path: string): number {
  const database = new Database(path, { timeout: BUSY_MS });
  try {
    return Number(database.prepare('PRAGMA user_version').pluck().all()[0]);
  } finally {
    database.close();
  }
}
