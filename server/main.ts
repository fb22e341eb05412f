import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { reasonOf } from '#platform/env/start-failure.ts'
import { listen } from '#platform/http/listen.ts'
import { createLog } from '#platform/http/log.ts'

import { composeDesk } from './compose.ts'
import { logLevelOf, readEnv, type Env } from './env.ts'
import { createPageRoutes } from './pages/page-routes.ts'

const SHUTDOWN_MS = 10_000
const SILENCE_MS = 120_000

// lies beside this file once both are built
const clientFolder = fileURLToPath(new URL('../client', import.meta.url))

try {
  await run(readEnv(process.env))
} catch (error) {
  console.error(`Hookdesk did not start. ${reasonOf(error)}`)
  process.exit(1)
}

async function run(env: Env) {
  const log = createLog(logLevelOf(env))
  if (!existsSync(clientFolder)) throw new Error('The app is not built. Run: npm run build')
  const desk = await composeDesk(env, log, createPageRoutes(clientFolder))

  const { server } = await listen({
    fetch: desk.app.fetch,
    port: env.PORT,
    host: env.HOST,
    limits: { keepAliveTimeout: env.KEEP_ALIVE_SECONDS * 1000 },
  })
  // cuts clients that do not read their answer; nothing here takes as long to make one
  server.setTimeout(SILENCE_MS)
  greet(env, desk)

  let isStopping = false
  const stop = (code: number) => {
    if (isStopping) return
    isStopping = true
    desk.leave()
    // then cuts requests that still run; a write without an answer counts as not done
    setTimeout(() => process.exit(1), SHUTDOWN_MS).unref()
    // Node closes idle connections once; one whose last answer comes later would be waited for
    setInterval(() => server.closeIdleConnections(), 100).unref()
    server.close(() => {
      desk.close().then(
        () => process.exit(code),
        () => process.exit(1),
      )
    })
  }
  process.once('SIGTERM', () => stop(0))
  process.once('SIGINT', () => stop(0))
  // the state after this is unknown: log it, finish running work, and end
  process.once('uncaughtException', (error) => {
    log.fatal({ err: error }, 'unexpected failure, stopping')
    stop(1)
  })
}

function greet(env: Env, { origins, sandbox, engine }: Awaited<ReturnType<typeof composeDesk>>) {
  const lines = [
    `Hookdesk   ${origins[0]}`,
    sandbox
      ? `Sandbox    ${sandbox.url}   (a stand-in for Nexudus; set NEXUDUS_URL to use the real one)`
      : `Nexudus    ${env.NEXUDUS_URL}`,
    `Database   ${engine === 'pglite' ? `PGlite in ${env.DATA_DIR}` : 'PostgreSQL'}`,
  ]
  if (sandbox) {
    lines.push('', 'Sign in with one of:')
    for (const { email, password, may } of sandbox.accounts) {
      lines.push(`  ${email.padEnd(24)} ${password}   ${may}`)
    }
  }
  console.log(`\n${lines.join('\n')}\n`)
}
