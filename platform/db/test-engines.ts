import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import type { TestProject } from 'vitest/node'

import { startPostgres } from '#tools/postgres.mjs'

import { dumpTemplate } from './pglite.ts'
import { ALL_MIGRATIONS } from './test-migrations.ts'

/** Vitest's global set-up: the template for PGlite, or a PostgreSQL server for the whole run. */
export default async function setup(project: TestProject) {
  if (project.name.endsWith('postgresql')) {
    const { url, stop } = process.env.TEST_DATABASE_URL
      ? { url: process.env.TEST_DATABASE_URL, stop: () => {} }
      : // these tests do not test durability
        await startPostgres({ isDurable: false })
    project.provide('engine', 'postgresql')
    project.provide('postgresUrl', url)
    project.provide('templateFile', '')
    return stop
  }
  project.provide('engine', 'pglite')
  project.provide('postgresUrl', '')
  project.provide('templateFile', await cachedTemplate())
  return undefined
}

/** The template takes seconds to make, so it is cached until the migrations change. */
async function cachedTemplate(): Promise<string> {
  const hash = createHash('sha256')
  for (const { folder } of ALL_MIGRATIONS) {
    const names = readdirSync(folder).filter((name) => name.endsWith('.sql'))
    for (const name of names.toSorted()) hash.update(readFileSync(path.join(folder, name)))
  }
  const folder = path.resolve('node_modules/.cache/hookdesk')
  const file = path.join(folder, `template-${hash.digest('hex').slice(0, 16)}.tar.gz`)
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, await dumpTemplate(ALL_MIGRATIONS))
  }
  return file
}
