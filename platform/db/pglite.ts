import { existsSync, statfsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate as runMigrations } from 'drizzle-orm/pglite/migrator'

import { CannotOpen } from './cannot-open.ts'
import type { OpenDatabase } from './database.ts'
import { lockFolder } from './folder-lock.ts'
import { migrate, type Migrations } from './migrate.ts'
import { makePrivate } from './private-folder.ts'

// lies beside this file in the built server
const templateFile = fileURLToPath(new URL('./template.tar.gz', import.meta.url))

// PGlite's default of 128 MB costs a second at every start and buys nothing at this size
export const SETTINGS = ['-c', 'shared_buffers=16MB']

/**
 * PGlite in a folder of its own. Refuses a folder that another process has open: two processes
 * would corrupt it, and PGlite does not check.
 */
export async function openPglite(
  folder: string,
  programs: readonly Migrations[],
): Promise<OpenDatabase> {
  makePrivate(folder)
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
      await migratePglite(client, programs)
    } catch (error) {
      await close()
      throw error
    }
    return openOver(client, close)
  } catch (error) {
    unlock()
    if (error instanceof CannotOpen) throw error
    throw isFull(folder) ? fullDisk(folder, error) : error
  }
}

// on a full disk PGlite reports a number, an object without words, or nothing before it aborts
const ROOM_TO_START = 4 * 1024 * 1024

function isFull(folder: string): boolean {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize < ROOM_TO_START
}

const fullDisk = (folder: string, cause: unknown) =>
  new CannotOpen(
    `The disk of ${folder} is full. Free some space, or set DATA_DIR to another folder.`,
    {
      cause,
    },
  )

/** Wraps a running PGlite as an open database; no other process can be setting it up. */
export const openOver = (client: PGlite, close = () => client.close()): OpenDatabase => ({
  db: drizzle(client),
  engine: 'pglite',
  runScript: (script) => client.exec(script),
  alone: (work) => work(),
  close,
})

async function migratePglite(client: PGlite, programs: readonly Migrations[]) {
  const db = drizzle(client)
  await migrate(db, (config) => runMigrations(db, config), programs)
}

/** An empty database to copy: it cuts a first start from five seconds to one. */
async function template() {
  if (!existsSync(templateFile)) return {}
  return { loadDataDir: new Blob([await readFile(templateFile)]) }
}

/** Makes the template: an empty one for the build, one with the programs' tables for tests. */
export async function dumpTemplate(programs: readonly Migrations[]): Promise<Uint8Array> {
  const client = await PGlite.create({
    startParams: [...PGlite.defaultStartParams, ...SETTINGS],
  })
  if (programs.length > 0) await migratePglite(client, programs)
  const dump = await client.dumpDataDir('gzip')
  await client.close()
  return new Uint8Array(await dump.arrayBuffer())
}
