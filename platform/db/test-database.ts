import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'

import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { inject } from 'vitest'

import type { OpenDatabase } from './database.ts'
import { openOver } from './pglite.ts'
import { openPostgres } from './postgres.ts'
import { ALL_MIGRATIONS } from './test-migrations.ts'

declare module 'vitest' {
  // Vitest's `inject` learns the types of provided values only from this declaration
  interface ProvidedContext {
    /** A migrated, empty PGlite database to start from. */
    templateFile: string
    /** A PostgreSQL server for the tests, or an empty string where none is installed. */
    postgresUrl: string
    engine: 'pglite' | 'postgresql'
  }
}

/**
 * A fresh, migrated database for one test file, on the engine of this run: PGlite in memory, or a
 * database of its own on a real PostgreSQL server.
 */
export async function openTestDatabase(): Promise<OpenDatabase> {
  if (inject('engine') === 'postgresql') return openOwnPostgresDatabase(inject('postgresUrl'))

  const client = await PGlite.create({
    loadDataDir: new Blob([await readFile(inject('templateFile'))]),
  })
  return openOver(client)
}

async function openOwnPostgresDatabase(serverUrl: string): Promise<OpenDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const admin = new pg.Client({ connectionString: serverUrl })
  await admin.connect()
  // locale C sorts as PGlite does, so that both engines answer alike
  await admin.query(`create database ${name} template template0 locale 'C' encoding 'UTF8'`)
  await admin.end()

  const url = new URL(serverUrl)
  url.pathname = name
  return openPostgres(url.href, ALL_MIGRATIONS)
}
