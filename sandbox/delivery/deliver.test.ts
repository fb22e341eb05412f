import { createHmac } from 'node:crypto'

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { ACTION } from '#contract/actions/action-numbers.ts'
import { SELECTABLE_ACTIONS } from '#contract/actions/actions.ts'
import { payloadFields } from '#contract/payloads/payload.ts'

import { openTestDeliveries, QUIET_ACTION, SHOREDITCH, type Deliveries } from './test-deliveries.ts'

const SECRET = 'shoreditch-demo-secret'
const SCENE = {
  location: { id: SHOREDITCH, name: 'Shoreditch', currency: 'GBP' },
  at: new Date('2026-05-04T10:00:00Z'),
  seed: 1,
}

let desk: Deliveries
beforeAll(async () => {
  desk = await openTestDeliveries()
})
beforeEach(() => {
  desk.heard.length = 0
  desk.answerStatus(200)
})
afterAll(() => desk.close())

test("an event arrives as an array with one record, signed with its location's secret", async () => {
  const id = await desk.makeWebhook()
  const raised = await desk.raise({ record: { Id: 7, Name: 'José 😀 لوي', Big: 1 } })
  await desk.drained()

  expect(raised.Deliveries).toEqual([{ Id: expect.any(Number) as number, WebhookId: id }])
  const [arrived] = desk.heard
  const body = arrived?.body ?? ''
  expect(JSON.parse(body)).toEqual([{ Id: 7, Name: 'José 😀 لوي', Big: 1 }])
  expect(/^[ -~]*$/.test(body)).toBe(true)
  const independent = createHmac('sha256', SECRET).update(body).digest('hex')
  expect(arrived?.headers['x-nexudus-hook-signature']).toBe(independent.toUpperCase())
  expect(arrived?.headers['content-type']).toContain('application/json')
  expect(await desk.wireOf(id)).toMatchObject({
    ErrorCount: 0,
    LastTrigger: expect.any(String) as string,
  })
  expect(await desk.statesOf(id)).toEqual({ delivered: 1 })
  await desk.put(id, { Active: false })
})

test('deliveries of a location without a secret are not signed', async () => {
  const quiet = { BusinessId: SHOREDITCH + 1 }
  await desk.makeWebhook(quiet)
  await desk.raise(quiet)
  await desk.drained()
  expect(desk.heard[0]?.headers).not.toHaveProperty('x-nexudus-hook-signature')
})

test('each of the 89 actions arrives as a signed record of its entity', async () => {
  const numbers = SELECTABLE_ACTIONS.map(({ number }) => number)
  const ids: number[] = []
  for (const Action of numbers) {
    ids.push(await desk.makeWebhook({ Action, URL: desk.url(`/action-${Action}`) }))
  }
  for (const Action of numbers) await desk.raise({ Action })
  await desk.drained()

  const arrived = new Map(desk.heard.map((heard) => [heard.path, heard]))
  for (const action of numbers) {
    const { body = '', headers } = arrived.get(`/action-${action}`) ?? {}
    const records: Record<string, unknown>[] = JSON.parse(body)
    expect(records, `action ${action}`).toHaveLength(1)
    const expected = payloadFields(action, SCENE).map(({ name }) => name)
    expect(Object.keys(records[0] ?? {}), `action ${action}`).toEqual(
      expect.arrayContaining(expected),
    )
    const independent = createHmac('sha256', SECRET).update(body).digest('hex').toUpperCase()
    expect(headers?.['x-nexudus-hook-signature'], `action ${action}`).toBe(independent)
  }
  for (const id of ids) await desk.admin.delete(`/api/sys/webhooks/${id}`)
})

test('a removal carries the last state of the record from an earlier event', async () => {
  const ids = [6, 8].map((Action) => desk.makeWebhook({ Action, URL: desk.url(`/life-${Action}`) }))
  await Promise.all(ids)
  await desk.raise({ Action: ACTION.BookingCreate })
  await desk.drained()
  desk.clock.pass(60_000)
  await desk.raise({ Action: ACTION.BookingDelete })
  await desk.drained()
  const recordAt = (path: string) => {
    const body = desk.heard.find((heard) => heard.path === path)?.body ?? '[]'
    return JSON.parse(body)[0]
  }
  const [made, gone] = [recordAt('/life-6'), recordAt('/life-8')]
  expect(gone).toMatchObject({ Id: made.Id, UniqueId: made.UniqueId, FromTime: made.FromTime })
  // a removed record is not used again
  await desk.raise({ Action: ACTION.BookingDelete })
  await desk.drained()
  const again = JSON.parse(desk.heard.findLast(({ path }) => path === '/life-8')?.body ?? '')
  expect(again[0].Id).not.toBe(made.Id)
  for (const id of await Promise.all(ids)) await desk.admin.delete(`/api/sys/webhooks/${id}`)
})

test('a number of any size in a given record is sent unchanged', async () => {
  const id = await desk.makeWebhook()
  const body = `{"BusinessId":${SHOREDITCH},"Action":${QUIET_ACTION},"record":{"Id":12345678901234567890.10}}`
  await desk.admin.send('POST', '/sandbox/events', body)
  await desk.drained()
  expect(desk.heard[0]?.body).toBe('[{"Id":12345678901234567890.10}]')
  await desk.admin.delete(`/api/sys/webhooks/${id}`)
})

test('with the switch set accents are sent unescaped and signed as question marks', async () => {
  const id = await desk.makeWebhook()
  await desk.switches({ signatureForm: 'substituted' })
  await desk.raise({ record: { Name: 'José 😀' } })
  await desk.drained()
  await desk.switches({ signatureForm: 'body' })
  expect(desk.heard[0]?.body).toBe('[{"Name":"José 😀"}]')
  const independent = createHmac('sha256', SECRET).update('[{"Name":"Jos? ??"}]').digest('hex')
  expect(desk.heard[0]?.headers['x-nexudus-hook-signature']).toBe(independent.toUpperCase())
  await desk.admin.delete(`/api/sys/webhooks/${id}`)
})

test('a webhook of the root location fires for other locations only with the switch set', async () => {
  const root = SHOREDITCH - 1
  const id = await desk.makeWebhook({ BusinessId: root })
  expect((await desk.raise()).Deliveries).toEqual([])
  await desk.switches({ rootCovers: 'yes' })
  expect((await desk.raise()).Deliveries).toHaveLength(1)
  await desk.switches({ rootCovers: 'no' })
  await desk.drained()
  await desk.admin.delete(`/api/sys/webhooks/${id}`)
})

test.each([
  [{}, ['BusinessId', 'Action']],
  [{ BusinessId: SHOREDITCH }, ['Action']],
  [{ BusinessId: 'x', Action: ACTION.BookingCreate }, ['BusinessId']],
  [{ BusinessId: 1, Action: ACTION.BookingCreate }, ['BusinessId']],
  [{ BusinessId: SHOREDITCH, Action: ACTION.BookingCreate, record: [] }, ['record']],
  [{ BusinessId: SHOREDITCH, Action: 0 }, ['Action']],
  [{ BusinessId: SHOREDITCH, Action: ACTION.None }, ['Action']],
  [{ BusinessId: SHOREDITCH, Action: 999 }, ['Action']],
])('an event of %j is refused', async (event, properties) => {
  const answer = await desk.admin.post('/sandbox/events', event)
  const { Errors } = await answer.json()
  const named = Errors.map(({ PropertyName }: { PropertyName: string }) => PropertyName)
  expect([answer.status, named]).toEqual([400, properties])
})

test('only administrators of the sandbox can raise events', async () => {
  const manager = await desk.signIn('manager@hookdesk.test')
  const event = { BusinessId: SHOREDITCH, Action: ACTION.BookingCreate }
  expect((await manager.post('/sandbox/events', event)).status).toBe(401)
  expect((await desk.app.request('/sandbox/events', { method: 'POST' })).status).toBe(401)
})

test('an event picks a record it can happen to: nobody arrives twice', async () => {
  const id = await desk.makeWebhook({ Action: ACTION.VisitorCheckedin, URL: desk.url('/arrivals') })
  await desk.raise({ Action: ACTION.VisitorRegistered })
  await desk.raise({ Action: ACTION.VisitorCheckedin })
  await desk.raise({ Action: ACTION.VisitorCheckedin })
  await desk.drained()
  const arrived = desk.heard
    .filter(({ path }) => path === '/arrivals')
    .map(({ body }) => JSON.parse(body)[0])
  expect(arrived.map(({ Arrived }) => Arrived)).toEqual([true, true])
  expect(new Set(arrived.map(({ Id }) => Id)).size).toBe(2)
  await desk.admin.delete(`/api/sys/webhooks/${id}`)
})

test("an update of a location delivers that location's record", async () => {
  const id = await desk.makeWebhook({ Action: ACTION.BusinessUpdate, URL: desk.url('/location') })
  await desk.raise({ Action: ACTION.BusinessUpdate })
  await desk.drained()
  const [record] = JSON.parse(desk.heard.find(({ path }) => path === '/location')?.body ?? '[]')
  expect(record).toMatchObject({ Id: SHOREDITCH, Name: 'Northlight Shoreditch' })
  await desk.admin.delete(`/api/sys/webhooks/${id}`)
})
