import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const SOURCES = ['contract', 'platform', 'sandbox', 'server', 'src', 'public']
const FILES = [
  'index.html',
  'vite.config.ts',
  'package.json',
  'package-lock.json',
  'scripts/build-stamp.mjs',
  'scripts/finish-build.mjs',
]

const STAMP_FILE = 'dist/stamp'

/** True if the build was made from the sources as they are now. */
export const isBuilt = () =>
  existsSync(STAMP_FILE) && readFileSync(STAMP_FILE, 'utf8') === sourceStamp()

/** Records the sources of the build. */
export const stampBuild = () => writeFileSync(STAMP_FILE, sourceStamp())

/** A digest of all files that go into a build. */
function sourceStamp() {
  const files = SOURCES.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
      .map((entry) => path.join(entry.parentPath, entry.name)),
  )
  const [major = ''] = process.versions.node.split('.')
  const hash = createHash('sha256').update(major)
  for (const file of [...files, ...FILES].sort()) hash.update(file).update(readFileSync(file))
  return hash.digest('hex')
}
