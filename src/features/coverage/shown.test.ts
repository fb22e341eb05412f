import { describe, expect, it } from 'vitest'

import { ACTION } from '#contract/actions/action-numbers.ts'
import { stepFrom, type Place } from '#features/coverage/grid/grid-steps.ts'
import { createFleetReader } from '#fleet/fleet.ts'

import { coverageOf, COVERAGE_GROUPS } from './coverage.ts'
import type { CoverageSearch } from './search.ts'
import { readCoverageSearch, shownOf, slugOf, totalOf, writeGroups, type Shown } from './shown.ts'
import { stateCountsOf } from './totals.ts'

// three sites: two have a webhook for bookings, one of them stopped, and one for payments
const WEBHOOKS = [
  { Id: 1, BusinessId: 1, Action: ACTION.BookingCreate, ErrorCount: 10, Active: false },
  { Id: 2, BusinessId: 2, Action: ACTION.BookingCreate, ErrorCount: 0, Active: true },
  { Id: 3, BusinessId: 2, Action: ACTION.CoworkerInvoicePaid, ErrorCount: 0, Active: true },
].map((webhook) => ({
  Name: 'A webhook',
  URL: 'https://one.example.com/',
  LastError: null,
  LastTrigger: '2026-05-04T08:00:00Z',
  CreatedOn: null,
  UpdatedOn: null,
  UpdatedBy: null,
  ...webhook,
}))
const LOCATIONS = ['Ancoats', 'Berlin', 'Cork'].map((Name, index) => ({ Id: index + 1, Name }))
const COVERAGE = coverageOf(createFleetReader({ hidesPaths: false })(WEBHOOKS, LOCATIONS))

function show(search: CoverageSearch): Shown {
  return shownOf(COVERAGE, readCoverageSearch(search).query)
}

const keysOf = ({ columns }: Shown) => columns.map(({ key }) => key)
const namesOf = ({ locations }: Shown) => locations.map(({ name }) => name)

describe('the address of the page', () => {
  it('names the open groups in words, and its unknown parts are reported', () => {
    const { query, dropped } = readCoverageSearch({
      open: 'billing,check-in-visitors-and-access,broken',
      health: 'stopped,unwell',
      locations: '1,x',
      view: 'pie',
      gaps: 'only',
      actions: 'all',
    })
    expect(query).toMatchObject({
      open: ['Billing', 'Check-in, visitors and access'],
      health: ['stopped'],
      locations: [1],
      view: undefined,
      isGapsOnly: true,
      isUsedOnly: false,
    })
    expect(dropped).toEqual(['view=pie', 'open=broken', 'locations=x', 'health=unwell'])
  })

  it('has a word for each group, and one word for all of them', () => {
    expect(new Set(COVERAGE_GROUPS.map(slugOf)).size).toBe(COVERAGE_GROUPS.length)
    expect(writeGroups(COVERAGE_GROUPS)).toBe('all')
    expect(readCoverageSearch({ open: 'all' }).query.open).toEqual(COVERAGE_GROUPS)
    expect(writeGroups([])).toBeUndefined()
  })
})

describe('the coverage shown', () => {
  it('has a column for each group in use, and for each action of an open group', () => {
    expect(keysOf(show({}))).toEqual(['billing', 'bookings-and-floor-plans'])
    const shown = show({ open: 'billing' })
    expect(keysOf(shown)).toEqual(['billing/21', 'bookings-and-floor-plans'])
    expect(shown.groups.map(({ start, span }) => [start, span])).toEqual([
      [0, 1],
      [1, 1],
    ])
  })

  it('has all 89 actions on request', () => {
    expect(keysOf(show({ actions: 'all', open: 'all' }))).toHaveLength(89)
    expect(keysOf(show({ actions: 'all', groups: 'events' }))).toEqual(['events'])
  })

  it('has only locations and actions with gaps on request', () => {
    const shown = show({ gaps: 'only', open: 'all' })
    expect(namesOf(shown)).toEqual(['Cork'])
    expect(keysOf(shown)).toEqual(['bookings-and-floor-plans/6'])
    expect(namesOf(show({ gaps: 'only', groups: 'billing' }))).toEqual([])
  })

  it('has only webhooks in the chosen states on request', () => {
    const shown = show({ health: 'stopped' })
    expect(namesOf(shown)).toEqual(['Ancoats'])
    expect(keysOf(shown)).toEqual(['bookings-and-floor-plans'])
  })

  it('has the sums of what is shown, which follow every filter', () => {
    const share = (webhooks: number, troubled: number) => ({ webhooks, troubled })
    const { totals } = show({})
    expect(totals.all).toEqual(share(3, 1))
    expect([...totals.byLocation]).toEqual([
      [1, share(1, 1)],
      [2, share(2, 0)],
      [3, share(0, 0)],
    ])
    expect(totals.gaps).toBe(1)

    const narrow = show({ locations: '2', groups: 'billing', open: 'billing' })
    expect(narrow.totals.all).toEqual(share(1, 0))
    expect(narrow.columns.map((column) => totalOf(column, narrow.totals))).toEqual([share(1, 0)])
    // a location without the action has no gap there, if it is not asked for
    expect(show({ groups: 'billing' }).totals.gaps).toBe(0)
    const all = show({ actions: 'all', groups: 'events' })
    expect(all.columns.map((column) => totalOf(column, all.totals))).toEqual([share(0, 0)])
  })

  it('counts the shown webhooks in each state', () => {
    expect([...stateCountsOf(show({}))]).toEqual([
      ['stopped', 1],
      ['working', 2],
    ])
    expect([...stateCountsOf(show({ locations: '2,3', groups: 'billing' }))]).toEqual([
      ['working', 1],
    ])
  })

  it('has those with most webhooks in trouble first on request, and equals as before', () => {
    const shown = show({ sort: 'trouble', open: 'all' })
    expect(keysOf(shown)).toEqual(['bookings-and-floor-plans/6', 'billing/21'])
    expect(shown.actions.map(({ number }) => number)).toEqual([6, 21])
    expect(shown.groups.map(({ start }) => start)).toEqual([0, 1])
    expect(namesOf(shown)).toEqual(['Ancoats', 'Berlin', 'Cork'])
    expect(namesOf(show({ sort: 'trouble', groups: 'billing' }))).toEqual([
      'Ancoats',
      'Berlin',
      'Cork',
    ])
    const other = coverageOf(
      createFleetReader({ hidesPaths: false })(
        WEBHOOKS.map((webhook) => ({ ...webhook, BusinessId: 4 - webhook.BusinessId })),
        LOCATIONS,
      ),
    )
    expect(namesOf(shownOf(other, readCoverageSearch({ sort: 'trouble' }).query))).toEqual([
      'Cork',
      'Ancoats',
      'Berlin',
    ])
    expect(readCoverageSearch({ sort: 'size' }).dropped).toEqual(['sort=size'])
  })

  it('has only the chosen locations', () => {
    expect(namesOf(show({ locations: '3,1' }))).toEqual(['Ancoats', 'Cork'])
  })
})

describe('keys', () => {
  // columns: billing's 13, then the closed group of bookings
  const shown = show({
    actions: 'all',
    groups: 'billing,bookings-and-floor-plans',
    open: 'billing',
  })
  const LAST = shown.columns.length - 1

  it.each<[string, Place, Place]>([
    // the names, then the totals, then the actions
    ['ArrowRight', { row: 0, column: -2 }, { row: 0, column: -1 }],
    ['ArrowRight', { row: 0, column: -1 }, { row: 0, column: 0 }],
    ['ArrowRight', { row: 0, column: LAST }, { row: 0, column: LAST }],
    ['ArrowLeft', { row: 1, column: 0 }, { row: 1, column: -1 }],
    ['ArrowLeft', { row: 1, column: -1 }, { row: 1, column: -2 }],
    ['ArrowLeft', { row: 1, column: -2 }, { row: 1, column: -2 }],
    // the locations, then the totals, then the groups
    ['ArrowUp', { row: 0, column: 2 }, { row: -1, column: 2 }],
    ['ArrowUp', { row: -1, column: 2 }, { row: -2, column: 2 }],
    // nothing can be done above the names and their totals
    ['ArrowUp', { row: 0, column: -2 }, { row: -1, column: -2 }],
    ['ArrowUp', { row: -1, column: -2 }, { row: -1, column: -2 }],
    ['ArrowUp', { row: -1, column: -1 }, { row: -1, column: -1 }],
    ['ArrowDown', { row: -2, column: 2 }, { row: -1, column: 2 }],
    ['ArrowDown', { row: -1, column: 2 }, { row: 0, column: 2 }],
    ['ArrowDown', { row: 2, column: 2 }, { row: 2, column: 2 }],
    // the head of an open group is one cell
    ['ArrowRight', { row: -2, column: 2 }, { row: -2, column: LAST }],
    ['ArrowRight', { row: -2, column: LAST }, { row: -2, column: LAST }],
    ['ArrowLeft', { row: -2, column: LAST }, { row: -2, column: LAST - 1 }],
    ['ArrowLeft', { row: -2, column: 5 }, { row: -2, column: 0 }],
    ['ArrowRight', { row: -1, column: 2 }, { row: -1, column: 3 }],
    ['Home', { row: 1, column: 5 }, { row: 1, column: -2 }],
    ['Home', { row: -1, column: 5 }, { row: -1, column: -2 }],
    ['Home', { row: -2, column: 5 }, { row: -2, column: 0 }],
    ['End', { row: 1, column: 0 }, { row: 1, column: LAST }],
    ['PageDown', { row: 0, column: 1 }, { row: 2, column: 1 }],
    ['PageDown', { row: -2, column: 1 }, { row: 2, column: 1 }],
    ['PageUp', { row: -1, column: 1 }, { row: -1, column: 1 }],
    ['PageUp', { row: 2, column: 1 }, { row: 0, column: 1 }],
  ])('%s leads from %o to %o', (key, from, to) => {
    expect(stepFrom(from, { key, ctrlKey: false }, shown, 2)).toEqual(to)
  })

  it('lead to the ends with Ctrl; other keys lead nowhere', () => {
    const from = { row: 1, column: 4 }
    const press = (key: string, ctrlKey: boolean) => stepFrom(from, { key, ctrlKey }, shown, 2)
    expect(press('Home', true)).toEqual({ row: 0, column: -2 })
    expect(press('End', true)).toEqual({ row: 2, column: LAST })
    expect(press('a', false)).toBeUndefined()
    expect(press('Enter', false)).toBeUndefined()
  })
})
