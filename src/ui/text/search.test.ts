import { expect, test } from 'vitest'

import { fold } from './fold.ts'
import { createSearch, isOneErrorFrom } from './search.ts'

test.each([
  ['Łódź', 'lodz'],
  ['Ørsted', 'orsted'],
  ['Đà Nẵng', 'da nang'],
  ['Straße', 'strasse'],
  ['Ærø', 'aero'],
  ['Œuvre', 'oeuvre'],
  ['Diyarbakır İzmir', 'diyarbakir izmir'],
  ['Reykjavík Þingvellir', 'reykjavik thingvellir'],
  ['José', 'jose'],
])('%s is found as %s', (text, folded) => {
  expect(fold(text)).toBe(folded)
})

test.each([
  ['stoped', 'stopped'],
  ['stoppped', 'stopped'],
  ['stopoed', 'stopped'],
  ['tsopped', 'stopped'],
  ['xtopped', 'stopped'],
  ['certificat', 'certificate'],
  ['cretif', 'certificate'],
])('%s is one error from the beginning of %s', (typed, word) => {
  expect(isOneErrorFrom(typed, word)).toBe(true)
})

test.each([
  ['stps', 'stopped'],
  ['stpoed', 'stopped'],
  ['booking', 'invoice'],
  ['stopped', 'sto'],
])('%s is more than one error from %s', (typed, word) => {
  expect(isOneErrorFrom(typed, word)).toBe(false)
})

const search = createSearch(({ name }: { name: string }) => name)
const ITEMS = ['Booking – Łódź', 'Bookings, Soho', 'Invoice 410 Gone', 'Brooking'].map((name) => ({
  name,
}))
const found = (typed: string) => ITEMS.filter(search(ITEMS, typed)).map(({ name }) => name)

test('every word counts, and typing errors are allowed only for words that match nothing', () => {
  expect(found('lodz book')).toEqual(['Booking – Łódź'])
  expect(found('booking')).toEqual(['Booking – Łódź', 'Bookings, Soho'])
  expect(found('bookign')).toEqual(['Booking – Łódź', 'Bookings, Soho'])
  expect(found('invioce 410')).toEqual(['Invoice 410 Gone'])
  expect(found('411')).toEqual([])
  expect(found('gine')).toEqual(['Invoice 410 Gone'])
  expect(found('xyzzy')).toEqual([])
  expect(found(' ')).toHaveLength(4)
})
