import { existsSync, readFileSync } from 'node:fs'

/**
 * Resident memory of a process in MB; only on systems that tell it without another program.
 *
 * @param {number | undefined} pid
 * @returns {number | undefined}
 */
export function memoryOf(pid) {
  const file = `/proc/${pid}/status`
  if (!existsSync(file)) return undefined
  const kb = /^VmRSS:\s+(\d+)/m.exec(readFileSync(file, 'utf8'))?.[1]
  return kb === undefined ? undefined : Number(kb) / 1024
}
