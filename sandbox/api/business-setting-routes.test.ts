import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

import { createSandbox } from '#sandbox/sandbox.ts'
import { siteId } from '#sandbox/seed/seed-small.ts'
import { clientOf, openTestSandbox, type TestClient } from '#sandbox/test-sandbox.ts'

const PATH = '/api/sys/businesssettings'

let sandbox: Awaited<ReturnType<typeof openTestSandbox>>
let admin: TestClient
beforeAll(async () => {
  sandbox = await openTestSandbox()
  admin = await sandbox.signIn()
})
afterEach(() => admin.put('/sandbox/switches', { refusalNames: 'BusinessId', createAnswer: 'id' }))
afterAll(() => sandbox.close())

const draft = (more = {}) => ({
  BusinessId: siteId('berlin'),
  Name: 'Access.TwoFactor.Enforce',
  Value: 'true',
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

test('a new sandbox has no settings, so no secret of webhooks either', async () => {
  expect(await admin.read(PATH)).toMatchObject({ Records: [], TotalItems: 0 })
})

test('a setting can be created, read, updated and deleted like every record', async () => {
  const made = await create({ SystemId: 'tag' })
  expect(made).toEqual({
    ...draft(),
    Id: expect.any(Number),
    CreatedOn: made.UpdatedOn,
    UpdatedOn: expect.stringMatching(/\.\d{7}Z$/),
    UniqueId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    UpdatedBy: 'admin@hookdesk.test',
    IsNew: false,
    SystemId: 'tag',
    ToStringText: 'Access.TwoFactor.Enforce',
    LocalizationDetails: null,
    CustomFields: null,
  })

  sandbox.clock.pass(60_000)
  const answer = await admin.put(PATH, { Id: made.Id, BusinessId: made.BusinessId, Name: 'Other' })
  expect(await answer.json()).toMatchObject({ WasSuccessful: true, Value: { Id: made.Id } })
  const updated = await admin.read(`${PATH}/${made.Id}`)
  expect(updated).toMatchObject({ Name: 'Other', Value: null, SystemId: null })
  expect(updated.UpdatedOn > updated.CreatedOn).toBe(true)
  expect(updated.CreatedOn).toBe(made.CreatedOn)

  const deleted = await admin.delete(`${PATH}/${made.Id}`)
  expect(await deleted.json()).toMatchObject({ WasSuccessful: true, Value: null })
  for (const gone of [
    await admin.delete(`${PATH}/${made.Id}`),
    await admin.get(`${PATH}/${made.Id}`),
    await admin.put(PATH, draft({ Id: made.Id })),
  ]) {
    expect(gone.status).toBe(404)
  }
})

test('the list filters settings by location, name and value', async () => {
  const made = await create({ BusinessId: siteId('lisbon'), Name: 'Found', Value: 'by value' })
  await create()
  for (const query of [
    `BusinessSetting_Business=${siteId('lisbon')}`,
    'BusinessSetting_Name=found',
    'BusinessSetting_Value=by%20value',
    `Id=${made.Id}`,
  ]) {
    const { Records } = await admin.read(`${PATH}?${query}`)
    expect(Records, query).toEqual([made])
  }
})

test('the location and the name are required, with the documented refusal', async () => {
  expect(await errorsOf(await admin.post(PATH, {}))).toEqual(['BusinessId', 'Name'])
  expect(await errorsOf(await admin.post(PATH, draft({ Value: true })))).toEqual(['Value'])
  expect(await errorsOf(await admin.put(PATH, draft()))).toEqual(['Id'])
  await admin.put('/sandbox/switches', { refusalNames: 'Business', createAnswer: 'record' })
  expect(await errorsOf(await admin.post(PATH, draft({ BusinessId: 7 })))).toEqual(['Business'])

  const { Value } = await (await admin.post(PATH, draft())).json()
  expect(Value).toEqual(await admin.read(`${PATH}/${Value.Id}`))
})

test('long values and duplicate settings are accepted, as no limit is documented', async () => {
  const long = { Name: 'n'.repeat(9000), Value: 'v'.repeat(90_000) }
  const made = await create(long)
  expect(made).toMatchObject(long)
  expect((await create(long)).Id).not.toBe(made.Id)
})

test("settings require their own roles and are limited to the caller's locations", async () => {
  const foreign = await create()
  const own = await create({ BusinessId: siteId('shoreditch') })
  const manager = await sandbox.signIn('manager@hookdesk.test')
  const change = { ...own, Value: 'false' }
  const each = async () => [
    (await manager.get(PATH)).status,
    (await manager.get(`${PATH}/${own.Id}`)).status,
    (await manager.post(PATH, draft({ BusinessId: own.BusinessId }))).status,
    (await manager.put(PATH, change)).status,
    (await manager.delete(`${PATH}/${own.Id}`)).status,
  ]
  expect(await each()).toEqual([401, 401, 401, 401, 401])

  const verbs = ['List', 'Read', 'Create', 'Edit', 'Delete']
  await sandbox.grantToManagers(
    verbs.map((verb) => `BusinessSetting-${verb}`),
    async () => {
      expect((await manager.read(PATH)).Records).toEqual([own])
      expect((await manager.get(`${PATH}/${foreign.Id}`)).status).toBe(404)
      expect((await manager.put(PATH, foreign)).status).toBe(404)
      expect((await manager.delete(`${PATH}/${foreign.Id}`)).status).toBe(404)
      expect(await errorsOf(await manager.post(PATH, draft()))).toEqual(['BusinessId'])
      expect(await each()).toEqual([200, 200, 200, 200, 200])
    },
  )
})

test('settings survive a restart', async () => {
  const made = await create({ Name: 'Kept' })
  const { app } = createSandbox({ db: sandbox.db, now: sandbox.clock.now })
  const again = await clientOf(app).signIn()
  expect(await again.read(`${PATH}/${made.Id}`)).toEqual(made)
})
