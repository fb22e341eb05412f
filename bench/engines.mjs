import { findPostgres, startPostgres } from '#tools/postgres.mjs'

/**
 * @import { Env } from '#tools/product.mjs'
 *
 * @typedef {{ name: string, isEmbedded: boolean, env: Env }} Engine
 */

/**
 * Measures on PGlite, and also on PostgreSQL if it is installed, as a deployment has it.
 *
 * @template Row
 * @param {(engine: Engine) => Promise<Row>} measure
 * @returns {Promise<Row[]>}
 */
export async function onEachEngine(measure) {
  const rows = [await measure({ name: 'PGlite', isEmbedded: true, env: {} })]
  if (!findPostgres()) return rows
  const postgres = await startPostgres({ isDurable: true })
  const env = { DATABASE_URL: postgres.url, SECRET: 'a secret that only the benchmark uses' }
  try {
    rows.push(await measure({ name: 'PostgreSQL, fsync on', isEmbedded: false, env }))
  } finally {
    postgres.stop()
  }
  return rows
}
