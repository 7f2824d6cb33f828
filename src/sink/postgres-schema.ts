/**
 * The tables of a PostgreSQL sink, step by step; a step once released is never changed. `$table` is the table's name.
 * `left` bounds the indexed text: a tsvector holds 1 MB and refuses more.
 */
export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE $table (
    id text NOT NULL,
    version integer NOT NULL,
    status text NOT NULL,
    source text NOT NULL,
    language text NOT NULL,
    url text NOT NULL,
    headline text,
    body text NOT NULL,
    countries text[] NOT NULL,
    published_at timestamptz,
    fetched_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    document jsonb NOT NULL,
    search tsvector GENERATED ALWAYS AS (
      setweight(to_tsvector('simple', left(coalesce(headline, ''), 10000)), 'A') || setweight(to_tsvector('simple', left(body, 200000)), 'B')
    ) STORED,
    PRIMARY KEY (id, version)
  )`,
  'CREATE INDEX $table_search ON $table USING gin (search)',
  'CREATE INDEX $table_document ON $table USING gin (document jsonb_path_ops)',
  'CREATE INDEX $table_published ON $table (published_at DESC NULLS LAST)',
  'CREATE INDEX $table_source ON $table (source, fetched_at DESC)',
  'CREATE VIEW $table_latest AS SELECT DISTINCT ON (id) * FROM $table ORDER BY id, version DESC',
];
