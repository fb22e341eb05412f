import { chmodSync, lstatSync, mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'

const OTHERS = 0o077

/**
 * Makes the data folder if there is none, and sees to it that nobody but its owner can look into it
 * or write there, also where it is older: it holds sealed tokens beside the secret that opens them.
 */
export function makePrivate(folder: string): void {
  // for everything this process makes from now on; PGlite leaves the modes to it
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
    // a volume that belongs to another user and is shared with us: its mode is theirs to say
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) throw error
  }
}
