import { expect, test } from 'vitest'

import { ACTION } from '#contract/actions/action-numbers.ts'
import { webhookRowSchema } from '#contract/nexudus/webhook.ts'
import { createFleetReader } from '#fleet/fleet.ts'

import { DEFAULT_PATTERN } from './pattern.ts'
import { cellsOf, isTicked, planOf, type Draft, type Source, type Task } from './plan.ts'
import { problemsOf } from './problems.ts'

const SOHO = 1
const LEEDS = 2
const URL = 'https://crm.example.com/in'
const NAMES = new Map([
  [SOHO, 'Soho'],
  [LEEDS, 'Leeds'],
])
const nameOf = (id: number) => NAMES.get(id) ?? ''
const PRODUCT: Task = { kind: 'product' }

const draft = (change: Partial<Draft> = {}): Draft => ({
  locations: new Set([SOHO, LEEDS]),
  actions: new Set([6, 7]),
  URL,
  pattern: DEFAULT_PATTERN,
  keepsNames: false,
  Description: 'For the CRM',
  Active: true,
  ...change,
})

const source = (id: number, change: Partial<Source['input']> = {}): Source => ({
  id,
  input: {
    BusinessId: SOHO,
    Action: ACTION.BookingCreate,
    Name: 'Bookings – Soho',
    URL,
    Description: 'Whom to ask: Ana',
    ...change,
  },
})

function fleet(...webhooks: { Id: number; BusinessId: number; Action: number; URL: string }[]) {
  const read = createFleetReader({ hidesPaths: false })
  const rows = webhooks.map((webhook) =>
    webhookRowSchema.parse({ Name: `Webhook ${webhook.Id}`, Active: true, ...webhook }),
  )
  return read(rows, []).rows
}

test('every ticked location gets every ticked action, location by location', () => {
  const cells = cellsOf(PRODUCT, draft(), nameOf)
  expect(cells.map(({ input }) => input.Name)).toEqual([
    'Booking – created – Leeds',
    'Booking – updated – Leeds',
    'Booking – created – Soho',
    'Booking – updated – Soho',
  ])
  expect(cells[0]?.input).toEqual({
    BusinessId: LEEDS,
    Action: ACTION.BookingCreate,
    Name: 'Booking – created – Leeds',
    URL,
    Description: 'For the CRM',
    Active: true,
  })
})

test('given cells are the plan, whatever else is ticked', () => {
  const cells = [
    { BusinessId: SOHO, Action: ACTION.BookingUpdate },
    { BusinessId: LEEDS, Action: ACTION.BookingCreate },
  ]
  const keys = cellsOf({ kind: 'cells', cells }, draft(), nameOf).map(({ key }) => key)
  expect(keys).toEqual([`${LEEDS}:6`, `${SOHO}:7`])
})

test('copies keep action, URL and description, and are named by the pattern', () => {
  const task: Task = { kind: 'copy', sources: [source(11)] }
  const [cell] = cellsOf(task, draft({ locations: new Set([LEEDS]), URL: null }), nameOf)
  expect(cell?.input).toEqual({
    BusinessId: LEEDS,
    Action: ACTION.BookingCreate,
    Name: 'Booking – created – Leeds',
    URL,
    Description: 'Whom to ask: Ana',
    Active: true,
  })
})

test('copies may keep their names, with the location replaced, and share another URL', () => {
  const task: Task = { kind: 'copy', sources: [source(11), source(12, { Name: ' ' })] }
  const change = { locations: new Set([LEEDS]), keepsNames: true, URL: ' https://new.example.com ' }
  const inputs = cellsOf(task, draft(change), nameOf).map(({ input }) => input)
  expect(inputs.map(({ Name }) => Name)).toEqual(['Bookings – Leeds', 'Booking – created – Leeds'])
  expect(inputs.map(({ URL }) => URL)).toEqual(Array(2).fill('https://new.example.com'))
})

test('existing webhooks are left out, and other URLs in use there are reported', () => {
  const rows = fleet(
    { Id: 21, BusinessId: SOHO, Action: ACTION.BookingCreate, URL },
    { Id: 22, BusinessId: SOHO, Action: ACTION.BookingUpdate, URL: 'https://other.example.com/' },
    { Id: 23, BusinessId: LEEDS, Action: ACTION.BookingDelete, URL },
  )
  const plan = planOf(cellsOf(PRODUCT, draft(), nameOf), rows)
  expect(plan.map(({ key, state, other }) => [key, state, other?.webhook.Id])).toEqual([
    [`${LEEDS}:6`, 'new', undefined],
    [`${LEEDS}:7`, 'new', undefined],
    [`${SOHO}:6`, 'there', 21],
    [`${SOHO}:7`, 'elsewhere', 22],
  ])
  expect(plan.filter((cell) => isTicked(cell, new Map()))).toHaveLength(3)
  const insisted = new Map([[`${SOHO}:6`, true]])
  expect(plan.filter((cell) => isTicked(cell, insisted))).toHaveLength(3)
})

test('the second of two equal copies is a duplicate, created only if the person ticks it', () => {
  const sources = [source(11), source(12), source(13, { URL: 'https://other.example.com/' })]
  const task: Task = { kind: 'copy', sources }
  const cells = cellsOf(task, draft({ locations: new Set([LEEDS]), URL: null }), nameOf)
  const plan = planOf(cells, [])
  expect(plan.map(({ state }) => state)).toEqual(['new', 'duplicate', 'new'])
  expect(plan.map((cell) => isTicked(cell, new Map()))).toEqual([true, false, true])
  const insisted = new Map([[`${LEEDS}:12`, true]])
  expect(plan.map((cell) => isTicked(cell, insisted))).toEqual([true, true, true])
})

test('errors appear for each field, and those about the plan only after that', () => {
  const policy = { exceptions: [], allowPrivateTargets: false }
  const fieldsOf = (change: Partial<Draft>) =>
    problemsOf(PRODUCT, draft(change), [], policy).map(({ field }) => field)
  const nothing = { locations: new Set<number>(), actions: new Set<number>(), URL: '', pattern: '' }
  expect(fieldsOf(nothing)).toEqual(['locations', 'actions', 'URL', 'pattern'])
  expect(fieldsOf({ URL: 'https://10.0.0.7/' })).toEqual(['URL'])
  expect(fieldsOf({ pattern: '{town}' })).toEqual(['pattern'])
  expect(fieldsOf({})).toEqual(['plan'])
})

test('a run holds 5,000 items, and a larger plan is refused before anything is sent', () => {
  const policy = { exceptions: [], allowPrivateTargets: false }
  const [cell] = planOf(cellsOf(PRODUCT, draft(), nameOf), [])
  const many = cell ? Array.from({ length: 5001 }, () => cell) : []
  expect(problemsOf(PRODUCT, draft(), many, policy)[0]?.text).toContain('one run takes at most')
  expect(problemsOf(PRODUCT, draft(), many.slice(1), policy)).toEqual([])
})
