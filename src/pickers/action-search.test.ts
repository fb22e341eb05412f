import { expect, test } from 'vitest'

import { findActionDetails } from '#contract/actions/action-details.ts'
import { SELECTABLE_ACTIONS } from '#contract/actions/actions.ts'

import { searchActions } from './action-search.ts'

function numbersFor(query: string): number[] {
  return searchActions(query).map(({ action }) => action.number)
}

// queries, and the actions that must come first, in this order
test.each<[string, number[]]>([
  // label, API name, number
  ['Invoice – fully paid', [21]],
  ['invoice fully paid', [21]],
  ['CoworkerInvoicePaid', [21]],
  ['coworkerinvoicepaid', [21]],
  ['InvoicePaid', [21]],
  ['21', [21]],
  ['#21', [21]],
  ['action 21', [21]],
  ['2', [2]],
  ['90', [90]],
  ['booking 6', [6]],
  ['HelDeskMessageCreated', [45]],
  ['Customer - deleted', [50]],
  ['customerdeleted', [50]],
  // beginnings
  ['unsub', [33]],
  ['invoice f', [15, 21]],
  ['plan', [74, 76, 75]],
  ['tariff', [74, 76, 75]],
  ['team', [57, 58, 59]],
  ['access', [61]],
  ['credit n', [20]],
  ['locat', [84]],
  ['proposal', [54, 55, 56]],
  ['access control', [61]],
  // several words, in any order
  ['paid invoice', [21]],
  ['delete booking', [8]],
  ['booking deleted', [8]],
  ['received payment', [23]],
  ['failed payment', [22]],
  ['awaiting payment', [24]],
  ['first invoice', [15]],
  ['first contract', [14]],
  ['downgrade', [13]],
  ['when a booking is created', [6]],
  ['the invoice was refunded', [19]],
  ['coworker paid', [21, 23]],
  // case, accents, spaces, hyphens
  ['BOOKING CREATED', [6]],
  ['bóoking créated', [6]],
  ['  booking   created ', [6]],
  ['helpdesk', [45, 46]],
  ['help desk', [45, 46]],
  ['Help-desk', [45, 46]],
  ['HelDesk', [45, 46]],
  ['check-in failed', [37, 63]],
  ['checkin attempt', [63]],
  ['floorplan', [78, 80, 79]],
  ['floor-plan desk', [71, 73, 72]],
  ['floorplandesk', [71, 73, 72]],
  ['news letter unsubscribed', [33]],
  ['welcome email', [9]],
  ['welcome e-mail', [9]],
  ['welcome e mail', [9]],
  ['creditnote', [20]],
  // the help centre's words
  ['Articles', [4, 5, 43]],
  ['Articles: Updated', [5]],
  ['Plans', [74, 76, 75]],
  ['Customers', [3, 2, 50]],
  ['Help-desk: Reply created', [46]],
  ['Invoices: Failed payment', [22]],
  ['Event attendees', [28, 29, 27]],
  ['Community messages', [39, 40]],
  ['Contracts: Upgraded/downgraded', [13]],
  ['Customers: Check-in', [36]],
  // Nexudus' older words
  ['blog post', [4, 5, 43]],
  ['blogpost deleted', [43]],
  ['coworker', [3, 2, 50]],
  ['coworker checkout', [35]],
  ['calendar event', [25, 26, 44]],
  ['business', [84]],
  ['tariff update', [76]],
  // people's words
  ['member paid', [21]],
  ['new customer', [3]],
  ['new member', [3]],
  ['client deleted', [50]],
  ['tenant', [3, 2, 50]],
  ['cancel membership', [11]],
  ['price plan', [74, 76, 75]],
  ['room', [6, 7, 8]],
  ['meeting room cancelled', [8]],
  ['reservation', [6, 7, 8]],
  ['parcel', [52, 53]],
  ['parcel arrived', [52]],
  ['mail', [52, 53]],
  ['ticket', [45, 46]],
  ['new ticket', [45, 46]],
  ['guest', [42, 41, 38, 64]],
  ['guest arrived', [41]],
  ['quote', [54, 55, 56]],
  ['lead', [54, 55, 56]],
  ['new lead', [54]],
  ['paid', [21, 23]],
  ['unpaid', [24]],
  ['refund', [19, 20]],
  ['credit card', [88, 90, 89]],
  ['door', [61]],
  ['forum', [39, 40]],
  ['opt out', [33]],
  ['move out', [11]],
  ['sign up', [3]],
  ['room booking changed', [7]],
  ['payment declined', [22]],
  // endings
  ['deliveries', [52, 53]],
  ['bookings', [6, 7, 8]],
  ['deleting bookings', [8]],
  ['contract renewals', [12]],
  // typing errors
  ['recieved payment', [23]],
  ['recieve payment', [23]],
  ['invioce', [16]],
  ['invoice piad', [21]],
  ['boking', [6, 7, 8]],
  ['bokoing created', [6]],
  ['notifcation', [38]],
  ['unsubcribed', [33]],
  ['proposol', [54, 55, 56]],
  ['delivary', [52, 53]],
  ['tenent', [3, 2, 50]],
  ['parsel', [52, 53]],
  ['tarif', [74, 76, 75]],
  ['tarriff', [74, 76, 75]],
  ['booking canceled', [8]],
  ['contract canceled', [11]],
  ['helpdsek', [45, 46]],
  ['subscirbed', [32]],
  ['coworkr', [3, 2, 50]],
])('“%s” finds %j first', (query, first) => {
  expect(numbersFor(query).slice(0, first.length)).toEqual(first)
})

// queries, and actions that must be among the matches
test.each<[string, number[]]>([
  ['member', [3, 2, 50]],
  ['membership', [74, 75, 76, 62, 11]],
  ['desk', [71, 72, 73, 45, 46, 6]],
  ['meeting', [6, 7, 8]],
  ['post', [52, 53, 4]],
  ['payment', [22, 23, 24, 88]],
  ['check in', [36, 37, 41, 47, 48, 49, 63]],
  ['checkin', [36, 37, 41, 47, 48, 49, 63]],
  ['billing', [15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 65, 66, 67]],
  ['news', [31, 32, 33, 34, 4, 5, 43]],
  ['community', [39, 40, 85, 86, 87]],
  ['message', [30, 40, 45, 51]],
  ['email', [9]],
  ['ledger', [65, 66, 67]],
])('“%s” finds %j', (query, numbers) => {
  expect(numbersFor(query)).toEqual(expect.arrayContaining(numbers))
})

// queries, and the only actions that may be among the matches
test.each<[string, number[]]>([
  ['21', [21]],
  ['unsub', [33]],
  ['tariff', [74, 76, 75]],
  ['member paid', [21, 23]],
  ['recieved payment', [23]],
  ['parcel', [52, 53]],
  ['room', [6, 7, 8]],
  ['quote', [54, 55, 56]],
])('“%s” finds only %j', (query, numbers) => {
  expect(numbersFor(query)).toEqual(numbers)
})

test.each([
  'zzz',
  'zzzz',
  'zzzzzzzzzz',
  'xyzzy',
  'salesforce',
  'banana',
  'weather',
  '0',
  '91',
  '121',
  'booking zzz',
  'zzz booking',
  'booking 21',
  'bok',
  'plna zzz',
  '会員',
])('“%s” finds nothing', (query) => {
  expect(searchActions(query)).toEqual([])
})

test.each(['', '   ', '–', '.*', 'when the'])(
  'the query “%s” is empty and finds all 89 actions',
  (query) => {
    expect(searchActions(query).map(({ action }) => action)).toEqual(SELECTABLE_ACTIONS)
  },
)

test('the action None is never offered', () => {
  expect(numbersFor('none')).not.toContain(1)
  expect(numbersFor('1')).not.toContain(1)
})

test('every action is found first by its label, its API name and its number', () => {
  for (const { label, name, number } of SELECTABLE_ACTIONS) {
    for (const query of [label, name, String(number)]) {
      expect(searchActions(query)[0], query).toMatchObject({ action: { number }, rank: 'exact' })
    }
  }
})

test('every action is found first by its help-centre label, and by each of its synonyms', () => {
  for (const { number } of SELECTABLE_ACTIONS) {
    const { helpCentre = null, synonyms = [] } = findActionDetails(number) ?? {}

    if (helpCentre !== null) expect(numbersFor(helpCentre)[0], helpCentre).toBe(number)
    for (const synonym of synonyms) expect(numbersFor(synonym), synonym).toContain(number)
  }
})

test('one wrong letter is forgiven from four letters on, two from eight', () => {
  expect(numbersFor('ream')).toContain(57)
  expect(numbersFor('tae')).not.toContain(57)
  expect(numbersFor('delvrey')).toEqual([])
  expect(numbersFor('propsoel')).toEqual(expect.arrayContaining([54, 55, 56]))
  expect(numbersFor('propxxel')).toEqual([])
})

test.each<[string, string, string | undefined]>([
  ['parcel', 'synonym', 'parcel'],
  ['parc', 'synonym', 'parcel'],
  ['parsel', 'fuzzy', 'parcel'],
  ['parcel arrived', 'synonym', 'parcel, arrived'],
  ['member paid', 'synonym', 'member'],
  ['price plan', 'synonym', 'price plan'],
  ['recieved payment', 'fuzzy', undefined],
  ['paid', 'words', undefined],
  ['booking', 'prefix', undefined],
  ['Deliveries: Assigned to customers', 'exact', undefined],
  ['first activated contract', 'words', undefined],
  ['community message', 'words', 'messages'],
])('“%s” is a match by %s, and names %s as the reason', (query, rank, because) => {
  expect(searchActions(query)[0]?.rank).toBe(rank)
  expect(searchActions(query)[0]?.because).toBe(because)
})

test('matches come in the order of their rank', () => {
  const ranks = searchActions('customer').map(({ rank }) => rank)

  expect([...new Set(ranks)]).toEqual(['prefix', 'words', 'group'])
})

test('a query with enough exact matches gets no fuzzy ones', () => {
  // "lead" is one letter from "read", "head" and "left"
  expect(searchActions('lead').map(({ rank }) => rank)).not.toContain('fuzzy')
  expect(searchActions('plan').map(({ rank }) => rank)).not.toContain('fuzzy')
  expect(searchActions('paid').map(({ rank }) => rank)).not.toContain('fuzzy')
})

test('no more matches than the limit are returned', () => {
  expect(searchActions('', { limit: 5 })).toHaveLength(5)
  expect(searchActions('customer', { limit: 3 }).map(({ action }) => action.number)).toEqual([
    3, 2, 50,
  ])
})

test('a very long pasted text can be searched', () => {
  expect(searchActions('zzzz '.repeat(10_000))).toEqual([])
})
