import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { draft } from '#server/changes/test-draft.ts'
import { openDeskOver } from '#server/testing/test-desk.ts'
import { createTestUpstream, json } from '#server/testing/test-upstream.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

import { runsOf } from './test-runs.ts'

const PATH = '/api/sys/webhooks'

const upstream = createTestUpstream()
let desk: Awaited<ReturnType<typeof openDeskOver>>
let admin: Visitor
beforeAll(async () => {
  desk = await openDeskOver(upstream.fetch)
  admin = desk.visitor()
  await admin.signIn('admin@hookdesk.test')
})
beforeEach(() => upstream.forget())
afterAll(() => desk.close())

const made = async () => (await admin.create(draft())).body.webhook

const pause = (webhookId: number) =>
  ({ kind: 'change', webhookId, change: { Active: false } }) as const

async function statesOf(ids: number[]) {
  const runs = runsOf(admin)
  const run = await runs.propose(ids.map(pause))
  return (await runs.items(run.id)).map(({ state }) => state)
}

test('a webhook that a list omits is not missing, one that does not exist is', async () => {
  const { Id } = await made()
  upstream.tell('GET', PATH, () => json({ Records: [], TotalItems: 1, TotalPages: 1 }))
  expect(await statesOf([Id, 1_499_999_999])).toEqual(['ready', 'missing'])
})

test('a row of the list that cannot be read does not affect the other items', async () => {
  const [one, other] = [await made(), await made()]
  upstream.tell('GET', PATH, () =>
    json({ Records: [one, { ...other, BusinessId: 'none' }, null], TotalItems: 3, TotalPages: 1 }),
  )
  expect(await statesOf([one.Id, other.Id])).toEqual(['ready', 'ready'])
})

test('refused pages of a thousand rows are read in hundreds', async () => {
  const one = await made()
  upstream.tell('GET', PATH, ({ query }) =>
    query.includes('size=1000')
      ? json({ Message: 'size must not be more than 100' }, 400)
      : json({ Records: [one], TotalItems: 1, TotalPages: 1 }),
  )
  expect(await statesOf([one.Id])).toEqual(['ready'])
})

test('a list whose rows are too large for one answer is read in smaller pages', async () => {
  const [one, other] = [await made(), await made()]
  const Records = [one, { ...other, Name: 'x'.repeat(9 * 1024 * 1024) }]
  upstream.tell('GET', PATH, ({ query }) => {
    const paging = new URLSearchParams(query)
    const [page, size] = [Number(paging.get('page')), Number(paging.get('size'))]
    return json({ Records: Records.slice((page - 1) * size, page * size), TotalItems: 2 })
  })
  expect(await statesOf([one.Id, other.Id, 1_499_999_999])).toEqual(['ready', 'ready', 'missing'])
})

test('a record that answers 500 and may be among omitted rows is not called gone', async () => {
  const { Id } = await made()
  upstream.tell('GET', `${PATH}/${Id}`, () => json({ Message: 'An error has occurred.' }, 500))
  upstream.tell('GET', PATH, () => json({ Records: [], TotalItems: 1, TotalPages: 1 }))
  const { status, body } = await admin.remove(Id, {})
  expect([status, body.code]).toEqual([502, 'upstream_error'])
})

test('a stopped duplicate is reported as off, with its failures', async () => {
  const input = draft()
  const { Id } = (await admin.create({ ...input, Active: false })).body.webhook
  const stopped = { ...input, Id: String(Id), Active: 'false', ErrorCount: '10' }
  upstream.tell('GET', PATH, () => json({ Records: [stopped], TotalItems: 1, TotalPages: 1 }))
  const runs = runsOf(admin)
  const run = await runs.propose([{ kind: 'create', input }])
  const [item] = await runs.items(run.id)
  expect(item?.state).toBe('same')
  expect(item?.reason).toMatchObject({
    is: 'duplicate',
    of: { id: Id, active: false, failures: 10 },
  })
})
