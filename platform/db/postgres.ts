import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'

import { CannotOpen } from './cannot-open.ts'
import type { OpenDatabase } from './database.ts'
import { migrate, type Migrations } from './migrate.ts'

/** Any number; that of Hookdesk in every database it shares with others. */
const SET_UP_LOCK = 734115

/**
 * So that a database that is away, or a statement that does not end, is a failure and not a wait.
 * Nothing here takes a second; a lock that another holds is waited for that long.
 */
const LIMITS: pg.PoolConfig = {
  max: 10,
  keepAlive: true,
  // a connection that is free is waited for as well, and on a busy machine that takes seconds
  connectionTimeoutMillis: 15_000,
  statement_timeout: 15_000,
  // where not even the refusal of a statement comes back
  query_timeout: 20_000,
  idle_in_transaction_session_timeout: 30_000,
}

/** PostgreSQL, brought up to the newest migration. Any number of processes may share it. */
export async function openPostgres(
  url: string,
  programs: readonly Migrations[],
): Promise<OpenDatabase> {
  const pool = new pg.Pool({ connectionString: url, ...LIMITS })
  // an idle connection that dies must not take the process with it; the next query reconnects
  pool.on('error', () => {})

  await locked(url, (client) => {
    const db = drizzle(client)
    return migrate(db, (config) => runMigrations(db, config), programs)
  })
  return {
    db: drizzle(pool),
    engine: 'postgresql',
    runScript: (script) => pool.query(script),
    alone: (work) => locked(url, work),
    close: () => pool.end(),
  }
}

/**
 * Several processes may start at once: the second waits here, for as long as the first takes, and
 * then finds nothing left to do.
 */
async function locked<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  // a connection of its own: how long a set-up takes, no limit on statements may say
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  await client.connect().catch((error: unknown) => {
    throw unreachable(url, error)
  })
  try {
    await client.query('select pg_advisory_lock($1)', [SET_UP_LOCK])
    return await work(client)
  } finally {
    // gives the lock back, too
    await client.end()
  }
}

/** Without the password that may be in the address. */
function unreachable(url: string, cause: unknown): CannotOpen {
  const { host } = new URL(url)
  // of a name with several addresses every one failed, and the sum of that has no words
  const { code = '', message }: NodeJS.ErrnoException =
    cause instanceof Error ? cause : new Error(String(cause))
  const reason = message || code
  return new CannotOpen(`PostgreSQL at ${host} cannot be used: ${reason}. See DATABASE_URL.`, {
    cause,
  })
}
