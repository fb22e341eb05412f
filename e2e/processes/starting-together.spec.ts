import { findPostgres, startPostgres } from '#tools/postgres.mjs'
import { startProduct } from '#tools/product.mjs'
import { expect, test } from '#e2e/support/fixtures.ts'

const TOGETHER = 3
const ROUNDS = 2

// no browser: it is about processes
test('desks that start together on an empty PostgreSQL all start, and share what they sow', async () => {
  test.skip(findPostgres() === undefined, 'PostgreSQL is not installed')
  test.setTimeout(300_000)
  for (let round = 0; round < ROUNDS; round += 1) {
    const postgres = await startPostgres({ isDurable: false })
    const env = {
      DATABASE_URL: postgres.url,
      SECRET: 'shared by all desks and long enough for it',
    }
    const starting = Array.from({ length: TOGETHER }, () => startProduct(env))
    const started = await Promise.allSettled(starting)
    expect(started.map(({ status }) => status)).toEqual(Array(TOGETHER).fill('fulfilled'))
    for (const desk of started) if (desk.status === 'fulfilled') await desk.value.stop()
    postgres.stop()
  }
})
