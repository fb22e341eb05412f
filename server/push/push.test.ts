import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { createOutbound } from '#platform/outbound/send.ts'
import { notices, recipients } from '#server/alerts/tables.ts'
import { openTestDesk, type TestDesk } from '#server/testing/test-desk.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

import { browsers, pushKeys } from './tables.ts'

/** A push service on this machine, and a browser that reads what it gets through it. */
async function openPushService() {
  const arrived: { headers: Record<string, unknown>; body: Buffer }[] = []
  let status = 201
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      arrived.push({ headers: request.headers, body: Buffer.concat(chunks) })
      response.writeHead(status, status === 429 ? { 'retry-after': '120' } : {}).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const own = createECDH('prime256v1')
  own.generateKeys()
  const auth = randomBytes(16)
  return {
    port,
    arrived,
    answer: (next: number) => {
      status = next
    },
    close: () => new Promise((resolve) => server.close(resolve)),
    subscription: (path = 'one') => ({
      endpoint: `http://127.0.0.1:${port}/push/${path}`,
      keys: {
        p256dh: own.getPublicKey('base64url'),
        auth: auth.toString('base64url'),
      },
      name: 'Firefox on Linux',
      zone: 'Europe/London',
    }),
    /** Decrypts as a browser does (RFC 8291). */
    read(body: Buffer) {
      const salt = body.subarray(0, 16)
      const theirs = body.subarray(21, 86)
      const shared = own.computeSecret(theirs)
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), own.getPublicKey(), theirs])
      const derive = (from: Buffer, saltOf: Buffer, infoOf: Buffer | string, bytes: number) =>
        Buffer.from(hkdfSync('sha256', from, saltOf, infoOf, bytes))
      const ikm = derive(shared, auth, info, 32)
      const key = derive(ikm, salt, 'Content-Encoding: aes128gcm\0', 16)
      const nonce = derive(ikm, salt, 'Content-Encoding: nonce\0', 12)
      const cipher = createDecipheriv('aes-128-gcm', key, nonce)
      cipher.setAuthTag(body.subarray(-16))
      const plain = Buffer.concat([cipher.update(body.subarray(86, -16)), cipher.final()])
      return JSON.parse(plain.subarray(0, -1).toString())
    },
  }
}

let service: Awaited<ReturnType<typeof openPushService>>
let desk: TestDesk
let admin: Visitor
beforeEach(async () => {
  service = await openPushService()
  const exceptions = [{ range: '127.0.0.1/32', port: service.port }]
  desk = await openTestDesk({
    watches: true,
    deskState: {
      sandbox: null,
      nexudus: null,
      exceptions,
      allowPrivateTargets: false,
      watches: true,
    },
    send: createOutbound({ policy: { allowHttp: false, extraPorts: [], exceptions } }),
  })
  admin = desk.visitor()
  await admin.signIn('admin@hookdesk.test')
})
afterEach(async () => {
  await desk.close()
  await service.close()
})

const add = (by = admin, path = 'one') =>
  by.request('/desk/push', { method: 'POST', body: service.subscription(path) })

/** Breaks a webhook, so that a look finds it stopped. */
async function stop() {
  const { id } = await desk.anyWorking()
  await desk.store(id, { name: 'Door codes', url: 'https://door.example.com/a?k=s3cret' })
  await desk.lookAndTell()
  await desk.store(id, { errorCount: 10, active: false })
  await desk.lookAndTell()
  return id
}

test('a browser is told what stopped, encrypted, signed, and without a secret', async () => {
  const { status, body } = await add()
  expect(status).toBe(201)
  expect(body.browsers).toMatchObject([{ name: 'Firefox on Linux', problem: null }])
  await stop()
  const [sent] = service.arrived.slice(-1)
  expect(sent?.headers).toMatchObject({ ttl: '86400', 'content-encoding': 'aes128gcm' })
  expect(sent?.headers.authorization).toBe(
    `vapid ${/t=\S+/.exec(String(sent?.headers.authorization))?.[0]} k=${body.key}`,
  )
  const message = service.read(sent?.body ?? Buffer.alloc(0))
  expect(message).toMatchObject({
    title: expect.stringContaining('Stopped: “Door codes”'),
    path: expect.stringMatching(/^\/\?incident=\d+$/),
    tag: expect.stringMatching(/^incident-\d+$/),
  })
  expect(JSON.stringify(message)).not.toContain('s3cret')
  const stored = JSON.stringify([
    await desk.db.select().from(browsers),
    await desk.db.select().from(pushKeys),
  ])
  expect(stored).not.toContain(`/push/one`)
  expect(stored).not.toContain(service.subscription().keys.auth)
  expect(stored).not.toContain('PRIVATE KEY')
  expect(desk.logged()).not.toContain('/push/one')
})

test('a manager’s browser is told of their locations only, and needs no mail', async () => {
  const manager = desk.visitor()
  await manager.signIn('manager@hookdesk.test')
  await add(manager)
  const people = await desk.db.select().from(recipients)
  const person = people.find(({ account }) => account === 'manager@hookdesk.test')
  expect(person).toMatchObject({ isOn: false, verifiedAt: null, zone: 'Europe/London' })
  await desk.db.update(recipients).set({ reach: [1] })
  await stop()
  expect(service.arrived).toEqual([])
})

test('a browser whose subscription is over is forgotten', async () => {
  await add()
  service.answer(410)
  await stop()
  expect((await admin.request('/desk/push')).body.browsers).toEqual([])
  const all = await desk.db.select().from(notices)
  expect(all.filter(({ route }) => route === 'push').map(({ state }) => state)).not.toContain(
    'waiting',
  )
})

test('what a push service puts off waits, with its reason, and then comes once, in order', async () => {
  await add()
  service.answer(429)
  await stop()
  expect((await admin.request('/desk/push')).body.browsers).toMatchObject([
    { problem: 'Answered 429' },
  ])
  const tried = service.arrived.length
  service.answer(201)
  for (let minute = 0; minute < 4; minute++) {
    desk.clock.pass(60_000)
    await desk.sendNotices()
  }
  const told = service.arrived.slice(tried).map(({ body }) => service.read(body).title)
  expect(told).toEqual([
    expect.stringContaining('Hookdesk now watches'),
    expect.stringContaining('Stopped: “Door codes”'),
  ])
  expect((await admin.request('/desk/push')).body.browsers).toMatchObject([{ problem: null }])
})

test('the quiet hours of a person hold their browser’s messages back', async () => {
  await add()
  await desk.db.update(recipients).set({ zone: 'UTC', quietFrom: '00:00', quietUntil: '23:59' })
  await stop()
  expect(service.arrived).toEqual([])
  const wishes = {
    isOn: false,
    address: 'admin@hookdesk.test',
    firstStep: 'quiet',
    locations: null,
    zone: 'UTC',
    quietFrom: null,
    quietUntil: null,
    digestAt: null,
  }
  await admin.request('/desk/notifications', { method: 'PUT', body: wishes })
  await desk.sendNotices()
  expect(service.arrived).not.toEqual([])
})

test('a test goes to one’s own browser only, and what is removed is told nothing', async () => {
  const { body } = await add()
  const [{ id }] = body.browsers
  const answer = await admin.request(`/desk/push/${id}/test`, { method: 'POST' })
  expect(answer.status).toBe(200)
  expect(service.read(service.arrived[0]?.body ?? Buffer.alloc(0)).title).toBe(
    'A test from Hookdesk',
  )
  const manager = desk.visitor()
  await manager.signIn('manager@hookdesk.test')
  expect((await manager.request('/desk/push')).body.browsers).toEqual([])
  const path = `/desk/push/${id}`
  expect((await manager.request(`${path}/test`, { method: 'POST' })).status).toBe(404)
  expect((await manager.request(path, { method: 'DELETE' })).status).toBe(404)
  service.answer(500)
  const failed = await admin.request(`${path}/test`, { method: 'POST' })
  expect(failed.body).toMatchObject({ code: 'not_sent', said: 'Answered 500' })
  expect((await admin.request(path, { method: 'DELETE' })).body.browsers).toEqual([])
  const { length } = service.arrived
  await stop()
  expect(service.arrived).toHaveLength(length)
})

test('a browser belongs to the person who subscribed at it last', async () => {
  await add()
  const manager = desk.visitor()
  await manager.signIn('manager@hookdesk.test')
  expect((await add(manager)).body.browsers).toHaveLength(1)
  expect((await admin.request('/desk/push')).body.browsers).toEqual([])
})

test('a private or plain endpoint, a wrong key and too many browsers are refused', async () => {
  const post = (part: object) =>
    admin.request('/desk/push', { method: 'POST', body: { ...service.subscription(), ...part } })
  const private_ = await post({ endpoint: 'https://10.0.0.1/x' })
  expect(private_.body.reason).toBe('channel_private')
  const plain = await post({ endpoint: 'http://push.example.com/x' })
  expect(plain.body.reason).toBe('channel_url')
  const keys = { ...service.subscription().keys, p256dh: 'B'.repeat(87) }
  expect((await post({ keys })).status).toBe(400)
  expect((await post({ zone: 'Mars/Base' })).body.reason).toBe('unknown_zone')
  for (let n = 0; n < 20; n++) await add(admin, String(n))
  expect((await add(admin, 'more')).body.reason).toBe('too_many_browsers')
})
