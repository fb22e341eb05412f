import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import path from 'node:path'

import { CannotOpen } from './cannot-open.ts'

/** Another process has the data folder open. */
export class FolderInUse extends CannotOpen {
  override readonly name = 'FolderInUse'

  constructor(folder: string, pid: number) {
    super(`${folder} is in use by another Hookdesk (process ${pid}). Stop it, or set DATA_DIR.`)
  }
}

/**
 * Takes the data folder for this process, and answers how to give it back. A lock left behind
 * by a process that was killed is taken over: its pid is gone, or belongs to a process that
 * started at another time.
 */
export function lockFolder(folder: string): () => void {
  const file = path.join(folder, 'lock')
  const mine = `${process.pid} ${startTimeOf(process.pid)}`

  // twice: once for a stale lock to be removed, once more to take what is free then
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const handle = openSync(file, 'wx', 0o600)
      writeSync(handle, mine)
      closeSync(handle)
      return () => {
        if (readLock(file) === mine) rmSync(file, { force: true })
      }
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }

    const [pid, startTime] = readLock(file).split(' ')
    if (isAlive(Number(pid)) && startTimeOf(Number(pid)) === startTime) {
      throw new FolderInUse(folder, Number(pid))
    }
    rmSync(file, { force: true })
  }
  throw new FolderInUse(folder, 0)
}

function readLock(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    // killed, and nobody has asked yet how it ended: it holds nothing any more
    return !/^[ZX]$/.test(statOf(pid)[0] ?? '')
  } catch (error) {
    // the process exists but belongs to somebody else
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Ticks since boot at which the process started, so that a reused pid is not mistaken for it. */
function startTimeOf(pid: number): string {
  // no /proc outside Linux: the pid alone has to do
  return statOf(pid)[19] ?? '-'
}

/** What Linux says of a process, from its state on. Nothing where there is no /proc. */
function statOf(pid: number): string[] {
  try {
    // the second field is the command in parentheses and may hold spaces
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
  } catch {
    return []
  }
}
