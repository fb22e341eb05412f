import type { Server } from 'node:http'
import type { Logger } from 'pino'

import type { DemoAccount } from '#contract/desk/desk.ts'
import type { Database, OpenDatabase } from '#platform/db/database.ts'
import { listen } from '#platform/http/listen.ts'
import { createOutbound } from '#platform/outbound/send.ts'
import type { Policy } from '#platform/outbound/target.ts'
import { openQueue, type Queue } from '#platform/queue/queue.ts'
import { DEMO_ACCOUNTS, WATCH_ACCOUNT } from '#sandbox/access/accounts.ts'
import { forgetFinished } from '#sandbox/delivery/delivery-list.ts'
import { takeBackClaims } from '#sandbox/delivery/claims.ts'
import { readDeliverySwitches } from '#sandbox/delivery/delivery-switches.ts'
import { createDispatcher } from '#sandbox/delivery/dispatcher.ts'
import { startTicker, TICK_JOB } from '#sandbox/delivery/ticker.ts'
import { seedIfEmpty, type NetworkSize } from '#sandbox/seed/seed.ts'

import { startMailBox } from '#sandbox/mail/mail-box.ts'

import { createSandbox } from './sandbox.ts'

export type SandboxSettings = {
  database: OpenDatabase
  /** The queue of the program it runs in; without one it opens its own. */
  queue?: Queue
  /** 0 picks any free port. */
  port: number
  /** Port of its mail box, 0 for any free one; without one there is no mail box. */
  mailPort?: number
  size: NetworkSize
  logger?: Pick<Logger, 'info' | 'error'>
  now?: () => Date
  /** Origin of the seeded webhooks' receivers; by default the sandbox's own port. */
  receiverOrigin?: string
  /** Limits on its deliveries, besides its own receivers. */
  policy: Policy
}

export type RunningSandbox = {
  /** The origin it listens on, e.g. `http://127.0.0.1:4401`. */
  url: string
  /** The accounts offered to people. */
  accounts: DemoAccount[]
  /** The account to watch it with. */
  watchAccount: typeof WATCH_ACCOUNT
  /** Where it takes mail, e.g. `smtp://127.0.0.1:4402`. */
  smtpUrl: string | undefined
  close: () => Promise<void>
}

const DEFAULT_PORT = 4401

/** Its passwords are public: only people on this machine may reach it. */
const LOOPBACK = '127.0.0.1'

/** In milliseconds; deliveries that are done or given up are kept for a week. */
const KEPT_MS = 7 * 24 * 3_600_000
const TIDY_EVERY_MS = 3_600_000

/** Only says when to look for due deliveries; their rows say which are due. */
const DUE_JOB = 'sandbox-due'

const TIDY_JOB = 'sandbox-tidy'

/** Kinds of job that it needs a queue for. */
export const SANDBOX_JOBS = [DUE_JOB, TICK_JOB, TIDY_JOB]

/** Seeds the network if there is none yet, listens, and sends due deliveries. */
export async function startSandbox(settings: SandboxSettings): Promise<RunningSandbox> {
  const { database, port, size, logger, now = () => new Date() } = settings
  const { db, engine } = database
  // a port that is only known later cannot be part of seeded URLs
  const receiverOrigin = settings.receiverOrigin ?? `http://localhost:${port || DEFAULT_PORT}`
  await seedIfEmpty(db, { size, now: now(), receiverOrigin })

  const onError = (error: unknown) => logger?.error({ err: error }, 'sandbox failed')
  const signals = { due: () => {}, switched: () => {} }
  const { app } = createSandbox({
    db,
    now,
    logError: onError,
    onDue: () => signals.due(),
    onSwitched: () => signals.switched(),
  })
  const { server, address } = await listen({ fetch: app.fetch, host: LOOPBACK, port })
  const mailBox =
    settings.mailPort === undefined
      ? undefined
      : await startMailBox({ db, now, host: LOOPBACK, port: settings.mailPort, onError })

  const queue = settings.queue ?? (await openQueue({ ...database, names: SANDBOX_JOBS, onError }))
  const own = { range: '127.0.0.1/32', port: address.port }
  const send = createOutbound({
    policy: { ...settings.policy, exceptions: [...settings.policy.exceptions, own] },
  })
  // the embedded database has one process, so any earlier holder of a claim is dead
  if (engine === 'pglite') await takeBackClaims(db, 'all', now())
  const dispatcher = createDispatcher({
    db,
    send,
    now,
    readSwitches: () => readDeliverySwitches(db),
    remind: (tx, times) => remind(queue, tx, times),
    onError,
  })
  signals.due = dispatcher.wake
  await queue.work(DUE_JOB, () => Promise.resolve(dispatcher.wake()))
  const ticker = await startTicker({ db, queue, now, onDue: dispatcher.wake })
  signals.switched = () => void ticker.wake().catch(onError)

  const tidy = () => forgetFinished(db, new Date(now().getTime() - KEPT_MS)).catch(onError)
  await tidy()
  await queue.every(TIDY_JOB, { pause: () => Promise.resolve(TIDY_EVERY_MS), act: tidy })

  const url = `http://${LOOPBACK}:${address.port}`
  logger?.info({ url, size }, 'sandbox listens')
  return {
    url,
    accounts: DEMO_ACCOUNTS,
    watchAccount: WATCH_ACCOUNT,
    smtpUrl: mailBox?.url,
    async close() {
      if (!settings.queue) await queue.stop()
      await dispatcher.stop()
      await mailBox?.close()
      await close(server)
    },
  }
}

async function remind(queue: Queue, tx: Database, times: readonly Date[]) {
  // rounded to seconds: of many reminders at the same second one is kept
  const seconds = new Set(times.map((at) => Math.ceil(at.getTime() / 1000)))
  for (const second of seconds) {
    await queue.send(DUE_JOB, {}, { at: new Date(second * 1000), key: String(second), within: tx })
  }
}

function close(server: Server) {
  return new Promise<void>((resolve) => {
    server.close(() => resolve())
    // a fault may hold a socket open for ever
    server.closeAllConnections()
  })
}
