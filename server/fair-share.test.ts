import { afterAll, beforeAll, expect, test } from 'vitest'

import { openDeskOver } from '#server/testing/test-desk.ts'
import { createTestUpstream, json } from '#server/testing/test-upstream.ts'

const upstream = createTestUpstream()
let desk: Awaited<ReturnType<typeof openDeskOver>>
beforeAll(async () => {
  // longer than this test withholds its answers
  const limits = { firstByteMs: 120_000, totalMs: 120_000, maxBytes: 1_000_000 }
  desk = await openDeskOver(upstream.fetch, { limits })
})
afterAll(() => desk.close())

test('a thousand requests of one person delay nobody else, and the excess is told when to return', async () => {
  const flood = desk.visitor()
  const other = desk.visitor()
  await flood.signIn('admin@hookdesk.test')
  await other.signIn('admin@hookdesk.test')
  const list = (visitor: typeof flood) => visitor.request('/api/sys/webhooks')

  let release = () => {}
  const letGo = new Promise<void>((resolve) => {
    release = resolve
  })
  upstream.forget()
  upstream.tell('GET', '/api/sys/webhooks', async () => {
    await letGo
    return json({ Records: [], TotalPages: 1 })
  })
  const flooding = Array.from({ length: 1_000 }, () => list(flood))
  await expect.poll(() => upstream.arrived('GET').length, { timeout: 60_000 }).toBe(20)

  // no request of the flood is answered yet, and all of it has arrived
  upstream.tell('GET', '/api/sys/webhooks', () => json({ Records: [], TotalPages: 1 }), 1)
  expect((await list(other)).status).toBe(200)
  expect(upstream.arrived('GET')).toHaveLength(21)

  release()
  const answers = await Promise.all(flooding)
  const refused = answers.filter(({ body }) => body?.code === 'too_busy')
  expect(refused).toHaveLength(1_000 - 20 - 100)
  expect(refused[0]?.body).toMatchObject({ retryAfterMs: 2_000 })
  expect([refused[0]?.status, refused[0]?.headers.get('retry-after')]).toEqual([503, '2'])
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(120)
  // afterwards the flood's visitor is served like any other
  expect((await list(flood)).status).toBe(200)
}, 240_000)
