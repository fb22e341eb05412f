import { sql, type SQL } from 'drizzle-orm'
import PgBoss from 'pg-boss'

import type { Database, OpenDatabase } from '#platform/db/database.ts'

type SendOptions = {
  /** Not before then. */
  at?: Date
  /** Of several waiting jobs with the same key, one is kept. */
  key?: string
  /** Sent with a transaction: there if that is committed, and only then. */
  within?: Database
}

/** Jobs that outlive the process, in the database that everything else is in. */
export type Queue = {
  send: (name: string, data: object, options?: SendOptions) => Promise<void>
  /** Works off one kind of job, one at a time. A job whose handler throws is tried again. */
  work: (name: string, handler: (data: object) => Promise<void>) => Promise<void>
  stop: () => Promise<void>
}

type QueueOptions = Pick<OpenDatabase, 'db' | 'runScript' | 'alone'> & {
  /** Every kind of job there is. */
  names: readonly string[]
  onError: (error: unknown) => void
}

// the shortest that pg-boss allows
const POLLING_SECONDS = 0.5

const PULL_BACK_EVERY_MS = 60_000

/** pg-boss on either engine, behind the three things we ask of it. */
export async function openQueue(options: QueueOptions): Promise<Queue> {
  const { db, runScript, alone, names, onError } = options
  const boss = new PgBoss({
    db: { executeSql: (text, values) => executeOn(db, runScript, text, values) },
    // nothing runs by the calendar
    schedule: false,
    archiveCompletedAfterSeconds: 60,
    deleteAfterMinutes: 10,
  })
  boss.on('error', onError)
  // it has no lock of its own: of two processes that start at once on an empty database one dies
  await alone(async () => {
    await boss.start()
    // beforehand: PGlite has one connection, and a sender may be in the middle of a transaction
    for (const name of names) {
      await boss.createQueue(name, { name, policy: 'short', retryLimit: 20 })
    }
  })

  await alone(() => pullBack(db))
  const pulling = setInterval(() => void pullBack(db).catch(onError), PULL_BACK_EVERY_MS)
  pulling.unref()

  return {
    async send(name, data, { at, key, within } = {}) {
      await boss.send({
        name,
        data,
        options: {
          ...(at && { startAfter: at }),
          singletonKey: key ?? crypto.randomUUID(),
          ...(within && {
            db: { executeSql: (text, values) => rowsOf(within.execute(statement(text, values))) },
          }),
        },
      })
    },
    async work(name, handler) {
      await boss.work<object>(name, { pollingIntervalSeconds: POLLING_SECONDS }, async (jobs) => {
        for (const { data } of jobs) await handler(data)
      })
    },
    stop() {
      clearInterval(pulling)
      return boss.stop({ graceful: true, timeout: 5_000, wait: true, close: false })
    },
  }
}

/**
 * The database's clock may be set back. A job that it noted when it was ahead comes as long from now
 * as it was to come from then; else it would keep the next one with its key away, too.
 */
async function pullBack(db: Database) {
  await db.execute(sql`
    update pgboss.job set start_after = now() + (start_after - created_on), created_on = now()
    where state in ('created', 'retry') and created_on > now() + interval '1 minute'`)
}

type Rows = { rows: unknown[] }

async function executeOn(
  db: Database,
  runScript: OpenDatabase['runScript'],
  text: string,
  values: unknown[] | undefined,
): Promise<Rows> {
  if (values && values.length > 0) return rowsOf(db.execute(statement(text, values)))
  // its migrations are scripts, which answer with one result for each statement
  return rowsOf(runScript(text))
}

/** What was answered, in the one form both engines have for it; of a script, its last result. */
async function rowsOf(running: PromiseLike<unknown>): Promise<Rows> {
  const results = await running
  const last: unknown = Array.isArray(results) ? results.at(-1) : results
  return hasRows(last) ? last : { rows: [] }
}

const hasRows = (result: unknown): result is Rows =>
  typeof result === 'object' && result !== null && 'rows' in result && Array.isArray(result.rows)

/** A statement with `$1`, `$2` … in it, as Drizzle takes it. */
function statement(text: string, values: unknown[]): SQL {
  const chunks = text
    .split(/\$(\d+)/)
    // every second part is the number of a value; an array is one value, not a list
    .map((part, at) => (at % 2 === 0 ? sql.raw(part) : sql.param(values[Number(part) - 1])))
  return sql.join(chunks)
}
