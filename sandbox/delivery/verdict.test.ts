import { expect, test } from 'vitest'

import { OUTBOUND_FAILURES, type OutboundFailure } from '#contract/desk/probe.ts'
import { explainLastError } from '#contract/words/last-error.ts'
import type { OutboundResult } from '#platform/outbound/send.ts'

import { lastErrorText } from './last-error.ts'
import { waitAfter } from './schedule.ts'
import { judge, type Rules, type Standing } from './verdict.ts'

const AT = new Date('2026-05-04T10:00:00Z')
const RULES: Rules = {
  pace: 'full',
  goneStops: false,
  failureLimit: 10,
  successResets: true,
  random: () => 0.5,
}
const FRESH: Standing = {
  active: true,
  errorCount: 0,
  lastError: null,
  lastTrigger: null,
  isOnTrial: false,
}

const failed = (
  failure: OutboundFailure,
  measured = {},
): OutboundResult & { isDelivered: false } => ({
  isDelivered: false,
  failure,
  message: failure === 'target_invalid' ? 'The URL cannot be read.' : '',
  measured: { totalMs: 5, ...measured },
})
const status = (code: number, more = {}) => failed('status', { status: code, ...more })
const good: OutboundResult = { isDelivered: true, measured: { totalMs: 5, status: 200 } }

const after = (standing: Standing, result: OutboundResult, tries = 1, rules = RULES) =>
  judge(standing, { result, tries, at: AT, wireAt: 'now' }, rules)

test('nine failures leave a webhook on, the tenth switches it off', () => {
  let standing = FRESH
  for (let failure = 1; failure <= 9; failure += 1) {
    const verdict = after(standing, status(500))
    expect(verdict).toMatchObject({ isStop: false, isCounted: true })
    ;({ standing } = verdict)
    expect(standing).toMatchObject({ errorCount: failure, active: true })
  }
  const tenth = after(standing, status(500))
  expect(tenth).toMatchObject({ isStop: true, fate: { state: 'parked' } })
  expect(tenth.standing).toMatchObject({ errorCount: 10, active: false })
})

test('an attempt that ends after the switch-off changes nothing, success or failure', () => {
  const stopped = { ...FRESH, active: false, errorCount: 10 }
  const bad = after(stopped, status(500))
  expect(bad).toMatchObject({ isStop: false, isCounted: false, standing: stopped })
  expect(bad.fate).toMatchObject({ state: 'parked' })
  const late = after(stopped, good)
  expect(late).toMatchObject({ isCounted: false, standing: stopped, fate: { state: 'delivered' } })
})

test('one success resets the count and ends the trial', () => {
  const verdict = after({ ...FRESH, errorCount: 9, isOnTrial: true, lastError: 'old' }, good)
  expect(verdict.standing).toMatchObject({
    errorCount: 0,
    isOnTrial: false,
    lastTrigger: 'now',
    lastError: 'old',
  })
})

test.each(['target_blocked', 'target_invalid'] as const)(
  '%s parks the delivery without counting, and the webhook shows why',
  (failure) => {
    const verdict = after({ ...FRESH, errorCount: 9 }, failed(failure))
    expect(verdict).toMatchObject({ isCounted: false, isStop: false, fate: { state: 'parked' } })
    expect(verdict.standing).toMatchObject({ errorCount: 9, active: true, lastTrigger: 'now' })
    expect(verdict.standing.lastError).not.toBe('')
  },
)

test('a failure on our own side uses up no attempt', () => {
  const verdict = after(FRESH, failed('ours_no_network'), 4)
  expect(verdict).toMatchObject({ attempt: 'ours', isCounted: false, standing: FRESH })
  expect(verdict.fate).toMatchObject({ state: 'retry', tries: 3 })
})

test('410 ends the event, and stops the webhook only if that rule is set', () => {
  expect(after(FRESH, status(410))).toMatchObject({ isStop: false, fate: { state: 'dead' } })
  const strict = after(FRESH, status(410), 1, { ...RULES, goneStops: true })
  expect(strict).toMatchObject({ isStop: true, standing: { active: false, errorCount: 1 } })
})

test('after the tenth attempt an event is given up', () => {
  const mended = { ...FRESH, errorCount: 2 }
  expect(after(mended, status(500), 9).fate).toMatchObject({ state: 'retry' })
  expect(after(mended, status(500), 10).fate).toMatchObject({ state: 'dead' })
})

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

test.each([
  [1, 5 * SECOND],
  [2, 30 * SECOND],
  [3, 2 * MINUTE],
  [4, 10 * MINUTE],
  [5, 30 * MINUTE],
  [6, HOUR],
  [7, 2 * HOUR],
  [8, 4 * HOUR],
  [9, 8 * HOUR],
])('after attempt %i the wait is %i ms, a fifth more or less', (tries, wait) => {
  const failure = { tries, isOverloaded: false }
  expect(waitAfter(failure, 'full', AT, () => 0.5)).toBe(wait)
  expect(waitAfter(failure, 'full', AT, () => 0)).toBe(wait * 0.8)
  expect(waitAfter(failure, 'full', AT, () => 1)).toBe(wait * 1.2)
})

test.each([
  ['999999999', HOUR],
  ['120', 120 * SECOND],
  ['7.5', 7_500],
  ['-5', 5 * SECOND],
  ['NaN', 5 * SECOND],
  ['1e9', 5 * SECOND],
  ['', 5 * SECOND],
  [new Date(AT.getTime() + 90 * SECOND).toUTCString(), 90 * SECOND],
  [new Date(AT.getTime() - HOUR).toUTCString(), 5 * SECOND],
])('with Retry-After: %s the wait is %i ms', (retryAfter, wait) => {
  expect(waitAfter({ tries: 1, isOverloaded: false, retryAfter }, 'full', AT, () => 0.5)).toBe(wait)
})

test('an overloaded receiver gets at least a minute of rest', () => {
  const verdicts = [429, 502, 503, 504].map((code) => after(FRESH, status(code)))
  const all = [...verdicts, after(FRESH, failed('timeout'))]
  expect(all.map(({ fate }) => fate)).toEqual(
    all.map(() => ({ state: 'retry', tries: 1, waitMs: MINUTE })),
  )
  expect(waitAfter({ tries: 1, isOverloaded: true }, 'full', AT, () => 0)).toBe(MINUTE)
})

test('no wait is longer than a timer can hold', () => {
  for (let tries = 1; tries < 10; tries += 1) {
    const wait = waitAfter({ tries, isOverloaded: true, retryAfter: '1e300' }, 'full', AT, () => 1)
    expect(wait).toBeLessThan(24 * 24 * HOUR)
  }
})

const NOT_OF_A_RECEIVER = new Set(['ours_no_network', 'status', 'redirect'])

test.each(OUTBOUND_FAILURES.filter((failure) => !NOT_OF_A_RECEIVER.has(failure)))(
  'the desk can explain the error text of %s',
  (failure) => {
    expect(explainLastError(lastErrorText(failed(failure)))).toBeDefined()
  },
)

test.each([301, 400, 401, 403, 404, 405, 410, 413, 415, 422, 429, 500, 502, 503, 504])(
  'the desk can explain the error text of status %i',
  (code) => {
    const failure = code === 301 ? 'redirect' : 'status'
    expect(explainLastError(lastErrorText(failed(failure, { status: code })))).toBeDefined()
  },
)

test("a receiver's text is cut, and cleaned of characters that disturb the text around it", () => {
  const body = `\u202Eevil\0\u0007 ${'é'.repeat(5_000)}`
  const text = lastErrorText(status(500, { body }))
  expect(text).toContain('(500) Internal Server Error. evil ')
  expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}\ufffd]/u)
  expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(4 * 1024)
})

test('with the rules set the eleventh failure stops a webhook, and a success leaves the count', () => {
  const nine = { ...FRESH, errorCount: 9 }
  const eleven = { ...RULES, failureLimit: 11 }
  expect(after(nine, status(500), 1).isStop).toBe(true)
  const tenth = after(nine, status(500), 1, eleven)
  expect(tenth).toMatchObject({ isStop: false, standing: { errorCount: 10, active: true } })
  expect(after(tenth.standing, status(500), 1, eleven).isStop).toBe(true)

  expect(after(nine, good, 1).standing.errorCount).toBe(0)
  expect(after(nine, good, 1, { ...RULES, successResets: false }).standing.errorCount).toBe(9)
})
