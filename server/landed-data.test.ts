import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { PGlite } from '@electric-sql/pglite'
import { eq, sql } from 'drizzle-orm'
import pg from 'pg'
import { beforeAll, expect, inject, test } from 'vitest'
import * as z from 'zod/mini'

import { titleOf } from '#contract/desk/run-title.ts'
import type { Database, OpenDatabase } from '#platform/db/database.ts'
import { NewerDatabase, type Migrations } from '#platform/db/migrate.ts'
import { openPglite } from '#platform/db/pglite.ts'
import { openPostgres } from '#platform/db/postgres.ts'
import { openTestDatabase } from '#platform/db/test-database.ts'
import { ALL_MIGRATIONS } from '#platform/db/test-migrations.ts'
import { openQueue } from '#platform/queue/queue.ts'
import { webhooks } from '#sandbox/db/tables.ts'
import { changes, runs } from '#server/db/tables.ts'
import { sessions } from '#server/session/tables.ts'

import { DESK_MIGRATIONS } from './db/migrations.ts'

const folder = fileURLToPath(new URL('./db/samples/', import.meta.url))
const samples = readdirSync(folder)

const scriptOf = (sample: string) => gunzipSync(readFileSync(path.join(folder, sample))).toString()

/** The beginning of a dump of an empty database; the template has the schemas already. */
const EMPTY = 'drop schema desk cascade; drop schema sandbox cascade; drop schema drizzle cascade;'

type Left = {
  open: (programs?: readonly Migrations[]) => Promise<OpenDatabase>
  remove: () => void
}

/** A database as an earlier version left it: a data folder, or one on the PostgreSQL server. */
async function leave(script: string): Promise<Left> {
  if (inject('engine') === 'postgresql') return leaveOnPostgres(script)

  const dataDir = mkdtempSync(path.join(tmpdir(), 'hookdesk-landed-'))
  const client = await PGlite.create({
    dataDir: path.join(dataDir, 'pgdata'),
    loadDataDir: new Blob([await readFile(inject('templateFile'))]),
  })
  await client.exec(EMPTY + script)
  await client.close()
  return {
    open: (programs = ALL_MIGRATIONS) => openPglite(dataDir, programs),
    remove: () => rmSync(dataDir, { recursive: true, force: true }),
  }
}

async function leaveOnPostgres(script: string): Promise<Left> {
  const url = new URL(inject('postgresUrl'))
  const run = async (text: string) => {
    const client = new pg.Client({ connectionString: url.href })
    await client.connect()
    await client.query(text)
    await client.end()
  }
  const name = `landed_${randomUUID().replaceAll('-', '')}`
  await run(`create database ${name} template template0 locale 'C' encoding 'UTF8'`)
  url.pathname = name
  await run(script)
  return {
    open: (programs = ALL_MIGRATIONS) => openPostgres(url.href, programs),
    remove: () => {},
  }
}

const resultSchema = z.object({ rows: z.array(z.record(z.string(), z.unknown())) })

/** Every column and index, and the migrations that were run, according to the engine. */
async function shapeOf(db: Database) {
  const isOurs = sql`in ('desk', 'sandbox')`
  const columns = await db.execute(sql`
    select table_schema, table_name, column_name, data_type, is_nullable, column_default
    from information_schema.columns where table_schema ${isOurs} order by 1, 2, 3`)
  const indexes = await db.execute(sql`
    select schemaname, tablename, indexdef from pg_indexes where schemaname ${isOurs} order by 3`)
  const logs = await db.execute(sql`
    select 'desk' as of, hash, created_at::text from desk.__migrations
    union all select 'sandbox', hash, created_at::text from sandbox.__migrations order by 1, 3`)
  return [columns, indexes, logs].map((result) => z.parse(resultSchema, result).rows)
}

let shapeOfToday: Awaited<ReturnType<typeof shapeOf>>
beforeAll(async () => {
  const { db, close } = await openTestDatabase()
  shapeOfToday = await shapeOf(db)
  await close()
})

test.each(samples)(
  "the data of %s opens with its rows, and has today's tables",
  async (sample) => {
    const left = await leave(scriptOf(sample))
    const database = await left.open()
    const { db } = database
    expect(await shapeOf(db)).toEqual(shapeOfToday)

    const [kept] = await db
      .select()
      .from(webhooks)
      .where(eq(webhooks.name, 'Kept through every upgrade'))
    expect(kept).toMatchObject({
      active: false,
      description: 'Kept',
      url: expect.stringMatching(/kept$/),
    })
    const history = await db
      .select()
      .from(changes)
      .where(eq(changes.webhookId, kept?.id ?? 0))
    expect(history.map(({ kind }) => kind)).toEqual(['create', 'change'])
    expect(await db.select().from(sessions)).toHaveLength(1)
    // runs came with the third migration
    const hasRuns = !/^000[01]_/.test(sample)
    const proposed = await db.select({ what: runs.what, title: runs.title }).from(runs)
    // their titles were words, up to the first migration of the desk alone
    const title = /^desk-(?!0000)/.test(sample)
      ? { act: 'import', file: 'Kept through every upgrade' }
      : { act: 'other', text: 'Kept through every upgrade' }
    expect(proposed.map(titleOf)).toEqual(hasRuns ? [title] : [])

    // the queue of the earlier version is taken over, too
    const onError = (error: unknown) => expect.fail(String(error))
    const queue = await openQueue({ ...database, names: ['run'], onError })
    await queue.send('run', {})
    await queue.stop()
    await database.close()
    left.remove()
  },
  120_000,
)

const LOGS = ['desk.__migrations', 'sandbox.__migrations', 'drizzle.__drizzle_migrations']

test.each(LOGS)(
  'data with a later migration in %s is refused in one line, and left unchanged',
  async (log) => {
    const left = await leave(scriptOf(samples.at(-1) ?? ''))
    const before = await left.open()
    const later = sql`(hash, created_at) values ('of tomorrow', 99999999999999)`
    await before.db.execute(sql`insert into ${sql.raw(log)} ${later}`)
    await before.close()
    await expect(left.open()).rejects.toThrow(NewerDatabase)
    // and once more: the refused attempt holds nothing open
    await expect(left.open()).rejects.toThrow(NewerDatabase)
    left.remove()
  },
  120_000,
)

const schemasOf = async (db: Database) => {
  const found = await db.execute(sql`select distinct schemaname from pg_tables order by 1`)
  return z.parse(resultSchema, found).rows.map(({ schemaname }) => schemaname)
}

test('a desk of a real Nexudus creates no sandbox tables, and a sandbox adds them later', async () => {
  const left = await leave('')
  const desk = await left.open([DESK_MIGRATIONS])
  expect(await schemasOf(desk.db)).toContain('desk')
  expect(await schemasOf(desk.db)).not.toContain('sandbox')
  await desk.close()

  const both = await left.open()
  expect(await shapeOf(both.db)).toEqual(shapeOfToday)
  await both.close()
  left.remove()
}, 120_000)

test('a desk of a real Nexudus continues with earlier sandbox tables, and without them', async () => {
  const left = await leave(scriptOf('0006_business-settings.sql.gz'))
  const desk = await left.open([DESK_MIGRATIONS])
  expect(await schemasOf(desk.db)).toContain('sandbox')
  // as docs/upgrades.md says
  await desk.db.execute(sql`drop schema sandbox cascade`)
  await desk.close()

  const again = await left.open([DESK_MIGRATIONS])
  expect(await again.db.select().from(sessions)).toHaveLength(1)
  expect(await schemasOf(again.db)).not.toContain('sandbox')
  await again.close()

  const both = await left.open()
  expect(await shapeOf(both.db)).toEqual(shapeOfToday)
  await both.close()
  left.remove()
}, 120_000)
