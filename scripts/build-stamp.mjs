import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const SOURCES = ['contract', 'platform', 'sandbox', 'server', 'src', 'public', 'scripts']
const FILES = ['index.html', 'vite.config.ts', 'package.json', 'package-lock.json']

export const STAMP_FILE = 'dist/stamp'

/** A digest of everything that goes into a build. */
export function sourceStamp() {
  const files = SOURCES.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
      .map((entry) => path.join(entry.parentPath, entry.name)),
  )
  const hash = createHash('sha256').update(process.versions.node.split('.')[0])
  for (const file of [...files, ...FILES].sort()) hash.update(file).update(readFileSync(file))
  return hash.digest('hex')
}
