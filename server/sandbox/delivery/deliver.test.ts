import { createHmac } from 'node:crypto'

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { openTestDeliveries, SHOREDITCH, type Deliveries } from './test-deliveries.ts'

let desk: Deliveries
beforeAll(async () => {
  desk = await openTestDeliveries()
})
beforeEach(() => {
  desk.heard.length = 0
  desk.answerStatus(200)
})
afterAll(() => desk.close())

test('an event arrives as an array with one record, signed with the secret of its location', async () => {
  const id = await desk.makeWebhook()
  const raised = await desk.raise({ record: { Id: 7, Name: 'José 😀 لوي', Big: 1 } })
  await desk.drained()

  expect(raised.Deliveries).toEqual([{ Id: expect.any(Number) as number, WebhookId: id }])
  const [arrived] = desk.heard
  const body = arrived?.body ?? ''
  expect(JSON.parse(body)).toEqual([{ Id: 7, Name: 'José 😀 لوي', Big: 1 }])
  expect(/^[ -~]*$/.test(body)).toBe(true)
  const independent = createHmac('sha256', 'shoreditch-demo-secret').update(body).digest('hex')
  expect(arrived?.headers['x-nexudus-hook-signature']).toBe(independent.toUpperCase())
  expect(arrived?.headers['content-type']).toContain('application/json')
  expect(await desk.wireOf(id)).toMatchObject({
    ErrorCount: 0,
    LastTrigger: expect.any(String) as string,
  })
  expect(await desk.statesOf(id)).toEqual({ delivered: 1 })
  await desk.put(id, { Active: false })
})

test('nothing is signed at a location without a secret', async () => {
  const quiet = { BusinessId: SHOREDITCH + 1 }
  await desk.makeWebhook(quiet)
  await desk.raise(quiet)
  await desk.drained()
  expect(desk.heard[0]?.headers).not.toHaveProperty('x-nexudus-hook-signature')
})
