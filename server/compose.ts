import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import type { Logger } from 'pino'

import { portOf, type Exception } from '#contract/address/address-class.ts'
import type { DeskState } from '#contract/desk/desk.ts'
import { openDatabase } from '#platform/db/open-database.ts'
import { outboundPolicyOf } from '#platform/env/settings.ts'
import { createOutbound } from '#platform/outbound/send.ts'
import { openQueue } from '#platform/queue/queue.ts'
import type { RunningSandbox } from '#sandbox/run.ts'
import { NOTICE_JOB } from '#server/alerts/alerts-room.ts'
import { createMailer, type MailSettings } from '#server/alerts/mailer.ts'
import { DESK_MIGRATIONS } from '#server/db/migrations.ts'
import { createFetch } from '#server/nexudus/fetch.ts'
import { routeTo } from '#server/nexudus/route.ts'
import { PAUSE_JOB } from '#server/pauses/pauses-room.ts'
import { RECOVERY_JOB } from '#server/recovery/recovery-room.ts'
import { RUN_JOB } from '#server/runs/run-worker.ts'
import { WATCH_JOB } from '#server/watch/watch-room.ts'

import { createApp } from './app.ts'
import { readSecrets, type Env } from './env.ts'
import type { PageRoutes } from './pages/page-routes.ts'

const MINUTE = 60_000
const TIDY_EVERY_MS = 10 * MINUTE
const TIDY_JOB = 'tidy'

/** Opens the database, starts the sandbox unless a Nexudus is configured, and builds the desk. */
export async function composeDesk(env: Env, log: Logger, pages?: PageRoutes) {
  const secrets = readSecrets(env)
  const sandboxProgram = env.NEXUDUS_URL ? undefined : await loadSandbox()
  const database = await openDatabase(env, [
    DESK_MIGRATIONS,
    ...(sandboxProgram ? [sandboxProgram.migrations] : []),
  ])
  const { db } = database

  try {
    const onError = (error: unknown) => log.error({ err: error }, 'the queue failed')
    const names = [
      RUN_JOB,
      TIDY_JOB,
      WATCH_JOB,
      NOTICE_JOB,
      PAUSE_JOB,
      RECOVERY_JOB,
      ...(sandboxProgram?.jobs ?? []),
    ]
    const queue = await openQueue({ ...database, names, onError })
    const sandbox = await sandboxProgram?.start({
      database,
      queue,
      port: env.SANDBOX_PORT,
      mailPort: env.SANDBOX_MAIL_PORT,
      size: env.SANDBOX_SEED,
      policy: outboundPolicyOf(env),
      logger: log,
    })
    const nexudusUrl = env.NEXUDUS_URL ?? sandbox?.url ?? ''
    const origins = originsOf(env)
    const policy = outboundPolicyOf(env)
    const own = sandbox ? [{ range: '127.0.0.1/32', port: portOf(new URL(sandbox.url)) }] : []
    const exceptions = [...policy.exceptions, ...own]
    const desk = createApp({
      db,
      queue,
      log,
      secrets,
      origins,
      upstream: { url: nexudusUrl, fetch: createFetch(routeTo(nexudusUrl, env)) },
      callLimits: {
        writesPerMinute: env.NEXUDUS_WRITES_PER_MINUTE,
        callsPerMinute: env.NEXUDUS_CALLS_PER_MINUTE,
      },
      lifetimes: {
        idleMs: env.SESSION_IDLE_MINUTES * MINUTE,
        absoluteMs: env.SESSION_HOURS * 60 * MINUTE,
      },
      sourceOf: (c) => sourceOf(c, env),
      deskState: deskStateOf(env, sandbox, exceptions),
      ...watchOf(env, sandbox),
      send: createOutbound({ policy: { ...policy, exceptions } }),
      ...(pages && { pages }),
    })

    // one process has the folder to itself, so any earlier holder of a claim is dead
    if (database.engine === 'pglite') await desk.releaseClaims()
    await desk.tidy()
    await desk.work()
    await queue.every(TIDY_JOB, {
      pause: () => Promise.resolve(TIDY_EVERY_MS),
      act: () => desk.tidy().catch((error: unknown) => log.error({ err: error }, 'tidying failed')),
    })

    return {
      app: desk.app,
      leave: () => desk.leave(),
      origins,
      engine: database.engine,
      sandbox: sandbox && { url: nameOf(sandbox.url), accounts: sandbox.accounts },
      async close() {
        // finishes the jobs under way, and takes no more
        await queue.stop()
        await desk.stop()
        await sandbox?.close()
        await database.close()
      },
    }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** Whether this process looks after the fleet, with which account, and how it sends mail. */
function watchOf(env: Env, sandbox: RunningSandbox | undefined) {
  const { WATCH, WATCH_SECONDS, WATCH_EMAIL: email, WATCH_PASSWORD: password } = env
  const given = email !== undefined && password !== undefined ? { email, password } : undefined
  const mail = mailOf(env, sandbox)
  return {
    ...(WATCH === 'here' && {
      watch: {
        credentials: given ?? sandbox?.watchAccount,
        intervalMs: WATCH_SECONDS * 1000,
      },
    }),
    ...(mail && { sendMail: createMailer(mail) }),
    ...(env.HEARTBEAT_URL && { heartbeatUrl: env.HEARTBEAT_URL }),
    firstRecipients: sandbox ? [{ account: 'admin@hookdesk.test', zone: localZone() }] : [],
  }
}

const localZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

function mailOf(
  { SMTP_URL, MAIL_FROM }: Env,
  sandbox: RunningSandbox | undefined,
): MailSettings | undefined {
  const smtpUrl = SMTP_URL ?? sandbox?.smtpUrl
  return smtpUrl ? { smtpUrl, from: MAIL_FROM ?? 'hookdesk@hookdesk.test' } : undefined
}

/**
 * Loaded only when used: a desk of a real Nexudus has neither the sandbox's code nor its tables.
 */
async function loadSandbox() {
  const [run, db] = await Promise.all([
    import('#sandbox/run.ts'),
    import('#sandbox/db/migrations.ts'),
  ])
  return { migrations: db.SANDBOX_MIGRATIONS, jobs: run.SANDBOX_JOBS, start: run.startSandbox }
}

function originsOf({ PUBLIC_URL, PORT }: Env): [string, ...string[]] {
  // in the browsers' spelling: port 80 is omitted
  const at = (name: string) => new URL(`http://${name}:${PORT}`).origin
  return PUBLIC_URL ? [PUBLIC_URL] : [at('localhost'), at('127.0.0.1')]
}

function deskStateOf(
  env: Env,
  sandbox: RunningSandbox | undefined,
  exceptions: Exception[],
): Omit<DeskState, 'session'> {
  return {
    sandbox: sandbox ? { url: nameOf(sandbox.url), accounts: sandbox.accounts } : null,
    nexudus: env.NEXUDUS_URL === undefined ? null : new URL(env.NEXUDUS_URL).host,
    exceptions,
    allowPrivateTargets: env.ALLOW_PRIVATE_TARGETS,
    watches: env.WATCH !== 'nobody',
  }
}

/** The sandbox's origin under the host name that people and seeds use for this machine. */
const nameOf = (origin: string) => new URL(`http://localhost:${portOf(new URL(origin))}`).origin

/**
 * The caller's IP address. Only the operator's own proxy is believed, and only the last entry of
 * its list.
 */
function sourceOf(c: Context, { TRUST_PROXY }: Env): string {
  const forwarded = TRUST_PROXY ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : ''
  return forwarded || getConnInfo(c).remote.address || 'unknown'
}
