import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'

import type { OpenDatabase } from './database.ts'
import { migrate } from './migrate.ts'

/** Any number; that of Hookdesk in every database it shares with others. */
const SET_UP_LOCK = 734115

/** PostgreSQL, brought up to the newest migration. Any number of processes may share it. */
export async function openPostgres(url: string): Promise<OpenDatabase> {
  const pool = new pg.Pool({ connectionString: url, max: 10 })
  // an idle connection that dies must not take the process with it; the next query reconnects
  pool.on('error', () => {})

  await locked(url, (client) => {
    const db = drizzle(client)
    return migrate(db, (config) => runMigrations(db, config))
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
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [SET_UP_LOCK])
    return await work(client)
  } finally {
    // gives the lock back, too
    await client.end()
  }
}
