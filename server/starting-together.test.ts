import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { expect, inject, test } from 'vitest'

import { openPostgres } from '#platform/db/postgres.ts'
import { ALL_MIGRATIONS } from '#platform/db/test-migrations.ts'
import { openQueue } from '#platform/queue/queue.ts'

const TOGETHER = 4
const ROUNDS = 5

test.skipIf(inject('engine') !== 'postgresql')(
  'desks that start together on an empty PostgreSQL all start',
  async () => {
    const server = inject('postgresUrl')
    const admin = new pg.Client({ connectionString: server })
    await admin.connect()
    for (let round = 0; round < ROUNDS; round += 1) {
      const name = `together_${randomUUID().replaceAll('-', '')}`
      await admin.query(`create database ${name}`)
      const url = new URL(server)
      url.pathname = name
      const starting = Array.from({ length: TOGETHER }, () => startAndStop(url.href))
      const ended = await Promise.allSettled(starting)
      expect(ended.filter(({ status }) => status === 'rejected')).toEqual([])
    }
    await admin.end()
  },
  120_000,
)

/** Like `composeDesk`: the tables first, then the queue. */
async function startAndStop(url: string) {
  const database = await openPostgres(url, ALL_MIGRATIONS)
  const onError = (error: unknown) => expect.fail(String(error))
  const queue = await openQueue({ ...database, names: ['run', 'sandbox-due'], onError })
  await queue.send('run', {})
  await queue.stop()
  await database.close()
}
