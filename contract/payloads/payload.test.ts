import { expect, test } from 'vitest'

import { SELECTABLE_ACTIONS } from '#contract/actions/actions.ts'

import { entityOf, isPossible, isRemoval, payloadFields, sampleRecord } from './payload.ts'

const scene = (seed: number) => ({
  location: { id: 1_400_000_002, name: 'Northlight Shoreditch', currency: 'GBP' },
  at: new Date('2026-05-05T14:28:10.123Z'),
  seed,
})

const BASE = [
  'Id',
  'UpdatedOn',
  'CreatedOn',
  'UniqueId',
  'UpdatedBy',
  'IsNew',
  'SystemId',
  'ToStringText',
  'LocalizationDetails',
  'CustomFields',
]

test.each(SELECTABLE_ACTIONS.map(({ number, name }) => [number, name]))(
  'action %i, %s, sends a complete record',
  (number) => {
    const record = sampleRecord(number, scene(number))
    expect(record).toBeDefined()
    expect(Object.keys(record ?? {})).toEqual(expect.arrayContaining(BASE))
    // more fields than every record has
    expect(Object.keys(record ?? {}).length).toBeGreaterThan(BASE.length + 2)
    expect(record?.Id).toBeGreaterThan(1_000_000_000)
    expect(record?.UniqueId).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/,
    )
    expect(record?.UpdatedOn).toBe('2026-05-05T14:28:10.1230000Z')
    expect(record?.ToStringText).not.toBe('')
    expect(JSON.parse(JSON.stringify(record))).toEqual(record)
  },
)

test('the same scene makes the same record, another seed makes another', () => {
  expect(sampleRecord(6, scene(1))).toEqual(sampleRecord(6, scene(1)))
  expect(sampleRecord(6, scene(1))?.Id).not.toBe(sampleRecord(6, scene(2))?.Id)
})

test('sample names include accents, emoji and right-to-left text', () => {
  const names = Array.from({ length: 60 }, (_, seed) => sampleRecord(3, scene(seed))?.FullName)
  expect(names.join()).toMatch(/é/)
  expect(names.join()).toMatch(/\p{Script=Hebrew}/u)
  const companies = Array.from(
    { length: 60 },
    (_, seed) => sampleRecord(3, scene(seed))?.CompanyName,
  )
  expect(companies.join()).toMatch(/\p{Emoji_Presentation}/u)
})

test('a later event about a record keeps its id and creation time', () => {
  const made = sampleRecord(6, scene(5))
  const later = { ...scene(9), at: new Date('2026-05-06T08:00:00Z') }
  const gone = sampleRecord(8, later, made)
  expect(gone).toMatchObject({ Id: made?.Id, UniqueId: made?.UniqueId, CreatedOn: made?.CreatedOn })
  expect(gone?.FromTime).toBe(made?.FromTime)
  expect(gone?.UpdatedOn).toBe('2026-05-06T08:00:00.0000000Z')
})

test('the record shows what happened', () => {
  expect(sampleRecord(21, scene(3))).toMatchObject({ Paid: true })
  expect(sampleRecord(11, scene(3))).toMatchObject({ Cancelled: true, Active: false })
  expect(Number(sampleRecord(20, scene(3))?.TotalAmount)).toBeLessThan(0)
  expect(sampleRecord(41, scene(3))).toMatchObject({ Arrived: true })
})

test('every action that removes something is marked as a removal', () => {
  const removals = SELECTABLE_ACTIONS.filter(({ number }) => isRemoval(number))
  expect(removals.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual([
    8, 17, 27, 43, 44, 49, 50, 56, 59, 64, 66, 70, 72, 75, 77, 79, 82, 86, 89,
  ])
})

test('actions with an unknown entity are marked as uncertain', () => {
  const unsure = SELECTABLE_ACTIONS.filter(({ number }) => entityOf(number)?.isCertain === false)
  expect(unsure.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual([
    9, 34, 35, 36, 37, 61, 63,
  ])
  for (const { number } of unsure) {
    const evidence = payloadFields(number, scene(1)).map((field) => field.evidence)
    expect(new Set(evidence)).toEqual(new Set(['unknown']))
  }
})

test('fields seen in a delivery are told apart from fields only documented', () => {
  const evidenceOf = (action: number, name: string) =>
    payloadFields(action, scene(1)).find((field) => field.name === name)?.evidence
  expect(evidenceOf(6, 'MinutesToStart')).toBe('seen')
  expect(evidenceOf(10, 'CoworkerEmail')).toBe('seen')
  expect(evidenceOf(10, 'BillingDay')).toBe('documented')
  expect(evidenceOf(42, 'FullName')).toBe('seen')
  expect(evidenceOf(74, 'SignUpFee')).toBe('documented')
})

test('an unknown action has no sample record', () => {
  expect(sampleRecord(1, scene(1))).toBeUndefined()
  expect(sampleRecord(142, scene(1))).toBeUndefined()
  expect(payloadFields(142, scene(1))).toEqual([])
})

test("a customer's id is the one that other records refer to", () => {
  expect(sampleRecord(3, scene(9))?.Id).toBe(sampleRecord(6, scene(9))?.CoworkerId)
})

test.each([
  [10, { Cancelled: true }, false],
  [10, { Cancelled: false }, true],
  [21, { Paid: true }, false],
  [21, { CreditNote: true }, false],
  [19, { Paid: true, Refunded: false }, true],
  [32, { Active: true }, false],
  [48, { ToTime: '2026-05-05T10:00:00Z' }, false],
  [7, { Tentative: true }, true],
])('action %i can happen to %j: %s', (action, record, possible) => {
  expect(isPossible(action, record)).toBe(possible)
})
