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
  /**
   * Does something again and again, each turn in one of the processes that share the database. The
   * next turn is ordered before anything can go wrong with this one. `wake` adds one at once.
   */
  every: (name: string, recurring: Recurring) => Promise<{ wake: () => Promise<void> }>
  stop: () => Promise<void>
}

type Recurring = {
  /** In how many milliseconds the next turn is; nothing where there is none until it is woken. */
  pause: () => Promise<number | undefined>
  act: () => Promise<unknown>
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

  const send: Queue['send'] = async (name, data, { at, key, within } = {}) => {
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
  }
  const work: Queue['work'] = async (name, handler) => {
    await boss.work<object>(name, { pollingIntervalSeconds: POLLING_SECONDS }, async (jobs) => {
      for (const { data } of jobs) await handler(data)
    })
  }

  return {
    send,
    work,
    async every(name, { pause, act }) {
      const order = (ms: number) => send(name, {}, { at: new Date(Date.now() + ms), key: 'next' })
      await work(name, async () => {
        const ms = await pause()
        if (ms === undefined) return
        await order(ms)
        await act()
      })
      const ms = await pause()
      if (ms !== undefined) await order(ms)
      // beside the next turn, which may be far off
      return { wake: () => send(name, {}, { key: 'now' }) }
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
