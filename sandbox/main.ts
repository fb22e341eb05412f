import { openDatabase } from '#platform/db/open-database.ts'
import { outboundPolicyOf } from '#platform/env/settings.ts'
import { endOnSignal } from '#platform/env/end-on-signal.ts'
import { reasonOf } from '#platform/env/start-failure.ts'
import { SANDBOX_MIGRATIONS } from '#sandbox/db/migrations.ts'

import { readEnv } from './env.ts'
import { startSandbox } from './run.ts'

// runs the sandbox alone, e.g. to build a receiver against it

try {
  const env = readEnv(process.env)
  const database = await openDatabase(env, [SANDBOX_MIGRATIONS])
  const sandbox = await startSandbox({
    database,
    port: env.SANDBOX_PORT,
    mailPort: env.SANDBOX_MAIL_PORT,
    size: env.SANDBOX_SEED,
    policy: outboundPolicyOf(env),
  })
  console.log(`Sandbox    ${sandbox.url}   (a stand-in for Nexudus)`)
  for (const { email, password, may } of sandbox.accounts) {
    console.log(`  ${email.padEnd(24)} ${password}   ${may}`)
  }

  endOnSignal(async () => {
    await sandbox.close()
    await database.close()
  })
} catch (error) {
  console.error(`The sandbox did not start. ${reasonOf(error)}`)
  process.exit(1)
}
