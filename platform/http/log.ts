import { DrizzleQueryError } from 'drizzle-orm/errors'
import { pino, type DestinationStream, type Logger } from 'pino'

/** The one log of a process. Addresses hold keys, and sessions hold tokens: neither gets into it. */
export function createLog(level: string, stream?: DestinationStream): Logger {
  const options = {
    level,
    // by field and by habit: nothing here logs a header or a body, and these stay out if it does
    redact: ['*.authorization', '*.cookie', '*.password', '*.access_token', '*.refresh_token'],
    serializers: { err: errorWithoutValues },
  }
  return stream ? pino(options, stream) : pino(options)
}

/** An error as the log may have it: a failed query without what it was to write, at any depth. */
function errorWithoutValues(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { name: type, message, stack = '', cause } = error
  if (error instanceof DrizzleQueryError) {
    return {
      type: 'DrizzleQueryError',
      message: error.cause?.message,
      query: error.query,
      // the lines before it are the message, values included
      stack: stack.slice(stack.indexOf('\n    at ')),
    }
  }
  return { type, message, stack, ...(cause !== undefined && { cause: errorWithoutValues(cause) }) }
}
