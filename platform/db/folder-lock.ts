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
 * Takes the data folder for this process and returns the function that gives it back. A lock left
 * behind by a killed process is taken over: its pid is gone, or belongs to a process that started
 * at another time.
 */
export function lockFolder(folder: string): () => void {
  const file = path.join(folder, 'lock')
  const mine = `${process.pid} ${startTimeOf(process.pid)}`

  // twice: the first attempt may remove a stale lock, the second takes the free folder
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
    // a zombie: killed, not yet reaped by its parent, and no longer holding anything
    return !/^[ZX]$/.test(statOf(pid)[0] ?? '')
  } catch (error) {
    // EPERM: the process exists but belongs to another user
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Ticks since boot at which the process started, so that a reused pid is not mistaken for it. */
function startTimeOf(pid: number): string {
  // no /proc outside Linux: the pid alone has to do
  return statOf(pid)[19] ?? '-'
}

/** Fields of Linux's /proc/<pid>/stat, from the state on. Empty where there is no /proc. */
function statOf(pid: number): string[] {
  try {
    // the second field, the command in parentheses, may hold spaces
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
  } catch {
    return []
  }
}
