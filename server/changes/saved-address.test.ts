import { afterAll, beforeAll, expect, test } from 'vitest'

import { openTestDesk, type TestDesk } from '#server/testing/test-desk.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

import { draft } from './test-draft.ts'

let desk: TestDesk
let admin: Visitor
beforeAll(async () => {
  desk = await openTestDesk()
  admin = desk.visitor()
  await admin.signIn('admin@hookdesk.test')
})
afterAll(() => desk.close())

test('invisible characters around a URL are trimmed, the rest is saved unchanged', async () => {
  const inside = 'https://hooks.example.com/a\u200bb c/{{id}}#top,'
  const made = await admin.create(draft({ URL: `\ufeff${inside}\u200b\u00a0` }))
  expect([made.status, made.body.webhook.URL]).toEqual([200, inside])

  const change = { URL: ' \u200ehttps://\u0430pple.com:0\\in\u00ad' }
  const changed = await admin.change(made.body.webhook.Id, { seen: {}, change })
  expect([changed.status, changed.body.webhook.URL]).toEqual([200, 'https://\u0430pple.com:0\\in'])
})

test.each([
  ['https://example.com:99999', 'port-too-high'],
  ['https://https://example.com', 'scheme-twice'],
  ['https://exa mple.com', 'host-space'],
])('%s is refused with its reason', async (URL, reason) => {
  const { status, body } = await admin.create(draft({ URL }))
  expect([status, body.reason, body.block.code]).toEqual([400, 'blocked_address', reason])
})
