import { expect, test } from 'vitest'

import { ACTION } from '#contract/actions/action-numbers.ts'
import type { WebhookRow } from '#contract/nexudus/webhook.ts'
import { createFleetReader } from '#fleet/fleet.ts'

import { readMoveTarget } from './move-host.ts'
import { changesOf, countOf, movesOf } from './move-plan.ts'

const policy = { exceptions: [], allowPrivateTargets: false }

const rowsOf = (...webhooks: Partial<WebhookRow>[]) =>
  createFleetReader({ hidesPaths: false })(
    webhooks.map((fields, at) => ({
      Id: at + 1,
      BusinessId: 1,
      Action: ACTION.BookingCreate,
      Name: `N${at + 1}`,
      URL: '',
      Active: true,
      ErrorCount: 0,
      LastError: null,
      LastTrigger: '2026-05-05T10:00:00Z',
      CreatedOn: null,
      UpdatedOn: null,
      UpdatedBy: null,
      ...fields,
    })),
    [],
  ).rows

test('every distinct URL moves once, with all its webhooks, and its secrets are masked', () => {
  const rows = rowsOf(
    { URL: 'https://old.example.com/a?key=s3cr3t' },
    { URL: ' https://old.example.com/b' },
    { URL: 'https://old.example.com/b' },
    { URL: 'https://old.example.com.evil.test/b' },
    { URL: 'old.example.com' },
  )
  const target = readMoveTarget('new.example.com') ?? { host: '', scheme: null }
  const moves = movesOf(rows, 'old.example.com', target, policy)
  expect(moves).toMatchObject([
    { before: 'https://old.example.com/b', after: 'https://new.example.com/b', blocked: null },
    { shown: { after: 'https://new.example.com/a?key=••••' } },
  ])
  expect(countOf(moves)).toBe(3)
  expect(changesOf(moves)[0]).toEqual({
    kind: 'change',
    webhookId: 2,
    change: { URL: 'https://new.example.com/b' },
    // as read, including the space
    seen: { URL: ' https://old.example.com/b' },
  })
  const [blocked] = movesOf(rows, 'old.example.com', { host: '10.0.0.7', scheme: null }, policy)
  expect(blocked?.blocked).toMatch(/cannot reach/)
})
