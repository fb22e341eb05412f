import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import type { WebhookInput } from '#contract/nexudus/webhook.ts'
import { openDeskOver } from '#server/testing/test-desk.ts'
import { createTestUpstream, json } from '#server/testing/test-upstream.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

import { draft } from './test-draft.ts'

const PATH = '/api/sys/webhooks'
const ACCEPTED = { Status: 200, Message: 'Done.', Value: null, Errors: null, WasSuccessful: true }

const upstream = createTestUpstream()
let desk: Awaited<ReturnType<typeof openDeskOver>>
let visitor: Visitor
beforeAll(async () => {
  desk = await openDeskOver(upstream.fetch)
  visitor = desk.visitor()
  await visitor.signIn('admin@hookdesk.test')
})
beforeEach(() => upstream.forget())
afterAll(() => desk.close())

/** A Nexudus that accepts every write but stores `odd` instead. */
function keepInstead(method: 'POST' | 'PUT', odd: Partial<WebhookInput>) {
  upstream.tell(method, PATH, (call, request) =>
    upstream.perform(
      { ...call, body: JSON.stringify({ ...JSON.parse(call.body), ...odd }) },
      request,
    ),
  )
}

test('a change that Nexudus made only in part is an error, and the history has that part', async () => {
  const { Id, Name } = (await visitor.create(draft())).body.webhook
  keepInstead('PUT', { Name })
  const change = { Name: 'Another name', Description: 'Another text' }
  const { body } = await visitor.change(Id, { seen: {}, change })

  expect(body.reason).toBe('changed_otherwise')
  expect(body.fields).toEqual({ unchanged: ['Name'], otherwise: [], unread: [] })
  expect(body.current).toMatchObject({ Name, Description: 'Another text' })
  expect((await desk.history(Id)).at(-1)).toMatchObject({
    kind: 'change',
    after: { Name, Description: 'Another text' },
  })
})

test('a field that Nexudus lost although nobody changed it is reported', async () => {
  const { Id } = (await visitor.create(draft({ Description: 'For the door' }))).body.webhook
  keepInstead('PUT', { Description: '' })
  const { body } = await visitor.change(Id, { seen: {}, change: { Name: 'Another name' } })
  expect(body.reason).toBe('changed_otherwise')
  expect(body.fields).toEqual({ unchanged: [], otherwise: ['Description'], unread: [] })
})

test('a create that Nexudus stored with other values is reported, and not repeated', async () => {
  const [key, input] = [crypto.randomUUID(), draft({ Active: true })]
  keepInstead('POST', { Active: false })
  const first = await visitor.create(input, key)

  expect([first.status, first.body.code, first.body.outcome]).toEqual([502, 'not_applied', 'done'])
  expect(first.body.reason).toBe('created_otherwise')
  expect(first.body.fields).toEqual({ unchanged: [], otherwise: ['Active'], unread: [] })
  const again = await visitor.create(input, key)
  expect([again.body.code, again.body.current.Id]).toEqual(['not_applied', first.body.current.Id])
  expect(upstream.arrived('POST').filter(({ path }) => path === PATH)).toHaveLength(1)
})

test.each<[string, Partial<WebhookInput>, Partial<WebhookInput>]>([
  ['spaces around a text', { Description: ' For the door ' }, { Description: 'For the door' }],
  ['ends of lines', { Description: 'One\nTwo' }, { Description: 'One\r\nTwo' }],
  ['the form of an accent', { Name: 'Caf\u00E9' }, { Name: 'Cafe\u0301' }],
  [
    'the spelling of an address',
    { URL: 'HTTPS://Hooks.Example.com:443' },
    { URL: 'https://hooks.example.com/' },
  ],
])('Nexudus may tidy %s: the change still succeeds', async (_what, change, kept) => {
  const { Id } = (await visitor.create(draft())).body.webhook
  keepInstead('PUT', kept)
  const { status, body } = await visitor.change(Id, { seen: {}, change })
  expect(status).toBe(200)
  expect(body.webhook).toMatchObject(kept)
})

test('a lost create is found and not repeated, even if Nexudus tidied its URL', async () => {
  const input = draft({ URL: 'https://Hooks.Example.com' })
  upstream.tell(
    'POST',
    PATH,
    async (call, request) => {
      const body = JSON.stringify({ ...JSON.parse(call.body), URL: 'https://hooks.example.com/' })
      await upstream.perform({ ...call, body }, request)
      return Promise.reject(new TypeError('fetch failed'))
    },
    1,
  )
  const { status, body } = await visitor.create(input)
  expect([status, body.webhook.URL]).toEqual([200, 'https://hooks.example.com/'])
})

test('a switch-off by Nexudus at the same moment does not fail another change', async () => {
  const { Id } = (await visitor.create(draft())).body.webhook
  keepInstead('PUT', { Active: false })
  const { status } = await visitor.change(Id, { seen: {}, change: { Name: 'Another name' } })
  expect(status).toBe(200)
})

test('a deletion that cannot be verified is not reported as done', async () => {
  const { Id } = (await visitor.create(draft())).body.webhook
  upstream.tell('DELETE', `${PATH}/${Id}`, () => {
    upstream.tell('GET', `${PATH}/${Id}`, () => json('', 503))
    return json(ACCEPTED)
  })
  const { status, body } = await visitor.remove(Id, {})
  expect([status, body.outcome]).toEqual([502, 'unknown'])
})
