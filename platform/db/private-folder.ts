import { chmodSync, lstatSync, mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'

const OTHERS = 0o077

/**
 * Creates the data folder if it is missing, and makes sure, also for an older folder, that only its
 * owner can read it or write to it: it holds sealed tokens beside the secret that opens them.
 */
export function makePrivate(folder: string): void {
  // covers every file this process creates; PGlite leaves the modes to the umask
  process.umask(OTHERS)
  mkdirSync(folder, { recursive: true })
  closeToOthers(folder)
  const inside = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  for (const name of inside) closeToOthers(path.join(folder, name))
}

function closeToOthers(file: string) {
  const stat = lstatSync(file, { throwIfNoEntry: false })
  if (!stat || stat.isSymbolicLink() || (stat.mode & OTHERS) === 0) return
  try {
    chmodSync(file, stat.mode & 0o700)
  } catch (error) {
    // EPERM: a shared volume of another user, who decides about its mode
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) throw error
  }
}
