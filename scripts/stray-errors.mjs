import { writeFileSync } from 'node:fs'

/** @import { Reporter } from 'vitest/reporters' */

/**
 * A reporter of Vitest that writes down the errors that belong to no test, because the reporter
 * `json` leaves them out, though they fail the run.
 *
 * @implements {Reporter}
 */
export default class StrayErrors {
  /** @type {NonNullable<Reporter['onTestRunEnd']>} */
  onTestRunEnd(_modules, errors) {
    const file = process.env.STRAY_ERRORS_FILE
    const texts = errors.map(({ name, message, stack }) => ({
      message: `${name ?? 'Error'}: ${message}`,
      place: stack
        ?.split('\n')
        .find((line) => /\.m?ts/u.test(line) && !line.includes('node_modules')),
    }))
    if (file !== undefined) writeFileSync(file, JSON.stringify(texts))
  }
}
