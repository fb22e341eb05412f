import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { PERSON_HEADER, personText } from '#contract/desk/desk.ts'
import { draft } from '#server/changes/test-draft.ts'
import { openDeskOver } from '#server/testing/test-desk.ts'
import { createTestUpstream } from '#server/testing/test-upstream.ts'

const sandbox = { url: 'http://nexudus.test', accounts: [] }
const deskState = {
  sandbox,
  nexudus: null,
  exceptions: [],
  allowPrivateTargets: false,
  watches: false,
}

const upstream = createTestUpstream()
let desk: Awaited<ReturnType<typeof openDeskOver>>
let visitor: ReturnType<typeof desk.visitor>
beforeAll(async () => {
  desk = await openDeskOver(upstream.fetch, { deskState })
  visitor = desk.visitor()
  await visitor.signIn('admin@hookdesk.test')
})
beforeEach(() => upstream.forget())
afterAll(() => desk.close())

const input = draft()
const seen = { Name: input.Name, URL: input.URL }
const PROPOSAL = { title: { act: 'create', count: 2 }, changes: [{ kind: 'create', input }] }
const WISHES = {
  isOn: false,
  address: 'ana@hookdesk.test',
  firstStep: '5',
  locations: null,
  zone: 'Europe/London',
  quietFrom: null,
  quietUntil: null,
  digestAt: null,
}
const CHANNEL = { name: 'Ops', locations: null, firstStep: '5', zone: 'Europe/London' }
const NEW_CHANNEL = { ...CHANNEL, kind: 'slack', url: 'https://hooks.slack.com/services/x' }
const NEW_PAUSES = { webhookIds: [1], until: '2100-01-01T00:00:00.000Z', reason: '' }
const NEW_WINDOW = {
  webhookIds: [1],
  days: [1],
  from: '22:00',
  until: '06:00',
  zone: 'UTC',
  reason: '',
}
const SOME_WINDOW = '/desk/pauses/windows/b2d6f45b-d6e2-42ed-aa10-d32fb8936065'
const BROWSER = {
  endpoint: 'https://push.example.com/x',
  keys: { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) },
  name: 'Firefox',
  zone: 'UTC',
}
const SOME_BROWSER = '/desk/push/b2d6f45b-d6e2-42ed-aa10-d32fb8936065'
const VIEW = { name: 'Broken', search: 'health=stopped', isShared: false }
const SOME_VIEW = '/desk/views/b2d6f45b-d6e2-42ed-aa10-d32fb8936065'
const SOME_CHANNEL = '/desk/channels/b2d6f45b-d6e2-42ed-aa10-d32fb8936065'
const PROBE = { target: { kind: 'address', url: 'https://hooks.example.com/' } }

/** Every route that writes, with a valid body. */
const WRITES: [route: string, path: string, body: unknown][] = [
  ['POST /desk/webhooks', '/desk/webhooks', input],
  ['PATCH /desk/webhooks/:id{[0-9]+}', '/desk/webhooks/1', { seen, change: { Name: 'Mine' } }],
  ['DELETE /desk/webhooks/:id{[0-9]+}', '/desk/webhooks/1', { seen }],
  ['POST /desk/history/:id/revert', '/desk/history/1/revert', {}],
  ['POST /desk/runs', '/desk/runs', PROPOSAL],
  ['POST /desk/runs/:id{[0-9]+}/start', '/desk/runs/1/start', { leftOut: [] }],
  ['POST /desk/runs/:id{[0-9]+}/pause', '/desk/runs/1/pause', {}],
  ['POST /desk/runs/:id{[0-9]+}/continue', '/desk/runs/1/continue', {}],
  ['POST /desk/runs/:id{[0-9]+}/stop', '/desk/runs/1/stop', {}],
  ['POST /desk/runs/:id{[0-9]+}/retry', '/desk/runs/1/retry', {}],
  ['POST /desk/runs/:id{[0-9]+}/discard', '/desk/runs/1/discard', {}],
  ['POST /desk/runs/:id{[0-9]+}/undo', '/desk/runs/1/undo', {}],
  ['POST /desk/probes', '/desk/probes', PROBE],
  ['PUT /desk/notifications', '/desk/notifications', WISHES],
  ['POST /desk/notifications/code', '/desk/notifications/code', { code: '123456' }],
  ['POST /desk/notifications/test', '/desk/notifications/test', {}],
  ['POST /desk/channels', '/desk/channels', NEW_CHANNEL],
  ['PUT /desk/channels/:id', SOME_CHANNEL, CHANNEL],
  ['DELETE /desk/channels/:id', SOME_CHANNEL, undefined],
  ['POST /desk/channels/:id/test', `${SOME_CHANNEL}/test`, {}],
  ['POST /desk/feeds', '/desk/feeds', {}],
  ['DELETE /desk/feeds', '/desk/feeds', undefined],
  ['POST /desk/push', '/desk/push', BROWSER],
  ['DELETE /desk/push/:id', SOME_BROWSER, undefined],
  ['POST /desk/push/:id/test', `${SOME_BROWSER}/test`, {}],
  ['POST /desk/pauses', '/desk/pauses', NEW_PAUSES],
  ['POST /desk/pauses/windows', '/desk/pauses/windows', NEW_WINDOW],
  ['DELETE /desk/pauses/windows/:id', SOME_WINDOW, undefined],
  ['DELETE /desk/pauses/:id{[0-9]+}', '/desk/pauses/1', undefined],
  ['PUT /desk/recoveries/:id{[0-9]+}', '/desk/recoveries/1', {}],
  ['DELETE /desk/recoveries/:id{[0-9]+}', '/desk/recoveries/1', undefined],
  ['PUT /desk/contacts', '/desk/contacts', { host: 'a.test', contact: null }],
  ['POST /desk/views', '/desk/views', VIEW],
  ['PATCH /desk/views/:id', SOME_VIEW, { name: 'Broken' }],
  ['DELETE /desk/views/:id', SOME_VIEW, undefined],
  ['PUT /desk/watch/account', '/desk/watch/account', { email: 'a@b.test', password: 'no' }],
  ['DELETE /desk/watch/account', '/desk/watch/account', undefined],
  ['POST /desk/incidents/:id/acknowledge', '/desk/incidents/1/acknowledge', { reason: '' }],
  ['POST /desk/incidents/:id/mute', '/desk/incidents/1/mute', { until: null }],
  ['PUT /desk/sandbox/settings', '/desk/sandbox/settings', { ticker: true }],
  ['PUT /desk/sandbox/locations/:id{[0-9]+}/secret', '/desk/sandbox/locations/1/secret', {}],
  ['POST /desk/sandbox/events', '/desk/sandbox/events', { BusinessId: 1, Action: 6 }],
  ['POST /desk/sandbox/deliveries/:id{[0-9]+}/again', '/desk/sandbox/deliveries/1/again', {}],
  ['POST /desk/sandbox/webhooks/:id{[0-9]+}/parked', '/desk/sandbox/webhooks/1/parked', {}],
  ['DELETE /desk/sandbox/inbox', '/desk/sandbox/inbox', undefined],
  ['DELETE /desk/sandbox/mails', '/desk/sandbox/mails', undefined],
  ['PUT /desk/sandbox/receivers/:name', '/desk/sandbox/receivers/a', { answer: 'ok' }],
]

const key = () => ({ 'idempotency-key': crypto.randomUUID() })
const as = (email: string) => ({ [PERSON_HEADER]: personText({ email }) })

async function stateOfRun(): Promise<unknown> {
  const { body } = await visitor.request('/desk/runs/1')
  return body.run.state
}

test('every route that writes is in the table, except sign-in and sign-out', () => {
  const routes = desk.app.routes
    .filter(({ method }) => ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method))
    .map(({ method, path }) => `${method} ${path}`)
    .filter((route) => !route.endsWith(' /desk/session') && route.includes(' /desk/'))
  expect([...new Set(routes)].toSorted()).toEqual(WRITES.map(([route]) => route).toSorted())
})

test.each(WRITES)('%s is refused in the name of another person', async (route, path, body) => {
  const [method = ''] = route.split(' ')
  const ask = (headers: Record<string, string>) =>
    visitor.request(path, { method, body, headers: { ...key(), ...headers } })

  const refused = await ask(as('manager@hookdesk.test'))
  expect([refused.status, refused.body.code]).toEqual([409, 'other_person'])
  expect(refused.body.name).toBe('Ana Admin')
  expect(upstream.arrived().filter(({ method }) => method !== 'GET')).toEqual([])

  const own = await ask(as('Admin@Hookdesk.test'))
  expect(own.body?.code).not.toBe('other_person')
  // a run still at work would be mistaken for a call of the next row
  const ending = { '/desk/runs': 'proposed', '/desk/runs/1/start': 'finished' }[path]
  if (ending) await expect.poll(stateOfRun).toBe(ending)
})

test('reads in the name of another person are refused, too', async () => {
  for (const path of ['/api/sys/webhooks', '/desk/runs', '/desk/history', '/desk/history.csv']) {
    const { body } = await visitor.request(path, { headers: as('manager@hookdesk.test') })
    expect([path, body.code]).toEqual([path, 'other_person'])
  }
})

test('a key that was refused in another name can still be used', async () => {
  const headers = key()
  const write = (email: string) =>
    visitor.request('/desk/webhooks', {
      method: 'POST',
      body: draft(),
      headers: { ...headers, ...as(email) },
    })
  expect((await write('manager@hookdesk.test')).status).toBe(409)
  expect((await write('admin@hookdesk.test')).status).toBe(200)
})

test('anybody may ask who is signed in, and sign out', async () => {
  const another = desk.visitor()
  await another.signIn('admin@hookdesk.test')
  const headers = as('manager@hookdesk.test')
  const { body } = await another.request('/desk/session', { headers })
  expect(body.session.email).toBe('admin@hookdesk.test')
  expect((await another.request('/desk/session', { method: 'DELETE', headers })).status).toBe(200)
})

test('an e-mail address with letters that headers cannot carry is recognised', async () => {
  const named = personText({ email: 'josé@例え.example' })
  expect(named).toMatch(/^[\x20-\x7e]+$/)
})
