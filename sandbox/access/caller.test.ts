import { afterAll, beforeAll, expect, test } from 'vitest'

import { SECRET_USER_FIELDS, userSchema } from '#contract/nexudus/user.ts'
import { siteId } from '#sandbox/seed/seed-small.ts'
import { openTestSandbox } from '#sandbox/test-sandbox.ts'

let sandbox: Awaited<ReturnType<typeof openTestSandbox>>
beforeAll(async () => {
  sandbox = await openTestSandbox()
})
afterAll(() => sandbox.close())

const FIRST_WEBHOOK = 1_400_099_001
const basic = (email: string, password = 'sandbox') => ({
  authorization: `Basic ${Buffer.from(`${email}:${password}`).toString('base64')}`,
})

test.each([
  ['no header', {}],
  ['an unknown token', { authorization: 'Bearer nonsense' }],
  ['an unknown scheme', { authorization: 'Digest abc' }],
  ['a wrong password', basic('admin@hookdesk.test', 'wrong')],
  ['basic without a colon', { authorization: `Basic ${btoa('admin')}` }],
  ['basic for an account without API access', basic('totp@hookdesk.test')],
])('%s gets an empty 401', async (_what, headers) => {
  const answer = await sandbox.app.request('/api/sys/webhooks', { headers })

  expect(answer.status).toBe(401)
  expect(await answer.text()).toBe('')
})

test('basic authentication grants the same as a token', async () => {
  const headers = basic('admin@hookdesk.test')
  expect((await sandbox.app.request('/api/sys/webhooks', { headers })).status).toBe(200)
})

test('the signed-in user includes the fields that clients must strip', async () => {
  const totp = await sandbox.app.request('/sandbox/totp')
  const form = {
    grant_type: 'password',
    username: 'totp@hookdesk.test',
    password: 'sandbox',
    totp: await totp.text(),
  }
  const { access_token } = await (await sandbox.requestToken(form)).json()
  const answer = await sandbox.app.request('/api/auth/me', {
    headers: { authorization: `Bearer ${access_token}` },
  })
  const user = await answer.json()

  expect(userSchema.parse(user)).toMatchObject({ IsAdmin: true, UserRoles: [], Businesses: [] })
  for (const field of SECRET_USER_FIELDS) expect(user[field]).toEqual(expect.any(String))
  expect(user).toMatchObject({
    DefaultBusinessName: '(Northlight Network)',
    DefaultSimpleTimeZoneNameIana: 'Europe/London',
    APIAccess: false,
    ToStringText: 'Tomás Totp',
  })
})

test('an account without a role can read only itself', async () => {
  const norole = await sandbox.signIn('norole@hookdesk.test')
  const me = await norole.read('/api/auth/me')
  expect(me.UserRoles).toHaveLength(1)

  for (const path of [
    '/api/sys/webhooks',
    '/api/sys/businesses',
    '/api/security/roles',
    `/api/security/userroles/${me.UserRoles[0]}`,
    `/api/sys/users/${me.Id}`,
  ]) {
    expect((await norole.get(path)).status, path).toBe(401)
  }
})

test('the roles of an account decide about each call', async () => {
  const viewer = await sandbox.signIn('viewer@hookdesk.test')
  const me = await viewer.read('/api/auth/me')
  const userRole = await viewer.read(`/api/security/userroles/${me.UserRoles[0]}`)
  const roles = await viewer.read('/api/security/roles?size=1000')
  const held = roles.Records.filter((role: { Id: number }) => userRole.Roles.includes(role.Id))

  expect(held.map((role: { Name: string }) => role.Name).toSorted()).toEqual([
    'Business-List',
    'Business-Read',
    'Role-List',
    'UserRole-Read',
    'WebHook-List',
    'WebHook-Read',
  ])
  expect(userRole).toMatchObject({
    BusinessName: '(Northlight Network)',
    Users: [me.Id],
  })
  expect(roles.TotalItems % 5).toBe(0)

  const webhook = await viewer.read(`/api/sys/webhooks/${FIRST_WEBHOOK}`)
  expect(webhook.Id).toBe(FIRST_WEBHOOK)
  expect((await viewer.post('/api/sys/webhooks', {})).status).toBe(401)
  expect((await viewer.put('/api/sys/webhooks', webhook)).status).toBe(401)
  expect((await viewer.delete(`/api/sys/webhooks/${FIRST_WEBHOOK}`)).status).toBe(401)
  expect((await viewer.post('/api/sys/webhooks/runcommand', {})).status).toBe(401)
  expect((await viewer.get(`/api/sys/users/${me.Id}`)).status).toBe(401)
})

test('an account limited to some locations sees and changes only theirs', async () => {
  const manager = await sandbox.signIn('manager@hookdesk.test')
  const admin = await sandbox.signIn()
  const managed = [siteId('shoreditch'), siteId('manchester')]

  const me = await manager.read('/api/auth/me')
  expect(me.Businesses).toEqual(managed)
  const { Records: locations } = await manager.read('/api/sys/businesses')
  expect(locations.map((location: { Id: number }) => location.Id)).toEqual(managed)
  expect((await manager.get(`/api/sys/businesses/${siteId('berlin')}`)).status).toBe(404)

  const { Records, TotalItems } = await manager.read('/api/sys/webhooks?size=1000')
  expect(TotalItems).toBe(Records.length)
  const seen = new Set(Records.map((row: { BusinessId: number }) => row.BusinessId))
  expect([...seen].toSorted()).toEqual(managed)

  const foreign = await admin.read(`/api/sys/webhooks?WebHook_Business=${siteId('berlin')}`)
  const record = await admin.read(`/api/sys/webhooks/${foreign.Records[0].Id}`)
  expect((await manager.get(`/api/sys/webhooks/${record.Id}`)).status).toBe(404)
  expect((await manager.put('/api/sys/webhooks', record)).status).toBe(404)

  // nor can the account move its own webhook to a location outside its reach
  const own = await manager.read(`/api/sys/webhooks/${Records[0].Id}`)
  const moved = await manager.put('/api/sys/webhooks', { ...own, BusinessId: siteId('berlin') })
  expect(moved.status).toBe(400)
  const refusal = await moved.json()
  expect(refusal.Errors).toEqual([
    {
      PropertyName: 'BusinessId',
      Message: 'is not one of your locations',
      AttemptedValue: siteId('berlin'),
    },
  ])
})

test('the manager can read their own role, but not roles of other locations', async () => {
  const manager = await sandbox.signIn('manager@hookdesk.test')
  const me = await manager.read('/api/auth/me')
  expect((await manager.get(`/api/security/userroles/${me.UserRoles[0]}`)).status).toBe(200)
  expect((await manager.get(`/api/security/userroles/${me.UserRoles[0] + 1}`)).status).toBe(404)
})

test('an administrator reads users by id', async () => {
  const admin = await sandbox.signIn()
  const me = await admin.read('/api/auth/me')
  expect((await admin.read(`/api/sys/users/${me.Id + 1}`)).Email).toBe('manager@hookdesk.test')
  expect((await admin.get('/api/sys/users/1')).status).toBe(404)
})

test('the user list filters by e-mail address, and its rows hold no lists', async () => {
  const admin = await sandbox.signIn()
  const { Records, TotalItems } = await admin.read(
    '/api/sys/users?User_Email=manager@hookdesk.test',
  )
  expect(TotalItems).toBe(1)
  const whole = await admin.read(`/api/sys/users/${Records[0].Id}`)
  const { Businesses, UserRoles, ChatRooms, ...row } = whole
  expect([Businesses.length, UserRoles.length, ChatRooms]).toEqual([2, 1, []])
  expect(Records).toEqual([row])

  const all = await admin.read('/api/sys/users')
  expect(all.TotalItems).toBeGreaterThan(5)
  expect((await admin.read('/api/sys/users?size=1&page=2&orderBy=Email')).Records).toHaveLength(1)
  expect((await admin.post('/api/sys/users', {})).status).toBe(405)
})

test("the user list requires its role and shows only users of the caller's locations", async () => {
  const viewer = await sandbox.signIn('viewer@hookdesk.test')
  expect((await viewer.get('/api/sys/users')).status).toBe(401)

  const manager = await sandbox.signIn('manager@hookdesk.test')
  await sandbox.grantToManagers(['User-List'], async () => {
    const { Records } = await manager.read('/api/sys/users')
    const emails = Records.map((user: { Email: string }) => user.Email)
    expect(emails).toEqual(['manager@hookdesk.test'])
  })
})
