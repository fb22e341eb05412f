import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import type { Logger } from 'pino'

import type { DeskState } from '#contract/desk.ts'
import { openPglite, openPostgres } from '#server/db/database.ts'
import { DEMO_ACCOUNTS } from '#server/sandbox/accounts.ts'
import { startSandbox } from '#server/sandbox/run.ts'

import { createApp } from './app.ts'
import { readSecrets, type Env } from './env.ts'
import type { PageRoutes } from './pages/page-routes.ts'

const MINUTE = 60_000
const TIDY_EVERY_MS = 10 * MINUTE

/** Opens the database, starts the sandbox unless there is a Nexudus, and builds the desk. */
export async function composeDesk(env: Env, log: Logger, pages?: PageRoutes) {
  const secrets = readSecrets(env)
  const database = env.DATABASE_URL
    ? await openPostgres(env.DATABASE_URL)
    : await openPglite(env.DATA_DIR)
  const { db } = database

  try {
    const sandbox = env.NEXUDUS_URL
      ? undefined
      : await startSandbox({ db, port: env.SANDBOX_PORT, host: env.HOST, size: env.SANDBOX_SEED })
    const origins = originsOf(env)
    const desk = createApp({
      db,
      log,
      secrets,
      origins,
      upstream: { url: env.NEXUDUS_URL ?? sandbox?.url ?? '', fetch: (request) => fetch(request) },
      lifetimes: {
        idleMs: env.SESSION_IDLE_MINUTES * MINUTE,
        absoluteMs: env.SESSION_HOURS * 60 * MINUTE,
      },
      sourceOf: (c) => sourceOf(c, env),
      deskState: deskStateOf(env, sandbox?.url),
      ...(pages && { pages }),
    })

    // one process has the folder to itself, so whoever held a claim before is dead
    if (database.engine === 'pglite') await desk.releaseIntents()
    await desk.tidy()
    const tidying = setInterval(() => {
      desk.tidy().catch((error: unknown) => log.error({ err: error }, 'tidying failed'))
    }, TIDY_EVERY_MS)

    return {
      app: desk.app,
      leave: () => desk.leave(),
      origins,
      engine: database.engine,
      sandboxUrl: sandbox && spellings(sandbox.url)[0],
      async close() {
        clearInterval(tidying)
        await sandbox?.close()
        await database.close()
      },
    }
  } catch (error) {
    await database.close()
    throw error
  }
}

function originsOf({ PUBLIC_URL, PORT }: Env): string[] {
  return PUBLIC_URL ? [PUBLIC_URL] : [`http://localhost:${PORT}`, `http://127.0.0.1:${PORT}`]
}

function deskStateOf(env: Env, sandboxUrl: string | undefined): Omit<DeskState, 'session'> {
  const origins = sandboxUrl ? spellings(sandboxUrl) : []
  const [origin] = origins
  return {
    sandbox: origin ? { url: origin, accounts: DEMO_ACCOUNTS } : null,
    allowedTargets: origins,
    allowPrivateTargets: env.ALLOW_PRIVATE_TARGETS,
  }
}

/** This machine under both of its names: people and seeds use either. */
function spellings(origin: string): string[] {
  const { port } = new URL(origin)
  return [`http://localhost:${port}`, `http://127.0.0.1:${port}`]
}

/** The address that asks. Only a proxy that is ours is believed, and of its list only the last. */
function sourceOf(c: Context, { TRUST_PROXY }: Env): string {
  const forwarded = TRUST_PROXY ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : ''
  return forwarded || getConnInfo(c).remote.address || 'unknown'
}
