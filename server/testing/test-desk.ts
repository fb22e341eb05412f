import { eq } from 'drizzle-orm'
import type { Logger } from 'pino'

import type { ReceiverAnswer } from '#contract/desk/receiver-answers.ts'
import type { Database } from '#platform/db/database.ts'
import { openTestDatabase } from '#platform/db/test-database.ts'
import { createLog } from '#platform/http/log.ts'
import { createOutbound } from '#platform/outbound/send.ts'
import type { Policy } from '#platform/outbound/target.ts'
import { openQueue, type Queue } from '#platform/queue/queue.ts'
import { issuePair } from '#sandbox/access/tokens.ts'
import { users, webhooks } from '#sandbox/db/tables.ts'
import type { Call } from '#sandbox/faults/calls.ts'
import type { FaultKind } from '#sandbox/faults/faults.ts'
import { SANDBOX_JOBS, startSandbox, type RunningSandbox } from '#sandbox/run.ts'
import { listMails } from '#sandbox/mail/mail-store.ts'
import { listReceived } from '#sandbox/receiver/receiver-store.ts'
import type { SwitchName } from '#sandbox/wire/switches.ts'
import { NOTICE_JOB } from '#server/alerts/alerts-room.ts'
import { createMailer } from '#server/alerts/mailer.ts'
import { changes } from '#server/db/tables.ts'
import type { AccountCall } from '#server/nexudus/account.ts'
import type { Answer } from '#server/nexudus/answer.ts'
import type { Limits } from '#server/nexudus/call.ts'
import { createFetch } from '#server/nexudus/fetch.ts'
import { routeTo } from '#server/nexudus/route.ts'
import type { Fetch } from '#server/nexudus/upstream.ts'
import { PAUSE_JOB } from '#server/pauses/pauses-room.ts'
import { RECOVERY_JOB } from '#server/recovery/recovery-room.ts'
import { RUN_JOB } from '#server/runs/run-worker.ts'

import { createApp, type AppOptions } from '../app.ts'
import { createVisitor, SOURCE_HEADER, TEST_ORIGIN } from './test-visitor.ts'

export const SANDBOX_RECEIVER = 'http://localhost:4401'
const RECEIVERS = [{ range: '127.0.0.1/32', port: 4401 }]
const POLICY: Policy = { allowHttp: false, extraPorts: [], exceptions: [] }

const FAR_AWAY = new Date('2100-01-01')

export const LIFETIMES = { idleMs: 30 * 60_000, absoluteMs: 8 * 60 * 60_000 }

/** Long enough for a busy machine, and shorter than a test may take. */
const LIMITS: Limits = { firstByteMs: 5_000, totalMs: 20_000, maxBytes: 8 * 1024 * 1024 }

/** For tests of many calls at once, of which a busy machine answers the last after all others. */
export const PATIENT: Limits = { firstByteMs: 60_000, totalMs: 90_000, maxBytes: 8 * 1024 * 1024 }

export type Order = { kind: FaultKind; method?: string; path?: string; times?: number } & Record<
  string,
  unknown
>

type Fixed = 'log' | 'upstream' | 'sourceOf'
type DeskOptions = Partial<Omit<AppOptions, Fixed>> & { limits?: Limits }

/** `watches`: with the sandbox's watch account, mail through its mail box, and a recipient. */
type TestDeskOptions = DeskOptions & { watches?: boolean }

/** For desks whose test needs no background work. */
const NO_QUEUE: Queue = {
  send: () => Promise.resolve(),
  work: () => Promise.resolve(),
  every: () => Promise.resolve({ wake: () => Promise.resolve() }),
  stop: () => Promise.resolve(),
}

/** More than any test needs; the limits have tests of their own. */
const NO_LIMITS = { writesPerMinute: 1_000_000, callsPerMinute: 1_000_000 }

/**
 * A clock that stands still until a test moves it. It starts now, so that cookies are still valid.
 */
function holdClock() {
  let at = Math.floor(Date.now() / 1000) * 1000
  return {
    now: () => new Date(at),
    pass(ms: number) {
      at += ms
    },
  }
}

/** Captures everything the server logs, in its final form. */
function captureLog(): { log: Logger; logged: () => string } {
  const lines: string[] = []
  const log = createLog('trace', { write: (line: string) => lines.push(line) })
  return { log, logged: () => lines.join('') }
}

type Ground = Awaited<ReturnType<typeof openGround>>
type Nexudus = { url: string; fetch: Fetch }

async function openGround() {
  const database = await openTestDatabase()
  const { db, close } = database
  return { database, db, close, clock: holdClock(), ...captureLog() }
}

function openApp({ db, clock, log }: Ground, nexudus: Nexudus, options: DeskOptions = {}) {
  const { limits = LIMITS, ...rest } = options
  const desk = createApp({
    db,
    log,
    queue: NO_QUEUE,
    callLimits: NO_LIMITS,
    secrets: ['a secret of the tests, longer than 32'],
    origins: [TEST_ORIGIN],
    upstream: { ...nexudus, limits },
    lifetimes: LIFETIMES,
    sourceOf: (c) => c.req.header(SOURCE_HEADER) ?? 'nowhere',
    deskState: {
      sandbox: null,
      nexudus: null,
      exceptions: RECEIVERS,
      allowPrivateTargets: false,
      watches: false,
    },
    send: createOutbound({ policy: { ...POLICY, exceptions: RECEIVERS } }),
    now: clock.now,
    ...rest,
  })
  return { ...desk, visitor: (source?: string) => createVisitor(desk.app, source) }
}

function deskOn(ground: Ground, nexudus: Nexudus, options: DeskOptions) {
  const { db, clock, log, logged } = ground
  const desk = openApp(ground, nexudus, options)
  return {
    ...desk,
    db,
    clock,
    log,
    logged,
    async close() {
      await desk.stop()
      await ground.close()
    },
    /** A second process, as far as a test can have one: the two share only the database. */
    openAnother: (more: DeskOptions = {}) => openApp(ground, nexudus, { ...options, ...more }),
    history: (webhookId: number) =>
      db.select().from(changes).where(eq(changes.webhookId, webhookId)).orderBy(changes.id),
  }
}

/** The real app over a fresh database, and `fetch` as its Nexudus. */
export async function openDeskOver(fetch: Fetch, options: DeskOptions = {}) {
  return deskOn(await openGround(), { url: 'http://nexudus.test', fetch }, options)
}

/** The real app over a fresh database, and the sandbox listening on a port of its own. */
export async function openTestDesk({ watches = false, ...options }: TestDeskOptions = {}) {
  const ground = await openGround()
  const { database, db, clock } = ground
  const queue = await openQueue({
    ...database,
    names: [RUN_JOB, NOTICE_JOB, PAUSE_JOB, RECOVERY_JOB, ...SANDBOX_JOBS],
    onError: (error) => ground.log.error({ err: error }, 'the queue failed'),
  })
  const sandbox = await startSandbox({
    database,
    queue,
    port: 0,
    size: 'small',
    policy: POLICY,
    now: clock.now,
    ...(watches && { mailPort: 0 }),
    receiverOrigin: SANDBOX_RECEIVER,
  })
  const { url } = sandbox
  const nexudus: Nexudus = { url, fetch: createFetch(routeTo(url, {})) }
  const watching = watches ? watchOf(sandbox) : {}
  const desk = deskOn(ground, nexudus, { queue, ...watching, ...options })

  // a token that outlives every test's clock, and that no test's sign-in ends
  const { id: adminId } = await findAdmin(db)
  const { access_token } = await issuePair(db, adminId, 'control of the tests', FAR_AWAY)

  const headers = { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' }

  /** Calls Nexudus without the desk, as anybody with a token may. */
  async function atNexudus({ method, path, body }: Parameters<AccountCall>[0]): Promise<Answer> {
    const answer = await fetch(sandbox.url + path, { method, headers, body: body ?? null })
    const text = await answer.text()
    return { status: answer.status, text, json: text === '' ? null : JSON.parse(text) }
  }

  async function control(method: string, path: string, body?: unknown) {
    const answer = await fetch(`${sandbox.url}/sandbox${path}`, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`The sandbox refused ${path}: ${await answer.text()}`)
    return answer.json()
  }

  return {
    ...desk,
    sandboxUrl: sandbox.url,
    atNexudus,
    /** Raises an event at a location of the sandbox. */
    raise: (event: { BusinessId: number; Action: number }) => control('POST', '/events', event),
    fault: (order: Order) => control('POST', '/faults', order),
    switches: (wanted: Partial<Record<SwitchName, string>>) => control('PUT', '/switches', wanted),
    /** Calls that arrived since the last `startCounting`, by method and path. */
    async calls(): Promise<string[]> {
      const calls: Call[] = await control('GET', '/calls')
      return calls.map(({ method, path }) => `${method} ${path}`)
    },
    /** Forgets calls and faults. */
    async startCounting() {
      await Promise.all([control('DELETE', '/faults'), control('DELETE', '/calls')])
    },
    /** Changes a record without anybody's request, as Nexudus does after a delivery. */
    store: (id: number, change: Partial<typeof webhooks.$inferInsert>) =>
      db.update(webhooks).set(change).where(eq(webhooks.id, id)),
    /** A webhook that is on, has fired, and has no failures. */
    async anyWorking() {
      const without = eq(webhooks.errorCount, 0)
      const rows = await db.select().from(webhooks).where(without).orderBy(webhooks.id)
      const found = rows.find(({ active, lastTrigger }) => active && lastTrigger !== null)
      if (!found) throw new Error('No webhook works')
      return found
    },
    /** Looks once that much time has passed, and sends what is to be told. */
    async lookAndTell(after = 60_000) {
      clock.pass(after)
      await desk.look()
      await desk.sendNotices()
    },
    /** A receiver of the sandbox: what it got, newest first, and what it answers from now on. */
    receiver: (name: string) => ({
      url: `${url}/receiver/${name}`,
      answer: (answer: ReceiverAnswer) => control('PUT', `/receivers/${name}`, { answer }),
      async got() {
        const all = await listReceived(db)
        return all.filter(({ receiver }) => receiver === name)
      },
    }),
    /** Mail that arrived at the sandbox's mail box, newest first. */
    mails: () => listMails(db),
    /** The records that the sandbox really stores. */
    recordsNamed: (name: string) => db.select().from(webhooks).where(eq(webhooks.name, name)),
    async close() {
      await queue.stop()
      await desk.stop()
      await sandbox.close()
      await desk.close()
    },
  }
}

/**
 * A zone in which it is between ten and eleven now: far from nine o'clock, when people are reminded
 * of what is open, at whatever time of day the tests run.
 */
export const MID_MORNING_ZONE = zoneAt(10, new Date().getUTCHours())

function zoneAt(wanted: number, hour: number): string {
  const ahead = wanted - hour < -12 ? wanted - hour + 24 : wanted - hour
  // the signs of these names are the other way round
  return `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`
}

/** A watch that looks when a test says so, and may call the sandbox's own receivers. */
function watchOf({ url, watchAccount, smtpUrl = '' }: RunningSandbox) {
  const exceptions = [{ range: '127.0.0.1/32', port: Number(new URL(url).port) }]
  return {
    deskState: {
      sandbox: null,
      nexudus: null,
      exceptions,
      allowPrivateTargets: false,
      watches: true,
    },
    send: createOutbound({ policy: { ...POLICY, exceptions } }),
    watch: { credentials: watchAccount, intervalMs: 60_000 },
    sendMail: createMailer({ smtpUrl, from: 'hookdesk@hookdesk.test' }),
    firstRecipients: [{ account: 'admin@hookdesk.test', zone: MID_MORNING_ZONE }],
  }
}

async function findAdmin(db: Database) {
  const [admin] = await db.select().from(users).where(eq(users.email, 'admin@hookdesk.test'))
  if (!admin) throw new Error('The sandbox has no administrator')
  return admin
}

export type TestDesk = Awaited<ReturnType<typeof openTestDesk>>
