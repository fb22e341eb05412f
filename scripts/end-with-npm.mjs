import { readFileSync } from 'node:fs'

const LOOK_EVERY_MS = 500

/**
 * Ends this process, as SIGTERM does, once the npm that started it is gone. npm passes signals on
 * only to the shell between the two, which dies without telling this process.
 */
export function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return
  const shell = process.ppid
  const npm = npmBehind(shell)
  const isGone = () => process.ppid !== shell || (npm !== undefined && parentOf(shell) !== npm)

  const watching = setInterval(() => {
    if (!isGone()) return
    clearInterval(watching)
    process.kill(process.pid, 'SIGTERM')
  }, LOOK_EVERY_MS)
  watching.unref()
}

/**
 * Finds the npm behind a shell between it and this process; some shells replace themselves with the
 * program they start.
 *
 * @param {number} pid
 */
function npmBehind(pid) {
  const isShell = read(`/proc/${pid}/cmdline`).split('\0').includes('-c')
  return isShell ? parentOf(pid) : undefined
}

// the second field of stat is the command in parentheses and may hold spaces
/** @param {string | number} pid */
const parentOf = (pid) => read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ')[1]

/**
 * Returns an empty text without /proc: there only the shell can be checked.
 *
 * @param {string} file
 */
function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
