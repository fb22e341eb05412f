import { afterAll, beforeAll, expect, test } from 'vitest'

import { ACTION } from '#contract/actions/action-numbers.ts'
import { commandSchema } from '#contract/nexudus/command.ts'
import { webhookSchema } from '#contract/nexudus/webhook.ts'
import { createSandbox } from '#sandbox/sandbox.ts'
import { siteId } from '#sandbox/seed/seed-small.ts'
import { clientOf, openTestSandbox, type TestClient } from '#sandbox/test-sandbox.ts'

const PATH = '/api/sys/webhooks'

let sandbox: Awaited<ReturnType<typeof openTestSandbox>>
let admin: TestClient
beforeAll(async () => {
  sandbox = await openTestSandbox()
  admin = await sandbox.signIn()
})
afterAll(() => sandbox.close())

const draft = (more = {}) => ({
  BusinessId: siteId('berlin'),
  Name: 'Door sync',
  Action: ACTION.BookingCreate,
  URL: 'https://hooks.example.test/nexudus?kind=booking',
  Description: 'Booking created',
  Active: true,
  ...more,
})

async function create(more = {}) {
  const answer = await admin.post(PATH, draft(more))
  expect(answer.status).toBe(200)
  const { Value } = await answer.json()
  return admin.read(`${PATH}/${Value.Id}`)
}

const errorsOf = async (answer: Response) => {
  expect(answer.status).toBe(400)
  const { Errors } = await answer.json()
  return Errors.map((error: { PropertyName: string }) => error.PropertyName)
}

test('a create is answered as documented', async () => {
  const answer = await admin.post(PATH, draft())
  const body = await answer.json()

  expect(answer.status).toBe(200)
  expect(body).toEqual({
    Status: 200,
    Message: 'WebHook was successfully created.',
    Value: { Id: expect.any(Number) },
    OpenInDialog: false,
    OpenInWindow: false,
    RedirectURL: null,
    JavaScript: null,
    UpdatedOn: expect.stringMatching(/^2026-05-04T10:00:00\.\d{7}Z$/),
    UpdatedBy: 'admin@hookdesk.test',
    Errors: null,
    WasSuccessful: true,
  })
  commandSchema.parse(body)
})

test('a new record is complete and ignores read-only fields', async () => {
  const record = await create({
    Id: 5,
    ErrorCount: 7,
    LastError: 'x',
    UniqueId: 'mine',
    IsNew: true,
  })

  expect(record).toEqual({
    ...draft(),
    LastError: null,
    ErrorCount: 0,
    LastTrigger: null,
    Id: expect.any(Number),
    UpdatedOn: expect.stringMatching(/\.\d{7}Z$/),
    CreatedOn: record.UpdatedOn,
    UniqueId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    UpdatedBy: 'admin@hookdesk.test',
    IsNew: false,
    SystemId: null,
    ToStringText: 'Door sync',
    LocalizationDetails: null,
    CustomFields: null,
  })
  webhookSchema.parse(record)
  expect(String(record.Id)).toMatch(/^14000\d{5}$/)
})

test('a refusal has the documented fields', async () => {
  const { Name: _name, ...nameless } = draft()
  const answer = await admin.post(PATH, nameless)

  expect(answer.status).toBe(400)
  expect(await answer.json()).toEqual({
    Message: 'Name: is a required field',
    Value: null,
    Errors: [{ AttemptedValue: null, Message: 'is a required field', PropertyName: 'Name' }],
    WasSuccessful: false,
  })
})

test('the body of the documented curl example is refused at every one of its fields', async () => {
  const answer = await admin.post(PATH, '{"BusinessId": 0, "Name": "", "Action": 0, "URL": ""}')

  expect(answer.status).toBe(400)
  const Message = 'is a required field'
  expect(await answer.json()).toEqual({
    Message: `BusinessId: ${Message}, Name: ${Message}, Action: ${Message}, URL: ${Message}`,
    Value: null,
    Errors: [
      { AttemptedValue: 0, Message, PropertyName: 'BusinessId' },
      { AttemptedValue: '', Message, PropertyName: 'Name' },
      { AttemptedValue: 0, Message, PropertyName: 'Action' },
      { AttemptedValue: '', Message, PropertyName: 'URL' },
    ],
    WasSuccessful: false,
  })
})

test.each([
  ['BusinessId', 'twelve'],
  ['BusinessId', 12.5],
  ['BusinessId', 1e300],
  ['BusinessId', 1_400_009_999],
  ['BusinessId', null],
  ['Name', '   '],
  ['Name', 7],
  ['Name', 'NUL \0'],
  ['Action', 1],
  ['Action', 91],
  ['Action', 201],
  ['Action', -1],
  ['Action', 6.5],
  ['Action', '6'],
  ['URL', 'hooks.example.test'],
  ['URL', 'ftp://hooks.example.test'],
  ['URL', 'javascript:alert(1)'],
  ['URL', 'https://'],
  ['URL', ['https://hooks.example.test']],
  ['Description', { text: 'x' }],
  ['Active', 'true'],
  ['SystemId', 3],
])('%s %j is refused with that field', async (property, value) => {
  const answer = await admin.post(PATH, draft({ [property]: value }))
  expect(await errorsOf(answer)).toEqual([property])
})

test('long values and duplicate webhooks are accepted, as no limit is documented', async () => {
  const long = {
    Name: 'n'.repeat(4000),
    URL: `http://10.0.0.1/${'x'.repeat(9000)}`,
    Action: ACTION.CoworkerPaymentMethodUpdate,
  }
  const record = await create(long)
  expect(record).toMatchObject(long)
  expect((await create(long)).Id).not.toBe(record.Id)
})

test('a webhook created without Active is off', async () => {
  const { Active: _active, Description: _description, ...rest } = draft()
  const answer = await admin.post(PATH, rest)
  const { Value } = await answer.json()
  expect(await admin.read(`${PATH}/${Value.Id}`)).toMatchObject({
    Active: false,
    Description: null,
  })
})

test.each(['{"Name": ', '[]', '"text"', 'null', ''])(
  'the body %j is refused as no JSON object',
  async (body) => {
    const answer = await admin.send('POST', PATH, body)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ WasSuccessful: false, Value: null, Errors: null })
  },
)

test('a body without the JSON content type is not read', async () => {
  const answer = await sandbox.app.request(PATH, {
    method: 'POST',
    headers: { authorization: `Bearer ${admin.token}` },
    body: JSON.stringify(draft()),
  })
  expect(answer.status).toBe(415)
})

test('an update replaces the whole record and leaves the counts unchanged', async () => {
  const { Records } = await admin.read(`${PATH}?WebHook_ErrorCount=9`)
  const before = await admin.read(`${PATH}/${Records[0].Id}`)
  sandbox.clock.pass(60_000)

  const answer = await admin.put(PATH, {
    ...before,
    Name: 'New name',
    ErrorCount: 0,
    LastError: null,
  })
  expect(await answer.json()).toMatchObject({
    Message: 'WebHook was successfully updated.',
    Value: { Id: before.Id },
    WasSuccessful: true,
  })
  const after = await admin.read(`${PATH}/${before.Id}`)
  expect(after).toEqual({
    ...before,
    Name: 'New name',
    ToStringText: 'New name',
    UpdatedOn: after.UpdatedOn,
    UpdatedBy: 'admin@hookdesk.test',
  })
  expect(after.UpdatedOn > before.UpdatedOn).toBe(true)
})

test('an update empties the omitted fields', async () => {
  const before = await create({ SystemId: 'tag' })
  const { Id, BusinessId, Name, URL } = before
  await admin.put(PATH, { Id, BusinessId, Name, URL })

  expect(await admin.read(`${PATH}/${Id}`)).toMatchObject({
    Active: false,
    Description: null,
    SystemId: null,
    Action: 0,
  })
})

test('with the switch set an update keeps an omitted Action and Active', async () => {
  await admin.put('/sandbox/switches', { omittedAction: 'kept', omittedActive: 'kept' })
  const { Id, BusinessId, Name, URL, Action } = await create({ Active: true })
  await admin.put(PATH, { Id, BusinessId, Name, URL })
  expect(await admin.read(`${PATH}/${Id}`)).toMatchObject({ Action, Active: true })
  await admin.put('/sandbox/switches', { omittedAction: 'zero', omittedActive: 'off' })
})

test('with the switch set an unknown action is accepted, and stays once the switch is off', async () => {
  await admin.put('/sandbox/switches', { unknownActions: 'taken' })
  const before = await create({ Action: 97 })
  expect(await create({ Action: ACTION.None })).toMatchObject({ Action: ACTION.None })
  await admin.put('/sandbox/switches', { unknownActions: 'refused' })
  await admin.put(PATH, { ...before, Name: 'Renamed' })
  expect(await admin.read(`${PATH}/${before.Id}`)).toMatchObject({ Action: 97, Name: 'Renamed' })
  const refused = await admin.put(PATH, { ...before, Action: 98 })
  expect(await errorsOf(refused)).toEqual(['Action'])
  const none = await admin.put(PATH, { ...before, Action: ACTION.None })
  expect(await errorsOf(none)).toEqual(['Action'])
})

test('paths match in any case and with a slash at the end', async () => {
  for (const path of [
    '/API/Sys/WebHooks/?size=1',
    '/api/auth/ME',
    '/api/Sys/Businesses/GetByHost/?host=northlight',
    '/api/sys/simpleTimeZones/',
    '/Api/Security/Roles/',
    '/api/utils/Enums/?Name=EWEBHOOKACTION',
  ]) {
    expect((await admin.get(path)).status, path).toBe(200)
  }
  const { Id } = await create()
  expect((await admin.put('/api/SYS/webhooks/', draft({ Id, Name: 'Renamed' }))).status).toBe(200)
  expect((await admin.delete(`/api/sys/WEBHOOKS/${Id}/`)).status).toBe(200)
  const signedIn = await sandbox.app.request('/API/Token/', {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'password',
      username: 'viewer@hookdesk.test',
      password: 'sandbox',
    }),
  })
  expect(signedIn.status).toBe(200)
})

test('an update without the required fields is refused, and nothing changes', async () => {
  const before = await create()
  expect(await errorsOf(await admin.put(PATH, { Id: before.Id, Active: false }))).toEqual([
    'BusinessId',
    'Name',
    'URL',
  ])
  expect(await errorsOf(await admin.put(PATH, draft()))).toEqual(['Id'])
  expect(await errorsOf(await admin.put(PATH, draft({ Id: '7' })))).toEqual(['Id'])
  expect(await errorsOf(await admin.put(PATH, { ...before, Action: 0 }))).toEqual(['Action'])
  expect(await admin.read(`${PATH}/${before.Id}`)).toEqual(before)
})

test('the first delete succeeds, the next finds no record', async () => {
  const { Id } = await create()
  const answer = await admin.delete(`${PATH}/${Id}`)
  expect(await answer.json()).toMatchObject({
    Status: 200,
    Message: 'The record was deleted successfully.',
    Value: null,
    WasSuccessful: true,
  })

  for (const gone of [
    await admin.delete(`${PATH}/${Id}`),
    await admin.get(`${PATH}/${Id}`),
    await admin.put(PATH, draft({ Id })),
  ]) {
    expect(gone.status).toBe(404)
    expect(await gone.json()).toBe('Not found')
  }
})

test.each(['1', 'abc', '99999999999999999999', '-1', '1.5'])(
  'no record has the id %s',
  async (id) => {
    expect((await admin.get(`${PATH}/${id}`)).status).toBe(404)
  },
)

test('webhooks have no commands, and running one fails inside a 200', async () => {
  expect(await admin.read(`${PATH}/commands`)).toEqual([])
  const answer = await admin.post(`${PATH}/runcommand`, { Key: 'RESET', Ids: [1], Parameters: [] })
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({ WasSuccessful: false, Value: null })
})

test('an unsupported method is a 405, an unknown path a 404', async () => {
  expect((await admin.send('PATCH', `${PATH}/1`, {})).status).toBe(405)
  expect((await admin.send('PUT', `${PATH}/1`, {})).status).toBe(405)
  expect((await admin.delete(PATH)).status).toBe(405)
  expect((await admin.post('/api/sys/businesses', {})).status).toBe(405)
  expect((await admin.send('OPTIONS', PATH)).status).toBe(405)

  const unknown = await admin.get('/api/sys/nothing')
  expect(unknown.status).toBe(404)
  expect(await unknown.json()).toEqual({ Message: expect.stringContaining('/api/sys/nothing') })
})

test('the enum lists the actions', async () => {
  const values = await admin.read('/api/utils/enums?name=eWebhookAction')
  expect(values).toHaveLength(90)
  expect(values[5]).toEqual({ Value: 6, Name: 'BookingCreate' })
  expect((await admin.get('/api/utils/enums?name=eOther')).status).toBe(404)
})

test('no answer allows another origin to read it', async () => {
  const answer = await admin.get(PATH)
  expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
})

test('a new app on the same database continues where the last one stopped', async () => {
  const record = await create({ Name: 'Outlives a restart' })
  const { app } = createSandbox({ db: sandbox.db, now: sandbox.clock.now })

  const restarted = await app.request(`${PATH}/${record.Id}`, {
    headers: { authorization: `Bearer ${admin.token}` },
  })
  expect(await restarted.json()).toEqual(record)
  await clientOf(app).signIn()
})

test('an internal failure is a 500 with the documented body, and is logged', async () => {
  const logged: unknown[] = []
  const db = new Proxy(sandbox.db, {
    get() {
      throw new Error('The database is gone')
    },
  })
  const { app } = createSandbox({ db, logError: (error) => logged.push(error) })
  const answer = await app.request(PATH, { headers: { authorization: 'Bearer x' } })

  expect(answer.status).toBe(500)
  expect(await answer.json()).toEqual({ Message: 'An error has occurred.' })
  expect(logged).toHaveLength(1)
})
