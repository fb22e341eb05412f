import { openDatabase } from '#platform/db/open-database.ts'
import { reasonOf } from '#platform/env/start-failure.ts'
import { SANDBOX_MIGRATIONS } from '#sandbox/db/migrations.ts'
import { resetSandbox } from '#sandbox/seed/seed.ts'

import { readEnv } from './env.ts'

// deletes everything in the sandbox, and seeds it anew

try {
  const env = readEnv(process.env)
  const database = await openDatabase(env, [SANDBOX_MIGRATIONS])
  await resetSandbox(database.db, {
    size: env.SANDBOX_SEED,
    now: new Date(),
    receiverOrigin: `http://localhost:${env.SANDBOX_PORT}`,
  })
  await database.close()
  console.log('The sandbox starts over.')
} catch (error) {
  console.error(`The sandbox was not reset. ${reasonOf(error)}`)
  process.exit(1)
}
