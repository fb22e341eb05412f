import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'

import { CannotOpen } from './cannot-open.ts'
import type { OpenDatabase } from './database.ts'
import { migrate, type Migrations } from './migrate.ts'

/** An arbitrary number: Hookdesk's advisory lock in every database that it shares. */
const SET_UP_LOCK = 734115

/**
 * Time limits that turn a database that is away, or a statement that does not end, into a failure
 * instead of a wait. No statement of Hookdesk takes a second; a lock that another process holds is
 * waited for up to these limits.
 */
const LIMITS: pg.PoolConfig = {
  max: 10,
  keepAlive: true,
  // includes the wait for a free connection, which takes seconds on a busy machine
  connectionTimeoutMillis: 15_000,
  statement_timeout: 15_000,
  // for a server that does not even report that it cancelled the statement
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
 * Several processes may start at once: the second waits here until the first is done, and then
 * finds nothing left to do.
 */
async function locked<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  // a connection of its own: set-up may take longer than any limit on statements
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  await client.connect().catch((error: unknown) => {
    throw unreachable(url, error)
  })
  try {
    await client.query('select pg_advisory_lock($1)', [SET_UP_LOCK])
    return await work(client)
  } finally {
    // this also gives the lock back
    await client.end()
  }
}

/** The error message leaves out the password that the database URL may hold. */
function unreachable(url: string, cause: unknown): CannotOpen {
  const { host } = new URL(url)
  // an AggregateError, for a name with several addresses that all failed, has no message
  const { code = '', message }: NodeJS.ErrnoException =
    cause instanceof Error ? cause : new Error(String(cause))
  const reason = message || code
  return new CannotOpen(`PostgreSQL at ${host} cannot be used: ${reason}. See DATABASE_URL.`, {
    cause,
  })
}
