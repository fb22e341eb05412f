import { expect, test } from 'vitest'

import { playwrightOutcome, strayErrors, vitestOutcome } from '#scripts/reports.mjs'

const passed = { ancestorTitles: [], title: 'is fine', status: 'passed', failureMessages: [] }

test('a failed test of Vitest is named by file, groups and title, with the first line of its message', () => {
  const report = {
    numPassedTests: 1,
    numFailedTests: 1,
    numPendingTests: 2,
    testResults: [
      {
        name: `${process.cwd()}/server/a.test.ts`,
        status: 'failed',
        message: '',
        assertionResults: [
          passed,
          {
            ancestorTitles: ['group'],
            title: 'is wrong',
            status: 'failed',
            failureMessages: ['\u001B[31mError: expected 1\u001B[39m\n    at server/a.test.ts:3'],
          },
        ],
      },
    ],
  }
  expect(vitestOutcome(report)).toEqual({
    passed: 1,
    failed: 1,
    skipped: 2,
    failures: [{ test: 'server/a.test.ts › group › is wrong', message: 'Error: expected 1' }],
  })
})

test('a file that Vitest cannot load is named', () => {
  const report = {
    numPassedTests: 0,
    numFailedTests: 0,
    numPendingTests: 0,
    testResults: [
      {
        name: `${process.cwd()}/server/b.test.ts`,
        status: 'failed',
        message: 'Cannot find module',
        assertionResults: [],
      },
    ],
  }
  expect(vitestOutcome(report).failures).toEqual([
    { test: 'server/b.test.ts', message: 'Cannot find module' },
  ])
})

test('a failed test of Playwright is named by file, groups and title, and so is a failed set-up', () => {
  const failing = {
    title: 'is wrong',
    tests: [{ status: 'unexpected', results: [{ errors: [{ message: 'Error: no\n\n  at x' }] }] }],
  }
  const fine = { title: 'is fine', tests: [{ status: 'expected', results: [{ errors: [] }] }] }
  const report = {
    config: { rootDir: `${process.cwd()}/e2e` },
    errors: [{ message: 'Error: no browser' }],
    suites: [
      {
        title: 'list/c.spec.ts',
        specs: [fine],
        suites: [{ title: 'narrow', specs: [failing] }],
      },
    ],
    stats: { expected: 1, unexpected: 1, skipped: 0 },
  }
  expect(playwrightOutcome(report)).toEqual({
    passed: 1,
    failed: 1,
    skipped: 0,
    failures: [
      { test: 'e2e', message: 'Error: no browser' },
      { test: 'e2e/list/c.spec.ts › narrow › is wrong', message: 'Error: no' },
    ],
  })
})

test('an error outside of any test is a failure, with its place', () => {
  const place = '    at send (/desk/server/queue.ts:2:45)'
  expect(strayErrors([{ message: 'Error: gone', place }, { message: 'Error: late' }])).toEqual({
    passed: 0,
    failed: 0,
    skipped: 0,
    failures: [
      {
        test: 'An error outside of any test › at send (/desk/server/queue.ts:2:45)',
        message: 'Error: gone',
      },
      { test: 'An error outside of any test', message: 'Error: late' },
    ],
  })
})
