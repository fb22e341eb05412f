import { expect, test } from 'vitest'

import { ACTION } from '#contract/actions/action-numbers.ts'
import type { WebhookRow } from '#contract/nexudus/webhook.ts'

import { comparePlan } from './plan-compare.ts'
import { matchPlan, type PlaceChoices } from './plan-match.ts'
import { placesOf } from './plan-places.ts'
import { planFromCells } from './plan-read.ts'
import { fromCell, toCell } from './plan.ts'
import { finish } from './steps.ts'

const SOHO = 11
const LEEDS = 12
const HERE = new Map([
  [SOHO, 'Soho'],
  [LEEDS, 'Leeds'],
])
const policy = { exceptions: [], allowPrivateTargets: false }

const webhookWith = (Id: number, fields: Partial<WebhookRow> = {}): WebhookRow => ({
  Id,
  BusinessId: SOHO,
  Action: ACTION.BookingCreate,
  Name: `Webhook ${Id}`,
  URL: `https://x.example.com/${Id}`,
  Active: true,
  ErrorCount: 0,
  LastError: null,
  LastTrigger: null,
  CreatedOn: null,
  UpdatedOn: null,
  UpdatedBy: null,
  ...fields,
})

const HEADER = [
  'Id',
  'Location',
  'Location number',
  'Action',
  'Name',
  'URL',
  'Description',
  'Active',
]

type Options = { descriptions?: [number, string][]; choices?: PlaceChoices }

function compare(rows: string[][], webhooks: WebhookRow[], options: Options = {}) {
  const plan = finish(planFromCells([HEADER, ...rows]))
  const places = placesOf(plan, HERE)
  const matches = matchPlan(plan, places, options.choices ?? new Map(), webhooks)
  const descriptions = new Map(options.descriptions)
  return { ...places, ...finish(comparePlan(matches, { webhooks, policy, descriptions })) }
}

test('a webhook is found by its number, and the change holds the fields that differ', () => {
  const was = webhookWith(1)
  const row = ['1', 'Leeds', '12', 'BookingUpdate', ' New ', 'https://y.example.com/', 'Why', 'no']
  const { items } = compare([row], [was], { descriptions: [[1, 'Old']] })
  expect(items).toEqual([
    {
      kind: 'change',
      line: 2,
      notes: [],
      webhook: was,
      change: {
        BusinessId: LEEDS,
        Action: ACTION.BookingUpdate,
        Name: 'New',
        URL: 'https://y.example.com/',
        Description: 'Why',
        Active: false,
      },
      seen: {
        BusinessId: SOHO,
        Action: ACTION.BookingCreate,
        Name: 'Webhook 1',
        URL: 'https://x.example.com/1',
        Description: 'Old',
        Active: true,
      },
    },
  ])
})

test('without a number it is found by location, action and URL, or else by name', () => {
  const webhooks = [
    webhookWith(1, { URL: 'https://x.example.com/same', Name: 'First' }),
    webhookWith(2, { URL: 'https://x.example.com/same', Name: 'Second' }),
    webhookWith(3, { URL: 'https://x.example.com/other', Name: 'Third' }),
    webhookWith(4, { BusinessId: LEEDS, Name: 'Third' }),
  ]
  const { items } = compare(
    [
      ['', 'soho', '', 'Booking – created', 'Second', 'https://x.example.com/same', '', ''],
      ['', 'Soho', '11', '6', 'Renamed', 'https://x.example.com/same', '', ''],
      ['', 'SOHO', '', 'bookingcreate', 'Third', 'https://x.example.com/moved', '', ''],
      ['', 'Leeds', '', '7', 'Third', 'https://x.example.com/4', '', ''],
    ],
    webhooks,
    { descriptions: [1, 2, 3, 4].map((id) => [id, '']) },
  )
  expect(items).toMatchObject([
    { kind: 'leave', webhook: { Id: 2 } },
    { kind: 'change', webhook: { Id: 1 }, change: { Name: 'Renamed' } },
    { kind: 'change', webhook: { Id: 3 }, change: { URL: 'https://x.example.com/moved' } },
    { kind: 'create', input: { BusinessId: LEEDS, Action: ACTION.BookingUpdate } },
  ])
})

test('fields that the file lacks stay, and those it has are changed', () => {
  const plan = finish(
    planFromCells([
      ['Id', 'Active'],
      ['1', 'no'],
      ['2', ''],
    ]),
  )
  const webhooks = [webhookWith(1), webhookWith(2)]
  const places = placesOf(plan, HERE)
  const matches = matchPlan(plan, places, new Map(), webhooks)
  const { items, extra } = finish(
    comparePlan(matches, { webhooks, policy, descriptions: new Map() }),
  )
  expect(items).toMatchObject([
    { kind: 'change', change: { Active: false }, seen: { Active: true } },
    { kind: 'leave' },
  ])
  expect(extra).toEqual([])
})

test('an unread description is proposed, without a claim about its present text', () => {
  const row = ['1', '', '', '', '', '', 'New', '']
  const [header, cells] = [HEADER.filter((_n, at) => at === 0 || at === 6), ['1', 'New']]
  const plan = finish(planFromCells([header, cells]))
  const webhooks = [webhookWith(1)]
  const matches = matchPlan(plan, placesOf(plan, HERE), new Map(), webhooks)
  const unread = finish(comparePlan(matches, { webhooks, policy, descriptions: new Map() }))
  expect(unread.items).toMatchObject([{ kind: 'change', change: { Description: 'New' }, seen: {} }])
  expect(compare([row], webhooks).items[0]?.kind).toBe('problem')
})

test('webhooks that the file lacks are listed, at its locations only', () => {
  const webhooks = [webhookWith(1), webhookWith(2), webhookWith(3, { BusinessId: LEEDS })]
  const row = ['1', 'Soho', '11', '6', 'Webhook 1', 'https://x.example.com/1', '', 'yes']
  const { extra } = compare([row], webhooks, { descriptions: [[1, '']] })
  expect(extra.map(({ Id }) => Id)).toEqual([2])
})

test('a file of another network asks about every location, and its numbers are ignored', () => {
  const rows = [
    ['1', 'SOHO', '901', '6', 'Webhook 1', 'https://x.example.com/9', '', 'yes'],
    ['2', 'Paris', '902', '6', 'N', 'https://x.example.com/p', '', 'yes'],
    ['3', 'Bristol', '903', '6', 'N', 'https://x.example.com/b', '', 'yes'],
  ]
  const webhooks = [webhookWith(1, { BusinessId: LEEDS }), webhookWith(5, { Name: 'Webhook 1' })]
  const { places, isForeign } = compare(rows, webhooks)
  expect(isForeign).toBe(true)
  expect(places).toMatchObject([
    { number: 901, name: 'SOHO', here: null, guess: SOHO, lines: [2] },
    { number: 902, here: null, guess: null },
    { number: 903, here: null, guess: null },
  ])
  const choices = new Map(places.map(({ key, guess }, at) => [key, at === 1 ? LEEDS : guess]))
  const { items } = compare(rows, webhooks, { choices, descriptions: [[5, '']] })
  expect(items).toMatchObject([
    { kind: 'change', webhook: { Id: 5 }, change: { URL: 'https://x.example.com/9' } },
    { kind: 'create', input: { BusinessId: LEEDS }, notes: [] },
    { kind: 'left-out' },
  ])
})

test.each([
  // an unknown name among known ones
  [['', 'Sohoo', ''], { here: null, guess: null }],
  [['', ' sōho ', ''], { here: SOHO }],
  // the number and the name belong to different locations
  [['', 'Leeds', '11'], { here: null, guess: LEEDS }],
  [['', 'Sohoo', '11'], { here: null, guess: SOHO }],
  [['', 'Location 12', '12'], { here: LEEDS }],
  [['', '', '12'], { here: LEEDS }],
])(
  'the location %j of a file of this network is recognised',
  ([id = '', name = '', number = ''], told) => {
    const rows = [
      ['', 'Soho', '11', '6', 'N', 'https://x.example.com/1', '', ''],
      [id, name, number, '6', 'N', 'https://x.example.com/2', '', ''],
    ]
    const { places, isForeign } = compare(rows, [])
    expect(isForeign).toBe(false)
    expect(places.at(-1)).toMatchObject(told)
  },
)

test('a repeated number is an error, and so is a new webhook that duplicates another', () => {
  const same = ['Soho', '11', '6', 'N', 'https://x.example.com/1', '', 'yes']
  const { items } = compare(
    [
      ['1', ...same],
      ['1', ...same],
      ['', ...same],
    ],
    [webhookWith(1)],
  )
  expect(items).toMatchObject([
    { kind: 'change' },
    { kind: 'problem', problems: [{ line: 3, column: 'Id' }] },
    {
      kind: 'problem',
      problems: [{ line: 4, text: expect.stringMatching(/^Duplicate of line 2/) }],
    },
  ])
})

test('a hidden URL leaves the URL unchanged, and a note appears if it differs', () => {
  const URL = 'https://x.example.com/in?key=s3cr3t'
  const row = (url: string) => ['1', 'Soho', '11', '6', 'Webhook 1', url, '', 'yes']
  const options = { descriptions: [[1, '']] as [number, string][] }
  const { items } = compare(
    [row('https://x.example.com/in?key=••••')],
    [webhookWith(1, { URL })],
    options,
  )
  expect(items).toMatchObject([{ kind: 'leave', notes: [] }])
  const moved = compare(
    [row('https://y.example.com/in?key=••••')],
    [webhookWith(1, { URL })],
    options,
  )
  expect(moved.items).toMatchObject([{ kind: 'leave', notes: [expect.stringContaining('stays')] }])
})

test('a missing webhook is created again, and an unknown action is left to Nexudus', () => {
  const row = ['77', 'Soho', '11', '4711', 'N', 'https://x.example.com/1', '', '']
  const { items } = compare([row], [])
  expect(items).toMatchObject([
    {
      kind: 'create',
      input: { Action: 4711, Active: true },
      notes: [expect.stringMatching('Webhook 77'), expect.stringMatching('4711')],
    },
  ])
})

test.each(['=1', '+1', '-1', '@x', '\tx', '\rx', '\nx', "'x", "''x", "'=x", 'x', '', "x'", ' =x'])(
  'the cell of %j is read back unchanged',
  (text) => {
    expect(fromCell(toCell(text))).toBe(text)
    expect(toCell(text)).not.toMatch(/^[=+\-@\t\r\n]/)
  },
)

test('a URL gets the form’s warnings, and invisible characters around it are ignored', () => {
  const was = webhookWith(1)
  const odd = 'https://\u0430pple.com/{{id}}'
  const { items } = compare(
    [
      ['1', 'Soho', '11', '6', 'Webhook 1', `\u200b${was.URL}\ufeff`, '', ''],
      ['', 'Soho', '11', '7', 'New', `\ufeff${odd}`, '', ''],
      ['', 'Soho', '11', '8', 'Broken', 'https://example.com:99999', '', ''],
    ],
    [was],
    { descriptions: [[1, '']] },
  )
  expect(items).toMatchObject([
    { kind: 'leave', notes: [] },
    {
      kind: 'create',
      input: { URL: odd },
      notes: [expect.stringMatching(/look-alike/), expect.stringMatching(/placeholder/)],
    },
    { kind: 'problem', problems: [{ column: 'URL', text: expect.stringMatching(/Port 99999/) }] },
  ])
})
