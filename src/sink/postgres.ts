import type { Pool, PoolClient } from 'pg';
import type { PostgresSettings } from '../config/index.js';
import { failed, giveUp, misconfigured, ok, retryLater, type Fault, type Outcome } from '../fault.js';
import type { Sink, SinkStory } from './contract.js';
import { Gather, wholeOrEach } from './gather.js';
import { OpenedOnce } from './opened-once.js';
import { COLUMNS, rowOf } from './postgres-row.js';
import { MIGRATIONS } from './postgres-schema.js';
import { revealed } from './secret.js';

const CONNECTIONS = 2;

/**
 * One row a story version in a table that Dateline makes and keeps in shape; the view beside it shows the newest versions.
 * A version that comes again changes nothing.
 */
export function postgresSink(name: string, { url, table }: PostgresSettings, bounds: { readonly batch: number; readonly timeoutMs: number }): Sink {
  const client = new OpenedOnce(open, (pool: Pool) => pool.end());

  async function open(): Promise<Outcome<Pool>> {
    const connectionString = revealed(url, `the address of ${name}`);
    if (!connectionString.ok) return connectionString;
    // Loaded when it is needed: most starts have no such sink.
    const { default: pg } = await import('pg');
    let pool: Pool;
    try {
      pool = new pg.Pool({
        connectionString: connectionString.value, max: CONNECTIONS, application_name: 'dateline', connectionTimeoutMillis: bounds.timeoutMs,
        query_timeout: bounds.timeoutMs, statement_timeout: bounds.timeoutMs, keepAlive: true, idleTimeoutMillis: 60_000,
      });
    } catch {
      // The words of the parser would show the address, password and all.
      return failed(misconfigured({ code: 'sink-address', message: `the address of ${name} cannot be read`, hint: 'It looks like postgres://user:password@host:5432/database.' }));
    }
    // A connection that breaks while idle is replaced; unheard, its error would end the process.
    pool.on('error', () => undefined);
    try {
      await migrate(pool, table);
      return ok(pool);
    } catch (error) {
      await pool.end().catch(() => undefined);
      return failed(databaseFault(name, error));
    }
  }

  async function insert(stories: readonly SinkStory[]): Promise<Outcome<void>> {
    const pool = await client.ready();
    if (!pool.ok) return pool;
    const rows = stories.map((_, row) => `(${COLUMNS.map((__, column) => `$${row * COLUMNS.length + column + 1}`).join(', ')})`);
    try {
      await pool.value.query(
        `INSERT INTO ${table} (${COLUMNS.join(', ')}) VALUES ${rows.join(', ')} ON CONFLICT (id, version) DO NOTHING`, stories.flatMap(rowOf),
      );
      return ok(undefined);
    } catch (error) {
      return failed(databaseFault(name, error));
    }
  }

  const gather = new Gather(bounds.batch, wholeOrEach(insert));
  return {
    name,
    where: `PostgreSQL table ${table}`,
    async begin() {
      const opened = await client.ready();
      return opened.ok ? ok('') : opened;
    },
    deliver: ({ stories }) => gather.deliver(stories),
    async check() {
      const opened = await client.ready();
      if (!opened.ok) return opened;
      try {
        const { rows } = await opened.value.query<{ version: string; stories: string }>(`SELECT current_setting('server_version') AS version, count(*) AS stories FROM ${table}`);
        return ok(`PostgreSQL ${rows[0]?.version ?? '?'}, ${rows[0]?.stories ?? 0} rows`);
      } catch (error) {
        return failed(databaseFault(name, error));
      }
    },
    close: () => client.close(),
  };
}

/** Brings the tables to the newest step; processes that come at the same time wait for one another. */
async function migrate(pool: Pool, table: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`dateline ${table}`]);
    await client.query(`CREATE TABLE IF NOT EXISTS ${table}_migrations (step integer PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())`);
    await runSteps(client, table);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

async function runSteps(client: PoolClient, table: string): Promise<void> {
  const { rows } = await client.query<{ done: number | null }>(`SELECT max(step) AS done FROM ${table}_migrations`);
  for (const [at, sql] of MIGRATIONS.entries()) {
    const step = at + 1;
    if (step <= (rows[0]?.done ?? 0)) continue;
    await client.query(sql.replaceAll('$table', table));
    await client.query(`INSERT INTO ${table}_migrations (step) VALUES ($1)`, [step]);
  }
}

/** Classes of SQLSTATE (PostgreSQL's appendix A) by what they mean for a delivery; any other, and none, may pass. */
const STORY = /^(?:22|23|54)/;
const PERSON = /^(?:28|3D|3F|42|0A)/;

/** Only class and code are told: the server's words may quote the story, and the client's the address. */
export function databaseFault(name: string, error: unknown): Fault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const shown = /^[A-Z0-9_]{3,40}$/.test(code) ? ` (${code})` : '';
  if (code.length === 5 && STORY.test(code)) return giveUp({ code: 'story-refused', message: `${name} refuses the story${shown}` });
  if (code.length === 5 && PERSON.test(code)) {
    return misconfigured({ code: 'sink-refused', message: `${name} refuses to be used so${shown}`, hint: 'Look after user, password, database and rights; its stories wait.' });
  }
  return retryLater({ code: 'sink-unreachable', message: `${name} cannot be reached or is not ready${shown}` });
}
