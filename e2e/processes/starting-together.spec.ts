import { findPostgres, startPostgres } from '#tools/postgres.mjs'
import { startProduct } from '#tools/product.mjs'
import { expect, test } from '#e2e/support/fixtures.ts'

const TOGETHER = 3
const ROUNDS = 2

// without a browser: the test is about processes
test('desks started together on an empty PostgreSQL share one set of sample data', async () => {
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
