import { endOnSignal } from '#platform/env/end-on-signal.ts'
import { BadEnv } from '#platform/env/read-env.ts'
import { reasonOf } from '#platform/env/start-failure.ts'
import { createLog } from '#platform/http/log.ts'

import { composeDesk } from './compose.ts'
import { logLevelOf, readEnv } from './env.ts'

// the watch without pages, beside desks on the same database that have WATCH=elsewhere

try {
  const env = readEnv({ ...process.env, WATCH: '1' })
  if (!env.NEXUDUS_URL) {
    throw new BadEnv('NEXUDUS_URL: is required, because the sandbox runs beside a desk')
  }
  const log = createLog(logLevelOf(env))
  const desk = await composeDesk(env, log)
  console.log(`Hookdesk watches, every ${env.WATCH_SECONDS} seconds, and serves no pages.`)
  endOnSignal(() => desk.close())
} catch (error) {
  console.error(`The watch did not start. ${reasonOf(error)}`)
  process.exit(1)
}
