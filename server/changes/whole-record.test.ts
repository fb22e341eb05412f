import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import type { ChangeRequest } from '#contract/desk/desk.ts'
import { openDeskOver } from '#server/testing/test-desk.ts'
import { createTestUpstream } from '#server/testing/test-upstream.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

/**
 * A record of a newer Nexudus: unknown fields and an unknown action, numbers that JavaScript cannot
 * hold, and text that a careless writer would change.
 */
const FIELDS = {
  Id: '1400099001',
  BusinessId: '1400000002',
  Name: '"Türe „Süd“ \\\\ \\"x\\" 😀 שלום"',
  Action: '179',
  Description: '"Line one\\nline two\\t</script> \u2028"',
  URL: '"https://hooks.example.com/a?key=s3cr3t&x=%20+#f"',
  Active: 'true',
  LastError: 'null',
  ErrorCount: '4',
  LastTrigger: '"2026-05-04T10:00:00.1234567Z"',
  CreatedOn: '"2020-01-01T00:00:00.0000001Z"',
  UpdatedOn: '"2026-05-04T10:00:00.1234567Z"',
  UpdatedBy: '"ops@northlight.example.test"',
  UniqueId: '"7b2f0d9e-0000-4000-8000-000000000001"',
  SystemId: 'null',
  Revision: '9007199254740993123',
  Ratio: '1.10',
  Tiny: '1E-7',
  Minus: '-0',
  Nothing: 'null',
  Empty: '""',
  RetryPolicy: '{"Times":10,"Steps":[1.0,2.50,9007199254740993],"constructor":{"a":[]}}',
  CustomFields: '[{"Name":"Ω","Value":18446744073709551615},null,false]',
}

type FieldName = keyof typeof FIELDS

const textOf = (fields: Record<string, string>) =>
  `{${Object.entries(fields)
    .map(([name, value]) => `${JSON.stringify(name)}:${value}`)
    .join(',')}}`

const upstream = createTestUpstream()
let desk: Awaited<ReturnType<typeof openDeskOver>>
let admin: Visitor
beforeAll(async () => {
  desk = await openDeskOver(upstream.fetch)
  admin = desk.visitor()
  await admin.signIn('admin@hookdesk.test')
})
beforeEach(() => {
  upstream.forget()
  upstream.records.set(Number(FIELDS.Id), textOf(FIELDS))
})
afterAll(() => desk.close())

const changes: [ChangeRequest['change'], Partial<Record<FieldName, string>>][] = [
  [{ Active: false }, { Active: 'false' }],
  [{ URL: 'https://new.example.com/' }, { URL: '"https://new.example.com/"' }],
  [{ Name: 'José 😀' }, { Name: '"José 😀"' }],
  [{ Description: '' }, { Description: 'null' }],
  [{ Action: 6 }, { Action: '6' }],
  [{ BusinessId: 1_400_000_003 }, { BusinessId: '1400000003' }],
  [
    { Active: false, Name: 'N', URL: 'https://n.example.com', Description: 'D', Action: 7 },
    {
      Active: 'false',
      Name: '"N"',
      URL: '"https://n.example.com"',
      Description: '"D"',
      Action: '7',
    },
  ],
]

test.each(changes)('a change of %j leaves every other byte unchanged', async (change, written) => {
  const { status, body } = await admin.change(Number(FIELDS.Id), { seen: {}, change })

  expect([status, body.webhook.Revision]).toEqual([200, Number(FIELDS.Revision)])
  expect(upstream.arrived('PUT').map((call) => call.body)).toEqual([
    textOf({ ...FIELDS, ...written }),
  ])
})

test('a record without a description, or with fields in lower case, gets no new fields', async () => {
  const { Description: _left, ...bare } = FIELDS
  upstream.records.set(Number(FIELDS.Id), textOf({ ...bare, active: '"theirs"' }))
  await admin.change(Number(FIELDS.Id), { seen: {}, change: { Active: false } })

  expect(upstream.arrived('PUT')[0]?.body).toBe(
    textOf({ ...bare, Active: 'false', active: '"theirs"' }),
  )
})

test('an unknown action number is shown, kept and compared', async () => {
  const { status } = await admin.change(Number(FIELDS.Id), {
    seen: { Action: 179, Active: true },
    change: { Active: false },
  })
  expect(status).toBe(200)
  const conflict = await admin.change(Number(FIELDS.Id), {
    seen: { Action: 180 },
    change: { Active: true },
  })
  expect([conflict.status, conflict.body.current.Action]).toEqual([409, 179])
})

test('a create sends the values of the form and nothing else', async () => {
  const input = {
    BusinessId: 1_400_000_002,
    Action: 6,
    Name: ' José 😀 ',
    URL: ' https://hooks.example.com/a?k=1 ',
    Description: '',
    Active: false,
  }
  await admin.create(input)
  const [sent] = upstream.arrived('POST')
  expect(sent && JSON.parse(sent.body)).toEqual({
    ...input,
    Name: 'José 😀',
    URL: 'https://hooks.example.com/a?k=1',
    Description: null,
  })
  expect(sent?.headers.get('content-type')).toBe('application/json')
})

test('the history keeps unknown fields', async () => {
  await admin.change(Number(FIELDS.Id), { seen: {}, change: { Active: false } })
  const [entry] = (await desk.history(Number(FIELDS.Id))).slice(-1)
  expect(entry?.before).toMatchObject({ RetryPolicy: { Times: 10 }, Empty: '', Nothing: null })
})
