import { expect, test } from 'vitest'

import { ACTION } from '#contract/actions/action-numbers.ts'
import { runProposalSchema } from '#contract/desk/run.ts'
import { webhookRowSchema } from '#contract/nexudus/webhook.ts'
import { createFleetReader } from '#fleet/fleet.ts'

import { deleteRun, describeRun } from './bulk-runs.ts'

const webhooks = [1, 2].map((Id) =>
  webhookRowSchema.parse({
    Id,
    BusinessId: 10,
    Action: ACTION.BookingCreate,
    Name: `Webhook ${Id}`,
    Active: Id === 1,
    URL: 'https://crm.example.com/in?key=secret',
  }),
)
const { rows } = createFleetReader({ hidesPaths: true })(webhooks, [])

test('a description may be emptied', () => {
  const { title, changes } = describeRun(rows, '')
  expect(title).toEqual({ act: 'describe', count: 2 })
  expect(changes[0]).toMatchObject({ change: { Description: '' } })
})

test('a deletion carries all fields of the webhook as seen', () => {
  const run = deleteRun(rows)
  expect(runProposalSchema.parse(run)).toEqual(run)
  expect(run.changes[1]).toEqual({
    kind: 'delete',
    webhookId: 2,
    seen: {
      Name: 'Webhook 2',
      BusinessId: 10,
      Action: ACTION.BookingCreate,
      URL: 'https://crm.example.com/in?key=secret',
    },
  })
})
