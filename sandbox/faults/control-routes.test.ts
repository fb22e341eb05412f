import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

import { ACTION } from '#contract/actions/action-numbers.ts'
import { siteId } from '#sandbox/seed/seed-small.ts'
import { openTestSandbox, type TestClient } from '#sandbox/test-sandbox.ts'

import { createCalls } from './calls.ts'

const PATH = '/api/sys/webhooks'

let sandbox: Awaited<ReturnType<typeof openTestSandbox>>
let admin: TestClient
beforeAll(async () => {
  sandbox = await openTestSandbox()
  admin = await sandbox.signIn()
})
afterEach(async () => {
  await admin.delete('/sandbox/faults')
  await admin.put('/sandbox/switches', {
    missingId: '404',
    throttleStatus: '409',
    listDescription: 'absent',
    createAnswer: 'id',
    refusalNames: 'BusinessId',
    stringFilter: 'contains',
    dirOne: 'ascending',
    oversizedPage: 'cut',
  })
})
afterAll(() => sandbox.close())

const turn = (switches: Record<string, unknown>) => admin.put('/sandbox/switches', switches)

const draft = (more = {}) => ({
  BusinessId: siteId('root'),
  Name: 'Switched',
  Action: ACTION.BookingCreate,
  URL: 'https://hooks.example.test',
  ...more,
})

test('every switch describes what it decides', async () => {
  const switches = await admin.read('/sandbox/switches')
  expect(switches).toHaveLength(23)
  expect(switches[0]).toEqual({
    name: 'missingId',
    decides: expect.any(String),
    allowed: ['404', '500'],
    default: '404',
    value: '404',
  })
})

test('missingId: an unknown id is a 404 or a 500', async () => {
  await turn({ missingId: 500 })
  const answer = await admin.get(`${PATH}/1`)
  expect(answer.status).toBe(500)
  expect(await answer.json()).toEqual({ Message: 'An error has occurred.' })
  expect((await admin.delete(`${PATH}/1`)).status).toBe(404)
})

test('throttleStatus: a throttled call is a 409 or a 429', async () => {
  const throttle = () => admin.post('/sandbox/faults', { kind: 'throttle', retryAfter: 1 })
  await throttle()
  const older = await admin.get(PATH)
  expect([older.status, older.headers.get('retry-after'), await older.text()]).toEqual([
    409,
    '1',
    '',
  ])

  await turn({ throttleStatus: '429' })
  await throttle()
  expect((await admin.get(PATH)).status).toBe(429)
})

test('listDescription: rows omit the description, or carry null', async () => {
  await turn({ listDescription: 'null' })
  const { Records } = await admin.read(PATH)
  expect(Records.every((row: { Description: unknown }) => row.Description === null)).toBe(true)
})

test('createAnswer: a create answers with the id, or with the whole record', async () => {
  await turn({ createAnswer: 'record' })
  const answer = await admin.post(PATH, draft())
  const { Value } = await answer.json()
  expect(Value).toEqual(await admin.read(`${PATH}/${Value.Id}`))
})

test('refusalNames: a refusal names the field, or the relation', async () => {
  await turn({ refusalNames: 'Business' })
  const answer = await admin.post(PATH, draft({ BusinessId: 77 }))
  const { Errors } = await answer.json()
  expect(Errors[0]).toMatchObject({ PropertyName: 'Business', AttemptedValue: 77 })
})

test('stringFilter: a filter matches a part of the text, or all of it', async () => {
  const total = async (name: string) =>
    (await admin.read(`${PATH}?WebHook_Name=${encodeURIComponent(name)}`)).TotalItems
  expect(await total('new customer')).toBeGreaterThan(2)

  await turn({ stringFilter: 'exact' })
  expect(await total('new customer')).toBe(0)
  expect(await total('CRM: NEW customer')).toBe(3)
})

test('dirOne: 1 sorts up or down, and words always keep their meaning', async () => {
  await turn({ dirOne: 'descending' })
  const first = async (query: string) => (await admin.read(`${PATH}?size=1&${query}`)).Records[0].Id
  const lowest = await first('dir=ascending')

  expect(await first('dir=-1')).toBe(lowest)
  expect(await first('')).toBe(lowest)
  expect(await first('dir=1')).toBe(await first('dir=descending'))
  expect((await admin.read(`${PATH}?dir=1`)).CurrentSortDirection).toBe(1)
})

test('oversizedPage: a size above the documented limit is cut, or refused', async () => {
  expect(await admin.read(`${PATH}?size=1001`)).toMatchObject({ PageSize: 1000 })

  await turn({ oversizedPage: 'refused' })
  for (const path of [PATH, '/api/sys/businesses', '/api/sys/users', '/api/security/roles']) {
    expect((await admin.get(`${path}?size=1001`)).status, path).toBe(400)
    expect((await admin.get(`${path}?size=1000`)).status, path).toBe(200)
  }
})

test('an unknown switch or value is refused, and no switch changes', async () => {
  const answer = await turn({ missingId: '500', dirOne: 'sideways', nonsense: 1 })
  expect(answer.status).toBe(400)
  const { Errors } = await answer.json()
  expect(Errors.map((error: { PropertyName: string }) => error.PropertyName)).toEqual([
    'dirOne',
    'nonsense',
  ])
  expect((await admin.get(`${PATH}/1`)).status).toBe(404)
})

test('only full administrators can use the controls', async () => {
  const viewer = await sandbox.signIn('viewer@hookdesk.test')
  for (const path of ['/sandbox/switches', '/sandbox/faults', '/sandbox/calls']) {
    expect((await viewer.get(path)).status, path).toBe(401)
    expect((await sandbox.app.request(path)).status, path).toBe(401)
  }
  const authorization = `Basic ${btoa('admin@hookdesk.test:sandbox')}`
  const answer = await sandbox.app.request('/sandbox/faults', { headers: { authorization } })
  expect(answer.status).toBe(200)
  expect((await admin.get('/sandbox/nothing')).status).toBe(404)
})

test('calls are listed with the bodies of writes', async () => {
  await admin.delete('/sandbox/calls')
  await admin.get(`${PATH}?page=1`)
  await admin.post(PATH, draft({ Name: 'Counted' }))
  await admin.send('POST', PATH, '{"Name": ')
  await sandbox.requestToken({ grant_type: 'password', username: 'x', password: 'secret' })

  expect(await admin.read('/sandbox/calls')).toEqual([
    expect.objectContaining({ method: 'GET', path: PATH, query: '?page=1', status: 200 }),
    expect.objectContaining({ method: 'POST', status: 200, body: draft({ Name: 'Counted' }) }),
    expect.objectContaining({ method: 'POST', status: 400, body: '{"Name": ' }),
    {
      method: 'POST',
      path: '/api/token',
      query: '',
      at: expect.any(String),
      status: 400,
      fault: null,
    },
  ])
})

test.each(['drop', 'lost_answer', 'drop_mid_body', 'wrong_length'])(
  '%s reports that it needs a socket if there is none',
  async (kind) => {
    await admin.post('/sandbox/faults', { kind })
    const answer = await admin.get(PATH)
    expect(answer.status).toBe(500)
    expect(await answer.json()).toEqual({ Message: expect.stringContaining('needs a socket') })
  },
)

test('only the last calls are kept', () => {
  const calls = createCalls(3)
  const call = { method: 'GET', query: '', at: '', status: 200, fault: null }
  for (const path of ['/1', '/2', '/3', '/4']) calls.add({ ...call, path })
  expect(calls.list().map(({ path }) => path)).toEqual(['/2', '/3', '/4'])
})

test('the front page lists the accounts', async () => {
  const page = await (await sandbox.app.request('/')).text()
  expect(page).toContain('manager@hookdesk.test')
  expect(page).toContain('curl')
  expect(page).not.toContain('reset@hookdesk.test')
})
