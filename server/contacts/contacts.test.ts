import { afterEach, beforeEach, expect, test } from 'vitest'

import { openTestDesk, type TestDesk } from '#server/testing/test-desk.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

const DUBLIN = 1_400_000_004

const HOST = 'door.example.com'
const JO = { name: 'Jo <b>Smith</b>', address: 'jo@example.com' }

let desk: TestDesk
let admin: Visitor
let manager: Visitor
beforeEach(async () => {
  desk = await openTestDesk({ watches: true })
  await desk.addRecipients()
  admin = desk.visitor()
  manager = desk.visitor()
  await admin.signIn('admin@hookdesk.test')
  await manager.signIn('manager@hookdesk.test')
})
afterEach(() => desk.close())

const save = (body: unknown, by = admin) => by.request('/desk/contacts', { method: 'PUT', body })

test('a contact stands in the mail and on the card, and goes when it is removed', async () => {
  const { id } = await desk.anyWorking()
  await desk.store(id, { url: `https://${HOST}/a?key=s3cret`, name: 'Door codes' })
  await desk.lookAndTell()
  const { body } = await save({ host: ` ${HOST.toUpperCase()} `, contact: JO })
  expect(body.contacts).toMatchObject([{ host: HOST, ...JO, by: 'admin@hookdesk.test' }])

  await desk.store(id, { errorCount: 10, active: false })
  await desk.lookAndTell()
  const [mail] = await desk.mails()
  expect(mail?.text).toContain(`Who can mend the receiver: ${JO.name}, jo@example.com.`)
  expect(mail?.html).not.toContain('<b>Smith')
  const board = await admin.request('/desk/attention')
  const card = board.body.incidents.find(({ origin }: { origin: string }) => origin.includes(HOST))
  expect(card.contact).toEqual(JO)

  expect((await save({ host: HOST, contact: null })).body).toEqual({ contacts: [] })
})

test('only administrators name one, and others see those of receivers they deliver to', async () => {
  expect((await save({ host: HOST, contact: JO }, manager)).status).toBe(403)
  const { id } = await desk.anyWorking()
  await desk.store(id, { url: `https://${HOST}/`, businessId: DUBLIN })
  await desk.lookAndTell()
  await save({ host: HOST, contact: JO })
  const seen = async (by: Visitor) => (await by.request('/desk/contacts')).body.contacts.length
  expect([await seen(admin), await seen(manager)]).toEqual([1, 0])
})

test.each([
  { host: HOST, contact: { ...JO, address: 'jo' } },
  { host: HOST, contact: { ...JO, address: 'jo@example.com\r\nBcc: all@example.com' } },
  { host: HOST, contact: { ...JO, name: ' ' } },
  { host: HOST, contact: { ...JO, name: 'x'.repeat(101) } },
  { host: HOST, contact: { ...JO, name: 'a\u0000b' } },
  { host: '', contact: JO },
  { host: 'a\u0000b', contact: JO },
  { host: HOST },
])('a contact that cannot be is refused: %j', async (body) => {
  expect((await save(body)).status).toBe(400)
})
