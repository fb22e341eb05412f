import { DrizzleQueryError } from 'drizzle-orm/errors'
import { pino, type DestinationStream, type Logger } from 'pino'

/** The one log of a process. It must hold no URLs, which contain keys, and no session tokens. */
export function createLog(level: string, stream?: DestinationStream): Logger {
  const options = {
    level,
    // a second safeguard: no code logs headers or bodies, but if some did, these would stay out
    redact: ['*.authorization', '*.cookie', '*.password', '*.access_token', '*.refresh_token'],
    serializers: { err: errorWithoutValues },
  }
  return stream ? pino(options, stream) : pino(options)
}

/** An error for the log: a failed query loses the values it was to write, at any depth. */
function errorWithoutValues(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { name: type, message, stack = '', cause } = error
  if (error instanceof DrizzleQueryError) {
    return {
      type: 'DrizzleQueryError',
      message: error.cause?.message,
      query: error.query,
      // the lines before the first "at" are the message, values included
      stack: stack.slice(stack.indexOf('\n    at ')),
    }
  }
  return { type, message, stack, ...(cause !== undefined && { cause: errorWithoutValues(cause) }) }
}
