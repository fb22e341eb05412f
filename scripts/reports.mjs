import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'

import * as z from 'zod'

/**
 * The tests of a tool, as the end of `npm test` tells of them.
 *
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {Failure[]} failures with files that could not be loaded, which count as no test
 *
 * @typedef {{ test: string, message: string }} Failure
 */

/** @type {Outcome} */
export const NOTHING_RUN = { passed: 0, failed: 0, skipped: 0, failures: [] }

const vitestSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({
          ancestorTitles: z.array(z.string()),
          title: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullable(),
        }),
      ),
    }),
  ),
})

/**
 * @param {unknown} report of Vitest’s reporter `json`
 * @returns {Outcome}
 */
export function vitestOutcome(report) {
  const { numPassedTests, numFailedTests, numPendingTests, testResults } =
    vitestSchema.parse(report)
  const failures = testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = path.relative('.', name)
    const failed = assertionResults.filter((test) => test.status === 'failed')
    if (failed.length === 0) return status === 'failed' ? failure([file], message) : []
    return failed.map(({ ancestorTitles, title, failureMessages }) =>
      failure([file, ...ancestorTitles, title], failureMessages?.[0]),
    )
  })
  const [passed, failed, skipped] = [numPassedTests, numFailedTests, numPendingTests]
  return { passed, failed, skipped, failures }
}

const strayErrorsSchema = z.array(z.object({ message: z.string(), place: z.string().optional() }))

/**
 * @param {unknown} report of `stray-errors.mjs`
 * @returns {Outcome} of no test, but with failures
 */
export function strayErrors(report) {
  const errors = strayErrorsSchema.parse(report)
  const failures = errors.map(({ message, place }) =>
    failure(['An error outside of any test', ...(place ? [place.trim()] : [])], message),
  )
  return { ...NOTHING_RUN, failures }
}

const errorSchema = z.object({ message: z.string().optional() })

const specSchema = z.object({
  title: z.string(),
  tests: z.array(
    z.object({
      status: z.string(),
      results: z.array(z.object({ errors: z.array(errorSchema) })),
    }),
  ),
})

/**
 * @typedef {{ title: string, specs: z.infer<typeof specSchema>[], suites?: Suite[] | undefined }} Suite
 */

/** @type {z.ZodType<Suite>} */
const suiteSchema = z.lazy(() =>
  z.object({
    title: z.string(),
    specs: z.array(specSchema),
    suites: z.array(suiteSchema).optional(),
  }),
)

const playwrightSchema = z.object({
  config: z.object({ rootDir: z.string() }),
  suites: z.array(suiteSchema),
  errors: z.array(errorSchema),
  stats: z.object({ expected: z.number(), unexpected: z.number(), skipped: z.number() }),
})

/**
 * @param {unknown} report of Playwright’s reporter `json`
 * @returns {Outcome}
 */
export function playwrightOutcome(report) {
  const { config, suites, errors, stats } = playwrightSchema.parse(report)
  const folder = path.relative('.', config.rootDir)
  const failures = [
    ...errors.map(({ message }) => failure([folder], message)),
    // a top-level suite is a file, and its title is the path of the file
    ...suites.flatMap((suite) => failuresIn(suite, [path.join(folder, suite.title)])),
  ]
  return { passed: stats.expected, failed: stats.unexpected, skipped: stats.skipped, failures }
}

/**
 * @param {Suite} suite
 * @param {string[]} titles down to this suite
 * @returns {Failure[]}
 */
function failuresIn({ specs, suites = [] }, titles) {
  const own = specs.flatMap(({ title, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected')
      .map(({ results }) => failure([...titles, title], results.at(-1)?.errors[0]?.message)),
  )
  return [...own, ...suites.flatMap((suite) => failuresIn(suite, [...titles, suite.title]))]
}

/**
 * @param {string[]} titles
 * @param {string | undefined} message
 * @returns {Failure}
 */
const failure = (titles, message = 'It ended without a message.') => ({
  test: titles.join(' › '),
  message: stripVTControlCharacters(message).trim().split('\n')[0] ?? '',
})
