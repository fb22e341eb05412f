import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate as runMigrations } from 'drizzle-orm/pglite/migrator'

import type { OpenDatabase } from './database.ts'
import { lockFolder } from './folder-lock.ts'
import { migrate } from './migrate.ts'

// stands beside this file in the built server
const templateFile = fileURLToPath(new URL('./template.tar.gz', import.meta.url))

// PGlite's default of 128 MB costs a second at every start and buys nothing at this size
const SETTINGS = ['-c', 'shared_buffers=16MB']

/**
 * PGlite in a folder of its own. Refuses a folder that another process has open: two of them
 * would corrupt it, and PGlite does not look.
 */
export async function openPglite(folder: string): Promise<OpenDatabase> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const unlock = lockFolder(folder)
  try {
    const dataDir = path.join(folder, 'pgdata')
    const client = await PGlite.create({
      dataDir,
      startParams: [...PGlite.defaultStartParams, ...SETTINGS],
      ...(existsSync(dataDir) ? {} : await template()),
    })
    const close = () => client.close().finally(unlock)
    try {
      await migratePglite(client)
    } catch (error) {
      await close()
      throw error
    }
    return openOver(client, close)
  } catch (error) {
    unlock()
    throw error
  }
}

/** What a running PGlite is to the rest; nobody but this process can be setting it up. */
export const openOver = (client: PGlite, close = () => client.close()): OpenDatabase => ({
  db: drizzle(client),
  engine: 'pglite',
  runScript: (script) => client.exec(script),
  alone: (work) => work(),
  close,
})

async function migratePglite(client: PGlite) {
  const db = drizzle(client)
  await migrate(db, (config) => runMigrations(db, config))
}

/** An empty, migrated database to copy: a first start takes under a second instead of five. */
async function template() {
  if (!existsSync(templateFile)) return {}
  return { loadDataDir: new Blob([await readFile(templateFile)]) }
}

/** Makes the template. Run by the build, and by the tests. */
export async function dumpTemplate(): Promise<Uint8Array> {
  const client = await PGlite.create({
    startParams: [...PGlite.defaultStartParams, ...SETTINGS],
  })
  await migratePglite(client)
  const dump = await client.dumpDataDir('gzip')
  await client.close()
  return new Uint8Array(await dump.arrayBuffer())
}
