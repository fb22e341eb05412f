import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

import { PGlite } from '@electric-sql/pglite'
import { drizzle as drizzleNode } from 'drizzle-orm/node-postgres'
import { migrate as migrateNode } from 'drizzle-orm/node-postgres/migrator'
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite'
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator'
import pg from 'pg'

import { lockFolder } from './folder-lock.ts'

/** The same SQL on both engines; what only one of them can do is not used. */
export type Database = PgDatabase<PgQueryResultHKT>

export type OpenDatabase = {
  db: Database
  engine: 'pglite' | 'postgresql'
  /** Runs several statements at once, which a query with values cannot. */
  runScript: (script: string) => Promise<unknown>
  close: () => Promise<void>
}

// both stand beside this file, in the source tree and in the built server alike
const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url))
const templateFile = fileURLToPath(new URL('./template.tar.gz', import.meta.url))

// PGlite's default of 128 MB costs a second at every start and buys nothing at this size
const PGLITE_SETTINGS = ['-c', 'shared_buffers=16MB']

/** PostgreSQL, brought up to the newest migration. Any number of processes may share it. */
export async function openPostgres(url: string): Promise<OpenDatabase> {
  const pool = new pg.Pool({ connectionString: url, max: 10 })
  // an idle connection that dies must not take the process with it; the next query reconnects
  pool.on('error', () => {})

  const client = await pool.connect()
  try {
    // several processes may start at once; the second waits here and finds nothing left to do
    await client.query('select pg_advisory_lock(734115)')
    await migrateNode(drizzleNode(client), { migrationsFolder })
  } finally {
    await client.query('select pg_advisory_unlock(734115)').catch(() => {})
    client.release()
  }
  return {
    db: drizzleNode(pool),
    engine: 'postgresql',
    runScript: (script) => pool.query(script),
    close: () => pool.end(),
  }
}

/**
 * PGlite in a folder of its own. Refuses a folder that another process has open: two of them
 * would corrupt it, and PGlite does not look.
 */
export async function openPglite(folder: string): Promise<OpenDatabase> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const unlock = lockFolder(folder)
  try {
    const dataDir = path.join(folder, 'pgdata')
    const client = await PGlite.create({
      dataDir,
      startParams: [...PGlite.defaultStartParams, ...PGLITE_SETTINGS],
      ...(existsSync(dataDir) ? {} : await template()),
    })
    const db = drizzlePglite(client)
    await migratePglite(db, { migrationsFolder })

    const close = () => client.close().finally(unlock)
    return { db, engine: 'pglite', runScript: (script) => client.exec(script), close }
  } catch (error) {
    unlock()
    throw error
  }
}

/** An empty, migrated database to copy: a first start takes under a second instead of five. */
async function template() {
  if (!existsSync(templateFile)) return {}
  return { loadDataDir: new Blob([await readFile(templateFile)]) }
}

/** Makes the template. Run by the build, and by the tests. */
export async function dumpTemplate(): Promise<Uint8Array> {
  const client = await PGlite.create({
    startParams: [...PGlite.defaultStartParams, ...PGLITE_SETTINGS],
  })
  await migratePglite(drizzlePglite(client), { migrationsFolder })
  const dump = await client.dumpDataDir('gzip')
  await client.close()
  return new Uint8Array(await dump.arrayBuffer())
}
