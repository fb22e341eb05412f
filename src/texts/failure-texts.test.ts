import { expect, test } from 'vitest'

import { ApiError, failureOf, type ApiFailureCode, type Told } from '#api/failure.ts'
import { FAILURE_CODES, FAILURE_REASONS, type FailureReason } from '#contract/desk/failure.ts'

import { failureText, textOf } from './failure-texts.ts'

const REASONS: { [code in string]?: readonly FailureReason[] } = FAILURE_REASONS
const SENTENCE = /^[A-Z].*\.$/

test.each(FAILURE_CODES)('%s has a sentence with and without each of its reasons', (code) => {
  expect(failureText(code)).toMatch(SENTENCE)
  for (const reason of REASONS[code] ?? []) {
    // also without the details it mentions, in case a desk of another version omits them
    expect(failureText(code, { reason })).toMatch(/^[A-Z].+/)
  }
})

const NO_FIELDS = { unchanged: [], otherwise: [], unread: [] }

test.each<[ApiFailureCode, Told, string]>([
  ['desk_not_understood', { status: 502 }, 'Hookdesk answered 502.'],
  ['upstream_error', { reason: 'failed', upstreamStatus: 503 }, 'Nexudus failed (503).'],
  [
    'upstream_error',
    { reason: 'unknown_answer', upstreamStatus: 201 },
    'Nexudus gave an answer that Hookdesk does not know (201).',
  ],
  [
    'upstream_error',
    { reason: 'refused_read', upstreamStatus: 405 },
    'Nexudus refused this request (405).',
  ],
  [
    'upstream_error',
    { reason: 'unanswered', said: 'Ooops' },
    'Nexudus could not answer this request: Ooops',
  ],
  ['upstream_error', { reason: 'unanswered' }, 'Nexudus could not answer this request'],
  [
    'permission_missing',
    { reason: 'role', missing: 'WebHook-Edit' },
    'Your Nexudus account lacks a right that Nexudus calls WebHook-Edit.',
  ],
  ['refused', { reason: 'by_nexudus', said: 'Not today.' }, 'Not today.'],
  ['refused', { reason: 'by_nexudus' }, 'Nexudus refused this without giving a reason.'],
  ['refused', { reason: 'by_sandbox', upstreamStatus: 400 }, 'The sandbox refused this (400).'],
  ['refused', { reason: 'by_sandbox', upstreamStatus: 400, said: 'No.' }, 'No.'],
  [
    'not_applied',
    { reason: 'changed_otherwise', fields: { ...NO_FIELDS, unchanged: ['Name', 'BusinessId'] } },
    'Nexudus accepted the change but did not make it: Name, Location.',
  ],
  [
    'not_applied',
    {
      reason: 'changed_otherwise',
      fields: { unchanged: ['Name'], otherwise: ['URL'], unread: ['Active'] },
    },
    'Nexudus accepted the change but did not make it: Name. Nexudus accepted the change but now has other values: URL. Nexudus accepted the change, but Hookdesk cannot read the new values: Active.',
  ],
  [
    'not_applied',
    { reason: 'created_otherwise', fields: { ...NO_FIELDS, otherwise: ['Active'] } },
    'Nexudus created it, but with other values than requested: Active.',
  ],
  [
    'not_applied',
    { reason: 'created_otherwise', fields: { ...NO_FIELDS, unread: ['Action', 'Active'] } },
    'Nexudus created it, but Hookdesk cannot read the new values: Action, Active.',
  ],
  [
    'not_applied',
    { reason: 'not_created' },
    'Nexudus reported that it created the webhook, but does not have it, or does not show it to your account.',
  ],
  [
    'not_applied',
    { reason: 'not_created', webhookId: 7 },
    'Nexudus reported that it created webhook 7, but does not have it, or does not show it to your account.',
  ],
  ['other_person', { name: 'Tim' }, 'Nothing was done: Tim is now signed in in this browser.'],
  ['sign_in_failed', { reason: 'password' }, 'The e-mail address or the password is wrong.'],
  [
    'sign_in_failed',
    { reason: 'password_or_code' },
    'The e-mail address or the password is wrong, or the code is wrong.',
  ],
  [
    'probe_throttled',
    { reason: 'per_person', limit: 10, retryAfterMs: 12_001 },
    'You have checked 10 URLs within a minute. Try again in 13 s.',
  ],
  [
    'probe_throttled',
    { reason: 'per_person', limit: 1, retryAfterMs: 1_000 },
    'You have checked 1 URL within a minute. Try again in 1 s.',
  ],
  [
    'probe_throttled',
    { reason: 'per_host', limit: 5, retryAfterMs: 2_000 },
    'This server was checked 5 times within a minute. Try again in 2 s.',
  ],
  [
    'probe_throttled',
    { reason: 'per_host', limit: 1, retryAfterMs: 2_000 },
    'This server was checked 1 time within a minute. Try again in 2 s.',
  ],
  [
    'probe_throttled',
    { reason: 'at_once', limit: 4 },
    'Four URLs are being checked right now. Try again in a few seconds.',
  ],
  [
    'probe_throttled',
    { reason: 'at_once', limit: 1 },
    'One URL is being checked right now. Try again in a few seconds.',
  ],
  [
    'probe_throttled',
    { reason: 'at_once', limit: 12 },
    '12 URLs are being checked right now. Try again in a few seconds.',
  ],
  [
    'bad_request',
    { reason: 'blocked_address', block: { code: 'port-unreadable', about: '80a' } },
    'This URL cannot be saved.',
  ],
])('%s with %j', (code, told, text) => {
  expect(failureText(code, told)).toBe(text)
})

test('an outstanding write is described with its sender, its time and its deadline', () => {
  const mayArrive = {
    ...({ kind: 'deletion', by: 'ana@example.com' } as const),
    sentAt: '2026-05-05T10:00:00.000Z',
    until: '2026-05-05T10:01:00.000Z',
  }
  expect(failureText('in_progress', { reason: 'late_write', mayArrive })).toMatch(
    /^ana@example\.com sent a deletion at .+\. Nexudus has not answered and may still apply it\. Hookdesk writes nothing else to this webhook until it sees the result, or until .+\.$/,
  )
})

test('an unknown reason, or one of another code, leaves the general text of the code', () => {
  const newer = failureOf({ code: 'not_found', reason: 'unheard_of', requestId: '1' }, 404)
  expect([newer.code, textOf(newer)]).toEqual(['not_found', 'Hookdesk did not find this.'])
  const odd = new ApiError('not_found', { reason: 'per_host' })
  expect(textOf(odd)).toBe('Hookdesk did not find this.')
})

test('an answer that is not the desk’s is described by its status', () => {
  expect(textOf(failureOf('<html>', 502))).toBe('Hookdesk answered 502.')
})
