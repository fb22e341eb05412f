import { expect, test } from 'vitest'

import { ACTION } from '#contract/actions/action-numbers.ts'
import type { Location } from '#contract/nexudus/location.ts'
import { webhookRowSchema, type WebhookRow } from '#contract/nexudus/webhook.ts'
import { createFleetReader } from '#fleet/fleet.ts'

import { filterRows, sortRows } from './list-rows.ts'

const SOHO: Location = { Id: 1, Name: 'Soho' }
const PORTO: Location = { Id: 2, Name: '', ToStringText: 'Pôrto' }

let nextId = 1
const webhook = (record: Partial<WebhookRow>): WebhookRow =>
  webhookRowSchema.parse({
    Id: nextId++,
    BusinessId: 1,
    Name: 'A webhook',
    Action: ACTION.BookingCreate,
    URL: 'https://hooks.example.com/in?code=s3cr3t',
    Active: true,
    ErrorCount: 0,
    LastTrigger: '2026-03-02T09:14:07.1134521Z',
    ...record,
  })

const rowsOf = (webhooks: WebhookRow[]) =>
  createFleetReader({ hidesPaths: false })(webhooks, [SOHO, PORTO]).rows
const NOTHING = { health: [], locations: [], actions: [] }
const namesOf = (rows: { webhook: WebhookRow }[]) => rows.map((row) => row.webhook.Name)

test('a row contains no secret, and a search for one finds nothing', () => {
  const [row] = rowsOf([webhook({ LastError: 'GET https://a.example.com/?key=s3cr3t failed' })])
  const { webhook: _record, ...shown } = row ?? {}
  expect(JSON.stringify(shown)).not.toContain('s3cr3t')
  expect(filterRows(row ? [row] : [], NOTHING, 's3cr3t').rows).toEqual([])
})

test('a search matches every word, ignoring case and accents', () => {
  const rows = rowsOf([
    webhook({ Name: 'Réservation → CRM' }),
    webhook({ Name: 'Door sync', BusinessId: 2 }),
    webhook({ Name: 'Invoices', Action: ACTION.CoworkerInvoicePaid }),
  ])
  const find = (text: string) => namesOf(filterRows(rows, NOTHING, text).rows)

  expect(find('reservation crm')).toEqual(['Réservation → CRM'])
  expect(find('PORTO door')).toEqual(['Door sync'])
  expect(find('CoworkerInvoicePaid')).toEqual(['Invoices'])
  expect(find('hooks.example.com')).toHaveLength(3)
  expect(find('door invoices')).toEqual([])
})

test('a filter is counted under the other filters, but not under itself', () => {
  const rows = rowsOf([
    webhook({ ErrorCount: 3 }),
    webhook({ ErrorCount: 9 }),
    webhook({ BusinessId: 2, ErrorCount: 3 }),
    webhook({ BusinessId: 2 }),
  ])
  const { rows: found, counts } = filterRows(
    rows,
    { ...NOTHING, health: ['failing'], locations: [2] },
    '',
  )
  expect(found).toHaveLength(1)
  expect(Object.fromEntries(counts.health)).toEqual({ failing: 1, working: 1 })
  expect(Object.fromEntries(counts.locations)).toEqual({ 1: 1, 2: 1 })
})

test('webhooks that need attention come first, those nearest to stopping before the others', () => {
  const rows = rowsOf([
    webhook({ Name: 'working' }),
    webhook({ Name: 'failing', ErrorCount: 2 }),
    webhook({ Name: 'off', Active: false }),
    webhook({ Name: 'stopped', Active: false, ErrorCount: 10 }),
    webhook({ Name: 'failing more', ErrorCount: 6 }),
    webhook({ Name: 'about to stop', ErrorCount: 9 }),
    webhook({ Name: 'new', LastTrigger: null }),
  ])
  expect(namesOf(sortRows(rows, 'attention', false))).toEqual([
    'stopped',
    'about to stop',
    'failing more',
    'failing',
    'off',
    'new',
    'working',
  ])
})

test('of webhooks in one state the newest trouble comes first, and of failing ones the worst', () => {
  const rows = rowsOf([
    webhook({
      Name: 'stopped long ago',
      Active: false,
      ErrorCount: 12,
      LastTrigger: '2023-12-01T08:00:00Z',
    }),
    webhook({
      Name: 'stopped today',
      Active: false,
      ErrorCount: 10,
      LastTrigger: '2026-11-30T08:00:00Z',
    }),
    webhook({ Name: 'failing, new', ErrorCount: 2, LastTrigger: '2026-11-30T08:00:00Z' }),
    webhook({ Name: 'failing, old', ErrorCount: 2, LastTrigger: '2026-11-01T08:00:00Z' }),
    webhook({ Name: 'failing more', ErrorCount: 6, LastTrigger: '2026-10-01T08:00:00Z' }),
  ])
  expect(namesOf(sortRows(rows, 'attention', false))).toEqual([
    'stopped today',
    'stopped long ago',
    'failing more',
    'failing, new',
    'failing, old',
  ])
})

test('every column sorts both ways, accented letters beside plain ones, ties by name', () => {
  const rows = rowsOf([
    webhook({ Name: 'éclair', BusinessId: 2, LastTrigger: null }),
    webhook({ Name: 'Zoo', Active: false }),
    webhook({ Name: 'echo', LastTrigger: '2026-05-02T09:14:07Z' }),
  ])
  expect(namesOf(sortRows(rows, 'name', false))).toEqual(['echo', 'éclair', 'Zoo'])
  expect(namesOf(sortRows(rows, 'name', true))).toEqual(['Zoo', 'éclair', 'echo'])
  expect(namesOf(sortRows(rows, 'location', false))).toEqual(['éclair', 'echo', 'Zoo'])
  expect(namesOf(sortRows(rows, 'triggered', false))).toEqual(['echo', 'Zoo', 'éclair'])
  expect(namesOf(sortRows(rows, 'active', false))).toEqual(['echo', 'éclair', 'Zoo'])
})

test('a record that did not change keeps its row, and a description stays known once read', () => {
  const read = createFleetReader({ hidesPaths: false })
  const [same, changed] = [webhook({}), webhook({ Name: 'Before', Description: 'For the CRM' })]
  const before = read([same, changed], [SOHO])
  const { Description: _left, ...listed } = changed
  const after = read([same, { ...listed, Name: 'After' }], [SOHO])

  expect(after.rows[0]).toBe(before.rows[0])
  expect(after.rows[1]).toMatchObject({ description: 'For the CRM', webhook: { Name: 'After' } })
})

test('a location that the person may not read is shown by its number', () => {
  expect(rowsOf([webhook({ BusinessId: 77 })])[0]?.location).toBe('Location 77')
  expect(rowsOf([webhook({ BusinessId: 2 })])[0]?.location).toBe('Pôrto')
})

const found = (rows: ReturnType<typeof rowsOf>, text: string) =>
  namesOf(filterRows(rows, NOTHING, text).rows)

test('a webhook is found by its health, its error’s text and meaning, and its description', () => {
  const rows = rowsOf([
    webhook({ Name: 'A', Active: false, ErrorCount: 10, LastError: 'CERT_HAS_EXPIRED' }),
    webhook({ Name: 'B', ErrorCount: 3, LastError: 'Response status code: 410 (Gone).' }),
    webhook({ Name: 'C', Description: 'For the bookkeeper' }),
  ])
  expect(found(rows, 'stopped')).toEqual(['A'])
  expect(found(rows, 'certificate')).toEqual(['A'])
  expect(found(rows, '410')).toEqual(['B'])
  expect(found(rows, 'failing gone')).toEqual(['B'])
  expect(found(rows, 'bookkeeper')).toEqual(['C'])
  // one letter missing, one extra, two swapped
  expect(found(rows, 'stoped')).toEqual(['A'])
  expect(found(rows, 'certifficate')).toEqual(['A'])
  expect(found(rows, 'bookkeepre')).toEqual(['C'])
  expect(found(rows, '411')).toEqual([])
})

test('an international host is found in both its forms, a look-alike only as stored', () => {
  const rows = rowsOf([
    webhook({ Name: 'Ü', URL: 'https://münchen.example:8443/in' }),
    webhook({ Name: 'Й', URL: 'https://xn--h1alffa9f.example/in' }),
    webhook({ Name: 'Fake', URL: 'https://\u0430pple.com/in' }),
  ])
  expect(rows.map(({ host, readableHost }) => [host, readableHost])).toEqual([
    ['xn--mnchen-3ya.example:8443', 'münchen.example:8443'],
    ['xn--h1alffa9f.example', 'россия.example'],
    ['xn--pple-43d.com', undefined],
  ])
  expect(found(rows, 'munchen')).toEqual(['Ü'])
  expect(found(rows, 'xn--mnchen')).toEqual(['Ü'])
  expect(found(rows, 'россия')).toEqual(['Й'])
  expect(found(rows, 'xn--pple')).toEqual(['Fake'])
})

test('a webhook that may be on is sorted between on and off, and found as trouble', () => {
  const rows = rowsOf([
    webhook({ Name: 'Off', Active: false }),
    webhook({ Name: 'Unread', Active: null }),
    webhook({ Name: 'On' }),
  ])
  expect(namesOf(sortRows(rows, 'active', false))).toEqual(['On', 'Unread', 'Off'])
  expect(namesOf(sortRows(rows, 'attention', false))[0]).toBe('Unread')
  expect(namesOf(filterRows(rows, { ...NOTHING, health: ['unreadable'] }, '').rows)).toEqual([
    'Unread',
  ])
})
