import { openDatabase } from '#server/db/open-database.ts'
import { resetSandbox } from '#server/sandbox/seed.ts'

import { readEnv } from './env.ts'
import { reasonOf } from './start-failure.ts'

// forgets everything in the sandbox, and seeds it anew

try {
  const env = readEnv(process.env)
  const database = await openDatabase(env)
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
