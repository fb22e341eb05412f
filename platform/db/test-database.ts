import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'

import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { inject } from 'vitest'

import type { OpenDatabase } from './database.ts'
import { openOver, SETTINGS } from './pglite.ts'
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
 * An empty, migrated database for one test, on the engine of this run: PGlite in memory, or a
 * database of its own on a real PostgreSQL server.
 */
export const openTestDatabase = (): Promise<OpenDatabase> =>
  inject('engine') === 'postgresql'
    ? openOwnPostgresDatabase(inject('postgresUrl'))
    : openEmptyPglite()

type Kept = { client: PGlite; columns: unknown }

/** Databases of this worker that no test uses: to start one costs more than most tests. */
const idle: Kept[] = []

async function openEmptyPglite(): Promise<OpenDatabase> {
  const kept = (await emptied(idle.pop())) ?? (await startPglite())
  let isClosed = false
  // what a test leaves behind must fail, as it would at a closed database, not write into the next
  const lent = new Proxy(kept.client, {
    get(client, name) {
      if (isClosed) throw new Error('PGlite is closed')
      const value: unknown = Reflect.get(client, name)
      return typeof value === 'function' ? value.bind(client) : value
    },
  })
  return openOver(lent, () => {
    if (!isClosed) idle.push(kept)
    isClosed = true
    return Promise.resolve()
  })
}

async function startPglite(): Promise<Kept> {
  const client = await PGlite.create({
    startParams: [...PGlite.defaultStartParams, ...SETTINGS],
    loadDataDir: new Blob([await readFile(inject('templateFile'))]),
  })
  return { client, columns: await columnsOf(client) }
}

/** Deletes everything that a test wrote; `undefined` if the test left other tables. */
async function emptied(kept: Kept | undefined): Promise<Kept | undefined> {
  if (!kept) return undefined
  await kept.client.exec(EMPTY)
  if ((await columnsOf(kept.client)) === kept.columns) return kept
  await kept.client.close()
  return undefined
}

// to delete a few rows takes a third of the time of `truncate`, which makes new files
const EMPTY = `
  drop schema if exists pgboss cascade;
  set session_replication_role = replica;
  do $$ declare name text; begin
    for name in
      select format('%I.%I', table_schema, table_name) from information_schema.tables
      where table_type = 'BASE TABLE' and table_name not like '%\\_migrations'
      and table_schema not in ('pg_catalog', 'information_schema')
    loop execute 'delete from ' || name; end loop;
    for name in
      select format('%I.%I alter column %I', table_schema, table_name, column_name)
      from information_schema.columns where is_identity = 'YES'
    loop execute 'alter table ' || name || ' restart'; end loop;
    for name in select format('%I.%I', sequence_schema, sequence_name)
      from information_schema.sequences where sequence_name not like '%\\_migrations%'
    loop execute 'alter sequence ' || name || ' restart'; end loop;
  end $$;
  reset all;`

async function columnsOf(client: PGlite): Promise<unknown> {
  const { rows } = await client.query(`
    select table_schema, table_name, column_name, data_type from information_schema.columns
    where table_schema not in ('pg_catalog', 'information_schema') order by 1, 2, 3`)
  return JSON.stringify(rows)
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
