import { CannotOpen } from '#platform/db/cannot-open.ts'

import { BadEnv } from './read-env.ts'

/**
 * The reason a program did not start, in a line that says what to do; with a stack only if the
 * error was not foreseen.
 */
export function reasonOf(error: unknown): string {
  if (error instanceof CannotOpen) return error.message
  if (error instanceof BadEnv) return `Some settings are wrong:\n${error.message}`
  if (!(error instanceof Error)) return String(error)
  return ofListening(error) ?? ofFiles(error) ?? error.stack ?? error.message
}

function ofListening(error: NodeJS.ErrnoException & { port?: number; address?: string }) {
  const { code, port = '', address = 'HOST' } = error
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is in use by another program. Set PORT, SANDBOX_PORT and SANDBOX_MAIL_PORT to free ones.`
    case 'EADDRNOTAVAIL':
      return `${address} is not an address of this machine. Set HOST to one that is, e.g. 127.0.0.1.`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST is a name that does not resolve (${code}). Set it to an address of this machine, e.g. 127.0.0.1.`
    default:
      return code === 'EACCES' && error.syscall === 'listen'
        ? `This user cannot listen on port ${port}. Set PORT to one above 1023.`
        : undefined
  }
}

const FILES: Record<string, string> = {
  EACCES: 'cannot be written by this user',
  EPERM: 'cannot be written by this user',
  EROFS: 'is on a read-only disk',
  ENOTDIR: 'is a file, or lies below one',
  EEXIST: 'is a file, not a folder',
  ENOSPC: 'is on a full disk',
  EDQUOT: 'exceeds this user’s disk quota',
}

function ofFiles({ code = '', path }: NodeJS.ErrnoException) {
  const what = FILES[code]
  return (
    what && `${path ?? 'The data folder'} ${what}. Fix that, or set DATA_DIR to another folder.`
  )
}
