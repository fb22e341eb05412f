import { pino } from 'pino'
import { afterEach, expect, test } from 'vitest'

import { createFetch } from './fetch.ts'
import { routeTo } from './route.ts'
import { startImpatient } from './test-impatient.ts'
import { createUpstream } from './upstream.ts'

type Impatient = Awaited<ReturnType<typeof startImpatient>>

const CREATES = 25
const LIMITS = { firstByteMs: 60_000, totalMs: 60_000, maxBytes: 1e6 }
const log = pino({ level: 'silent' })

let nexudus: Impatient
afterEach(() => nexudus.close())

function over({ url }: Impatient) {
  const fetch = createFetch(routeTo(url, {}))
  const upstream = createUpstream({ url, fetch, log, limits: LIMITS })
  return {
    read: () => upstream({ method: 'GET', path: '/', account: 'ana' }),
    create: (body: string) => upstream({ method: 'POST', path: '/', account: 'ana', body }),
  }
}

test('a create avoids a connection that the server closed while this process was busy', async () => {
  nexudus = await startImpatient({ idleMs: 20 })
  const { read, create } = over(nexudus)
  const sent = Array.from({ length: CREATES }, (_, at) => `create ${at}`)
  for (const body of sent) {
    const before = nexudus.hungUp()
    await read()
    nexudus.keepBusyUntil(before + 1)
    await create(body)
  }
  expect((await read()).json).toEqual({ created: sent })
})

test('if a connection was closed before its first byte, the create goes out on another', async () => {
  nexudus = await startImpatient({ idleMs: 60_000, refused: 1 })
  const { signal } = new AbortController()
  const fetch = createFetch(routeTo(nexudus.url, {}))
  const creating = fetch(new URL(nexudus.url), {
    method: 'POST',
    headers: {},
    body: 'the only one',
    redirect: 'manual',
    signal,
  })
  // in the next tick the request waits for its connection, and has not heard of it yet
  await new Promise((tick) => {
    process.nextTick(tick)
  })
  nexudus.keepBusyUntil(1)
  expect(await (await creating).json()).toEqual({ created: ['the only one'] })
})
