import { expect, test } from 'vitest'

import { DEFAULT_PATTERN, fillPattern, moveName, unknownPlaceholders } from './pattern.ts'

const PARTS = {
  action: 'Booking – created',
  location: 'Soho',
  number: '6',
  name: 'BookingCreate',
}

test.each([
  [DEFAULT_PATTERN, 'Booking – created – Soho'],
  ['{number} {name}: {location}', '6 BookingCreate: Soho'],
  ['{location} / {location}', 'Soho / Soho'],
  ['  CRM  ', 'CRM'],
  ['{city} {action}', '{city} Booking – created'],
  ['{ action }{}{', '{ action }{}{'],
])('the pattern %j makes %j', (pattern, name) => {
  expect(fillPattern(pattern, PARTS)).toBe(name)
})

test('the name of a location is never read as a pattern', () => {
  const parts = { ...PARTS, action: '{location} $& $1' }
  expect(fillPattern('{action}', parts)).toBe('{location} $& $1')
})

test.each([
  [DEFAULT_PATTERN, []],
  ['{Action} {city} {city} {}', ['{Action}', '{city}', '{}']],
  ['{open', []],
])('%j contains the unknown placeholders %j', (pattern, unknown) => {
  expect(unknownPlaceholders(pattern)).toEqual(unknown)
})

test.each([
  ['Bookings – Soho', 'Bookings – Leeds'],
  ['Bookings to CRM', 'Bookings to CRM'],
  ['Soho to Soho', 'Leeds to Leeds'],
])('%j becomes %j at another location', (name, moved) => {
  expect(moveName(name, 'Soho', 'Leeds')).toBe(moved)
})

test('a location without a name leaves names unchanged', () => {
  expect(moveName('Bookings', '', 'Leeds')).toBe('Bookings')
})
