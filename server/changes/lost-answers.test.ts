import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { roles, userRoles } from '#sandbox/db/tables.ts'
import { siteId } from '#sandbox/seed/seed-small.ts'
import { openTestDesk, type TestDesk } from '#server/testing/test-desk.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

import { draft } from './test-draft.ts'

const PATH = '/api/sys/webhooks'

let desk: TestDesk
let admin: Visitor
beforeAll(async () => {
  desk = await openTestDesk()
  admin = desk.visitor()
  await admin.signIn('admin@hookdesk.test')
})
beforeEach(() => desk.startCounting())
afterAll(() => desk.close())

const newKey = () => crypto.randomUUID()
const times = async (what: string) => (await desk.calls()).filter((call) => call === what).length
const made = async () => (await admin.create(draft())).body.webhook

test.each(['lost_answer', 'drop_mid_body', 'broken_json', 'wrong_length'] as const)(
  'a create whose answer is lost by %s is found, and not sent again',
  async (kind) => {
    const [key, input] = [newKey(), draft()]
    await desk.fault({ kind, method: 'POST', path: PATH })
    const { status, body } = await admin.create(input, key)

    expect([status, body.webhook.Name]).toEqual([200, input.Name])
    expect(await times(`POST ${PATH}`)).toBe(1)
    expect((await admin.create(input, key)).body).toEqual(body)
    expect(await desk.recordsNamed(input.Name)).toHaveLength(1)
    expect(await desk.history(body.webhook.Id)).toHaveLength(1)
  },
)

test('an earlier duplicate is not mistaken for a lost create', async () => {
  const input = draft()
  const duplicate = (await admin.create(input)).body.webhook
  await desk.fault({ kind: 'lost_answer', method: 'POST', path: PATH })

  const { body } = await admin.create(input)
  expect(body.webhook.Id).toBeGreaterThan(duplicate.Id)
  expect(await desk.recordsNamed(input.Name)).toHaveLength(2)
})

test.each(['drop', 'error', 'html', 'empty'] as const)(
  'a create that never happened (%s) is reported as unsaved, and can be retried with its key',
  async (kind) => {
    const [key, input] = [newKey(), draft()]
    await desk.fault({ kind, method: 'POST', path: PATH })
    const first = await admin.create(input, key)

    expect(first.status).toBe(502)
    expect(first.body.outcome).toBe('unsaved')
    expect(await desk.recordsNamed(input.Name)).toEqual([])
    expect((await admin.create(input, key)).status).toBe(200)
    expect(await times(`POST ${PATH}`)).toBe(2)
    expect(await desk.recordsNamed(input.Name)).toHaveLength(1)
  },
)

test('an unsaved create can be corrected and sent again under the same key', async () => {
  const [key, input] = [newKey(), draft()]
  await desk.fault({ kind: 'drop', method: 'POST', path: PATH })
  await admin.create(input, key)

  const corrected = { ...input, URL: 'https://hooks.example.com/corrected' }
  const answers = [await admin.create(corrected, key), await admin.create(corrected, key)]
  expect(answers.map(({ status, body }) => [status, body.webhook?.URL])).toEqual([
    [200, corrected.URL],
    [200, corrected.URL],
  ])
  expect(await desk.recordsNamed(input.Name)).toHaveLength(1)
})

test('a create corrected after an unknown result shows the webhook that was created', async () => {
  const [key, input] = [newKey(), draft()]
  await desk.fault({ kind: 'error', method: 'GET', path: `${PATH}/`, times: 6 })
  expect((await admin.create(input, key)).body).toMatchObject({ outcome: 'unknown' })

  const corrected = { ...input, URL: 'https://hooks.example.com/corrected' }
  for (const _pressed of [1, 2]) {
    const { status, body } = await admin.create(corrected, key)
    expect([status, body.code]).toEqual([409, 'created_before'])
    expect(body.current.URL).toBe(input.URL)
  }
  expect(await desk.recordsNamed(input.Name)).toHaveLength(1)
})

test.each(['error', 'drop', 'html'] as const)(
  'a create that cannot be read back (%s) makes one record all the same',
  async (kind) => {
    const [key, input] = [newKey(), draft()]
    await desk.fault({ kind, method: 'GET', path: `${PATH}/`, times: 6 })
    const first = await admin.create(input, key)
    expect(first.body.outcome).toBe('unknown')

    await desk.startCounting()
    const second = await admin.create(input, key)
    expect([second.status, second.body.webhook?.Name]).toEqual([200, input.Name])
    expect(await times(`POST ${PATH}`)).toBe(0)
    expect(await desk.recordsNamed(input.Name)).toHaveLength(1)
    expect(await desk.history(second.body.webhook.Id)).toHaveLength(1)
  },
)

test('a person who may create but neither list nor read makes one record, however often they press', async () => {
  const creator = await signInWith(['WebHook-Create'])
  const [key, input] = [newKey(), draft({ BusinessId: siteId('shoreditch') })]
  for (const _pressed of [1, 2, 3]) {
    const { body } = await creator.create(input, key)
    expect(body).toMatchObject({ code: 'permission_missing', missing: 'WebHook-Read' })
  }
  expect(await desk.recordsNamed(input.Name)).toHaveLength(1)
})

/** The manager, with other roles than those seeded. */
async function signInWith(names: string[]) {
  const all = await desk.db.select().from(roles)
  const ids = all.filter(({ name }) => names.includes(name)).map(({ id }) => id)
  await desk.db.update(userRoles).set({ roles: ids }).where(eq(userRoles.name, 'Location manager'))
  const visitor = desk.visitor()
  await visitor.signIn('manager@hookdesk.test')
  return visitor
}

test.each(['lost_answer', 'drop_mid_body'] as const)(
  'a change whose answer is lost by %s is found to have happened',
  async (kind) => {
    const { Id } = await made()
    await desk.fault({ kind, method: 'PUT' })
    const { status, body } = await admin.change(Id, { seen: {}, change: { Active: false } })

    expect([status, body.webhook.Active]).toEqual([200, false])
    expect(await times(`PUT ${PATH}`)).toBe(1)
    expect(await desk.history(Id)).toHaveLength(2)
  },
)

test('a change that never arrived is reported as unsaved, and can be retried with its key', async () => {
  const { Id } = await made()
  const key = newKey()
  const pause = { seen: { Active: true }, change: { Active: false } }
  await desk.fault({ kind: 'drop', method: 'PUT' })

  const first = await admin.change(Id, pause, key)
  expect([first.status, first.body.outcome]).toEqual([502, 'unsaved'])
  expect(await times(`PUT ${PATH}`)).toBe(1)
  const second = await admin.change(Id, pause, key)
  expect([second.status, second.body.webhook.Active]).toEqual([200, false])
})

test('a delete whose answer is lost is found to be done', async () => {
  const { Id, Name } = await made()
  await desk.fault({ kind: 'lost_answer', method: 'DELETE' })
  const { status } = await admin.remove(Id, {})

  expect(status).toBe(200)
  expect(await desk.recordsNamed(Name)).toEqual([])
  expect((await desk.history(Id)).at(-1)?.kind).toBe('delete')
})

test('a delete that never arrived is reported as unsaved, and can be retried with its key', async () => {
  const { Id, Name } = await made()
  const key = newKey()
  await desk.fault({ kind: 'drop', method: 'DELETE' })
  const first = await admin.remove(Id, {}, key)

  expect([first.status, first.body.outcome]).toEqual([502, 'unsaved'])
  expect(await desk.recordsNamed(Name)).toHaveLength(1)
  expect((await admin.remove(Id, {}, key)).status).toBe(200)
  expect(await desk.recordsNamed(Name)).toEqual([])
})
