import { setTimeout as sleep } from 'node:timers/promises'

import { sql, type SQL } from 'drizzle-orm'
import PgBoss from 'pg-boss'

import type { Database, OpenDatabase } from '#platform/db/database.ts'

type SendOptions = {
  /** Earliest time of the job. */
  at?: Date
  /** Only one waiting job per key is kept. */
  key?: string
  /** A transaction to send in: the job exists only once that commits. */
  within?: Database
}

/** Jobs that outlive the process, kept in the same database as everything else. */
export type Queue = {
  send: (name: string, data: object, options?: SendOptions) => Promise<void>
  /** Processes one kind of job, one at a time. A job whose handler throws is tried again. */
  work: (name: string, handler: (data: object) => Promise<void>) => Promise<void>
  /**
   * Repeats something, each turn in one of the processes that share the database. The next turn is
   * ordered before this one can fail. `wake` adds a turn at once.
   */
  every: (name: string, recurring: Recurring) => Promise<{ wake: () => Promise<void> }>
  stop: () => Promise<void>
}

type Recurring = {
  /** Milliseconds until the next turn; `undefined` to rest until woken. */
  pause: () => Promise<number | undefined>
  act: () => Promise<unknown>
}

type QueueOptions = Pick<OpenDatabase, 'db' | 'runScript' | 'alone'> & {
  /** Every kind of job. */
  names: readonly string[]
  onError: (error: unknown) => void
}

const POLLING_MS = 500

/** Jobs at work when the process ends have this long, then they are left to the next one. */
const STOPPING_MS = 5_000

const PULL_BACK_EVERY_MS = 60_000

/** pg-boss on either engine, behind the three methods that Hookdesk needs. */
export async function openQueue(options: QueueOptions): Promise<Queue> {
  const { db, runScript, alone, names, onError } = options
  const boss = new PgBoss({
    db: { executeSql: (text, values) => executeOn(db, runScript, text, values) },
    // no job follows a calendar
    schedule: false,
    archiveCompletedAfterSeconds: 60,
    deleteAfterMinutes: 10,
  })
  boss.on('error', onError)
  // pg-boss takes no lock: if two processes start on an empty database at once, one dies
  await alone(async () => {
    await boss.start()
    // in advance: PGlite has one connection, and a sender may be in the middle of a transaction
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

  const stopping = new AbortController()
  const atWork = new Map<string, string>()
  const workers: Promise<void>[] = []

  // not by `boss.work`, which does not wait for the note that a job is done: if the database goes
  // away in that moment, nobody handles the rejection, and the process ends
  async function workOn(name: string, handler: (data: object) => Promise<void>) {
    while (!stopping.signal.aborted) {
      const started = Date.now()
      try {
        const [job] = await boss.fetch<object>(name)
        if (job) await perform(name, job, handler)
      } catch (error) {
        onError(error)
      }
      const pause = POLLING_MS - (Date.now() - started)
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => {})
    }
  }

  async function perform(name: string, job: Job, handler: (data: object) => Promise<void>) {
    atWork.set(job.id, name)
    try {
      await handler(job.data)
    } catch (error) {
      return await boss.fail(name, job.id, asObject(error))
    } finally {
      atWork.delete(job.id)
    }
    await boss.complete(name, job.id)
  }

  const work: Queue['work'] = (name, handler) => {
    workers.push(workOn(name, handler))
    return Promise.resolve()
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
      // in addition to the next turn, which may be far off
      return { wake: () => send(name, {}, { key: 'now' }) }
    },
    async stop() {
      clearInterval(pulling)
      stopping.abort()
      await Promise.race([Promise.all(workers), sleep(STOPPING_MS, undefined, { ref: false })])
      for (const [id, name] of atWork) await boss.fail(name, id).catch(onError)
      await boss.stop({ graceful: false, close: false })
    },
  }
}

type Job = { id: string; data: object }

/** An error as pg-boss keeps it, beside the job. */
const asObject = (error: unknown): object =>
  error instanceof Error
    ? { message: error.message, stack: error.stack }
    : { message: String(error) }

/**
 * Moves jobs forward after the database's clock was set back. A job noted while the clock was ahead
 * comes as long from now as it was due from then; otherwise it would block the next job with its
 * key.
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
  // pg-boss's migrations are scripts, which answer with one result per statement
  return rowsOf(runScript(text))
}

/** The rows of an answer, in one form for both engines; for a script, those of its last result. */
async function rowsOf(running: PromiseLike<unknown>): Promise<Rows> {
  const results = await running
  const last: unknown = Array.isArray(results) ? results.at(-1) : results
  return hasRows(last) ? last : { rows: [] }
}

const hasRows = (result: unknown): result is Rows =>
  typeof result === 'object' && result !== null && 'rows' in result && Array.isArray(result.rows)

/** Turns a statement with `$1`, `$2` … into Drizzle's SQL. */
function statement(text: string, values: unknown[]): SQL {
  const chunks = text
    .split(/\$(\d+)/)
    // every second part is the number of a value; an array is one value, not a list
    .map((part, at) => (at % 2 === 0 ? sql.raw(part) : sql.param(values[Number(part) - 1])))
  return sql.join(chunks)
}
