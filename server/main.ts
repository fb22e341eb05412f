import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { serve } from '@hono/node-server'

import { FolderInUse } from '#server/db/folder-lock.ts'
import { DEMO_ACCOUNTS } from '#server/sandbox/accounts.ts'

import { composeDesk } from './compose.ts'
import { BadEnv, logLevelOf, readEnv, type Env } from './env.ts'
import { createLog } from './http/log.ts'
import { createPageRoutes } from './pages/page-routes.ts'

const SHUTDOWN_MS = 10_000

// stands beside this file once both are built
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

  const server = serve({
    fetch: desk.app.fetch,
    port: env.PORT,
    hostname: env.HOST,
    // Node's own limits would let slow clients hold a connection for minutes
    serverOptions: {
      headersTimeout: 10_000,
      requestTimeout: 20_000,
      keepAliveTimeout: 5_000,
      maxHeaderSize: 16 * 1024,
    },
  })
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  })
  greet(env, desk)

  let isStopping = false
  const stop = (code: number) => {
    if (isStopping) return
    isStopping = true
    desk.leave()
    // whatever still runs then is cut; what it had not acknowledged did not happen
    setTimeout(() => process.exit(1), SHUTDOWN_MS).unref()
    server.close(() => {
      desk.close().then(
        () => process.exit(code),
        () => process.exit(1),
      )
    })
  }
  process.once('SIGTERM', () => stop(0))
  process.once('SIGINT', () => stop(0))
  // nobody knows what state this leaves behind: say it, finish what runs, and end
  process.once('uncaughtException', (error) => {
    log.fatal({ err: error }, 'unexpected failure, stopping')
    stop(1)
  })
}

function greet(env: Env, { origins, sandboxUrl, engine }: Awaited<ReturnType<typeof composeDesk>>) {
  const lines = [
    `Hookdesk   ${origins[0]}`,
    sandboxUrl
      ? `Sandbox    ${sandboxUrl}   (a stand-in for Nexudus; set NEXUDUS_URL to use the real one)`
      : `Nexudus    ${env.NEXUDUS_URL}`,
    `Database   ${engine === 'pglite' ? `PGlite in ${env.DATA_DIR}` : 'PostgreSQL'}`,
  ]
  if (sandboxUrl) {
    lines.push('', 'Sign in with one of:')
    for (const { email, password, may } of DEMO_ACCOUNTS) {
      lines.push(`  ${email.padEnd(24)} ${password}   ${may}`)
    }
  }
  console.log(`\n${lines.join('\n')}\n`)
}

/** What went wrong, in a line that says what to do; a stack only for what nobody foresaw. */
function reasonOf(error: unknown): string {
  if (error instanceof FolderInUse) return error.message
  if (error instanceof BadEnv) return `Some settings are wrong:\n${error.message}`
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    const port = 'port' in error ? String(error.port) : ''
    return `Port ${port} is in use by another program. Set PORT and SANDBOX_PORT to free ones.`
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
