import { describe, expect, it } from 'vitest'

import type { Location } from '#contract/nexudus/location.ts'
import type { WebhookRow } from '#contract/nexudus/webhook.ts'
import { UNREAD_ACTION } from '#contract/nexudus/wire-values.ts'
import { createFleetReader } from '#fleet/fleet.ts'

import { cellWords, coverageWords, gapWords, summaryOf, summaryWords } from './cell-words.ts'
import { coverageOf, isDuplicateIn, lackOf, UNKNOWN_GROUP, type Coverage } from './coverage.ts'
import type { CoverageSearch } from './search.ts'
import { readCoverageSearch, shownOf } from './shown.ts'
import { addressForLink, copiesFor, proposeCopies } from './siblings.ts'

const BOOKED = 6
const PAID = 21

let nextId = 1
function webhook(BusinessId: number, Action: number, rest: Partial<WebhookRow> = {}): WebhookRow {
  return {
    Id: nextId++,
    BusinessId,
    Action,
    Name: 'A webhook',
    URL: 'https://one.example.com/in',
    Active: true,
    ErrorCount: 0,
    LastError: null,
    LastTrigger: '2026-05-04T08:00:00Z',
    CreatedOn: null,
    UpdatedOn: null,
    UpdatedBy: null,
    ...rest,
  }
}

const location = (Id: number, rest: Partial<Location> = {}): Location => ({
  Id,
  Name: `Site ${Id}`,
  RootLocationId: 100,
  ...rest,
})

const NETWORK = location(100, { Name: '(Network)', RootLocationId: null })
const SITES = [1, 2, 3, 4].map((id) => location(id))

function cover(webhooks: WebhookRow[], locations: Location[] = [NETWORK, ...SITES]): Coverage {
  return coverageOf(createFleetReader({ hidesPaths: false })(webhooks, locations))
}

function at(coverage: Coverage, id: number) {
  const found = coverage.locations.find((one) => one.id === id)
  if (!found) throw new Error(`There is no location ${id}`)
  return found
}

/** The sentence above the grid, for the search in its address. */
function wordsOf(coverage: Coverage, search: CoverageSearch = {}) {
  const { query } = readCoverageSearch(search)
  return coverageWords(coverage, shownOf(coverage, query), query)
}

const lackingAt = (coverage: Coverage, id: number) =>
  at(coverage, id).lacking.map(({ number }) => number)

describe('the coverage of a network', () => {
  it('lists every location, the network first, also those without webhooks', () => {
    const { locations } = cover([webhook(2, BOOKED)])
    expect(locations.map(({ id, cells }) => [id, cells.size])).toEqual([
      [100, 0],
      [1, 0],
      [2, 1],
      [3, 0],
      [4, 0],
    ])
  })

  it('shows the worst health of a cell, and puts that webhook first', () => {
    const fine = webhook(1, BOOKED)
    const stopped = webhook(1, BOOKED, {
      URL: 'https://two.example.com/',
      Active: false,
      ErrorCount: 10,
    })
    const cell = at(cover([fine, stopped]), 1).cells.get(BOOKED)
    expect(cell).toMatchObject({ worst: 'stopped', duplicates: 0 })
    expect(cell?.rows.map((row) => row.webhook.Id)).toEqual([stopped.Id, fine.Id])
  })

  it('counts only webhooks with the same URL as duplicates, ignoring spaces around it', () => {
    const cell = at(
      cover([
        webhook(1, BOOKED),
        webhook(1, BOOKED, { URL: ' https://one.example.com/in ' }),
        webhook(1, BOOKED, { URL: 'https://one.example.com/IN' }),
      ]),
      1,
    ).cells.get(BOOKED)
    expect(cell).toMatchObject({ duplicates: 1 })
    expect(cell?.rows).toHaveLength(3)
  })

  it('keeps unknown actions and locations', () => {
    const coverage = cover([webhook(77, 9999)])
    expect(at(coverage, 77)).toMatchObject({
      name: 'Location 77',
      kind: 'unknown',
      cells: { size: 1 },
    })
    expect(coverage.actions.at(-1)).toMatchObject({
      number: 9999,
      group: UNKNOWN_GROUP,
      isUsed: true,
    })
    expect(wordsOf(coverage)).toContain('0 of 89 actions used, 1 unknown to Hookdesk')
  })
})

describe('the actions that most siblings have', () => {
  it('are those that more than half of the other siblings have', () => {
    const coverage = cover([webhook(1, BOOKED), webhook(2, BOOKED), webhook(1, PAID)])
    expect(coverage.others).toBe(3)
    expect(lackingAt(coverage, 3)).toEqual([BOOKED])
    expect(lackingAt(coverage, 4)).toEqual([BOOKED])
    expect(lackingAt(coverage, 1)).toEqual([])
    expect(gapWords(at(coverage, 3), BOOKED, coverage)).toBe(
      'No webhook; 2 of 3 other locations have one',
    )
    expect(gapWords(at(coverage, 3), PAID, coverage)).toBe('No webhook')
  })

  it('do not include those that exactly half have', () => {
    const sites = [...SITES, location(5)]
    expect(lackingAt(cover([webhook(1, BOOKED), webhook(2, BOOKED)], sites), 5)).toEqual([])
  })

  it('are counted once per location, however many webhooks it has', () => {
    const many = [webhook(1, BOOKED), webhook(1, BOOKED), webhook(1, BOOKED)]
    expect(lackingAt(cover(many), 2)).toEqual([])
  })

  it('are not determined for the network, or for suspended or unknown locations', () => {
    const closed = location(5, { Suspended: true })
    const elsewhere = [100, 5, 77].map((id) => webhook(id, PAID))
    const coverage = cover(
      [...elsewhere, webhook(1, BOOKED), webhook(2, BOOKED), webhook(3, BOOKED)],
      [NETWORK, ...SITES, closed],
    )
    expect(coverage.others).toBe(3)
    expect(lackingAt(coverage, 4)).toEqual([BOOKED])
    for (const id of [100, 5, 77]) expect(lackingAt(coverage, id)).toEqual([])
  })

  it('are not determined for a single location', () => {
    expect(lackingAt(cover([webhook(1, BOOKED)], [location(1)]), 1)).toEqual([])
  })

  it('never include an action that is not in the catalogue', () => {
    expect(lackingAt(cover([webhook(1, 9999), webhook(2, 9999)]), 3)).toEqual([])
  })
})

describe('copying from siblings', () => {
  const shared = { URL: 'https://crm.example.com/in?key=secret' }

  it('takes the most common URL, and their name with the location replaced', () => {
    const coverage = cover([
      webhook(1, BOOKED, { URL: 'https://other.example.com/' }),
      webhook(2, BOOKED, { ...shared, Name: 'CRM: booked at Site 2' }),
      webhook(3, BOOKED, { ...shared, Name: 'CRM' }),
    ])
    expect(proposeCopies(at(coverage, 4))).toEqual({
      title: { act: 'copy', to: 'Site 4' },
      changes: [
        {
          kind: 'create',
          input: {
            BusinessId: 4,
            Action: BOOKED,
            Name: 'CRM: booked at Site 4',
            URL: shared.URL,
            Description: '',
            Active: true,
          },
        },
      ],
    })
  })

  it("names a webhook after action and location if no sibling's name contains its location", () => {
    const coverage = cover([webhook(1, BOOKED), webhook(2, BOOKED)])
    expect(proposeCopies(at(coverage, 3)).changes).toMatchObject([
      { input: { Name: 'Booking – created – Site 3' } },
    ])
  })

  it('omits actions whose URL differs at every sibling, or cannot be called', () => {
    const own = [1, 2, 3].map((id) => webhook(id, BOOKED, { URL: `https://x.example.com/${id}` }))
    const broken = [1, 2].map((id) => webhook(id, PAID, { URL: 'nowhere' }))
    const coverage = cover([...own, ...broken])
    expect(lackingAt(coverage, 4)).toEqual([PAID, BOOKED])
    expect(copiesFor(at(coverage, 4))).toEqual([])
  })

  it('puts a URL into a link only if all siblings agree on it and it contains no key', () => {
    const linkOf = (urls: string[]) => {
      const coverage = cover(urls.map((URL, index) => webhook(index + 1, BOOKED, { URL })))
      const action = coverage.actions.find(({ number }) => number === BOOKED)
      return action && addressForLink(action)
    }
    const plain = 'https://one.example.com/in'
    expect(linkOf([plain, plain])).toBe(plain)
    expect(linkOf([plain])).toBe(plain)
    expect(linkOf([plain, plain, 'https://two.example.com/'])).toBeUndefined()
    expect(linkOf([shared.URL, shared.URL])).toBeUndefined()
    expect(linkOf(['https://me:key@one.example.com/'])).toBeUndefined()
    expect(linkOf([`${plain}#key`])).toBeUndefined()
    expect(linkOf([])).toBeUndefined()
  })
})

describe('a person who sees two locations', () => {
  it('is not told what most others have', () => {
    const coverage = cover([webhook(1, BOOKED)], [NETWORK, location(1), location(2)])
    expect([coverage.others, lackingAt(coverage, 2)]).toEqual([0, []])
    expect(wordsOf(coverage)).toBe('3 locations, 1 webhook, 1 of 89 actions used, no duplicates.')
    expect(gapWords(at(coverage, 2), BOOKED, coverage)).toBe('No webhook')
  })

  it('is told so once there is a third location', () => {
    const sites = [location(1), location(2), location(3)]
    const coverage = cover([webhook(1, BOOKED), webhook(2, BOOKED)], [NETWORK, ...sites])
    expect(lackingAt(coverage, 3)).toEqual([BOOKED])
  })
})

describe('texts', () => {
  it('describe a cell', () => {
    const wordsOf = (...webhooks: WebhookRow[]) => {
      const cell = at(cover(webhooks), 1).cells.get(BOOKED)
      return cell && cellWords(cell)
    }
    expect(wordsOf(webhook(1, BOOKED))).toBe('Working')
    expect(wordsOf(webhook(1, BOOKED, { Active: false, ErrorCount: 10 }))).toBe('Stopped, 10 of 10')
    expect(wordsOf(webhook(1, BOOKED, { ErrorCount: 12 }))).toBe('About to stop, 12 failures')
    expect(wordsOf(webhook(1, BOOKED), webhook(1, BOOKED))).toBe(
      '2 webhooks, 1 duplicate; all: Working',
    )
    expect(wordsOf(webhook(1, BOOKED), webhook(1, BOOKED, { Active: false, URL: 'x' }))).toBe(
      '2 webhooks; worst: Off',
    )
  })

  it('call two webhooks with unreadable actions neither duplicates nor working', () => {
    const unread = () => webhook(1, UNREAD_ACTION)
    const cell = at(cover([unread(), unread()]), 1).cells.get(UNREAD_ACTION)
    expect(cell && cellWords(cell)).toBe('2 webhooks; all: Cannot be read')
    expect(cell?.rows.some((row) => isDuplicateIn(row, cell))).toBe(false)
  })

  it('sum up a group at a location, and the whole coverage', () => {
    const coverage = cover([
      webhook(1, BOOKED),
      webhook(1, BOOKED),
      webhook(2, BOOKED, { ErrorCount: 3 }),
      webhook(2, 7),
    ])
    const actions = coverage.actions.filter(({ number }) => [6, 7].includes(number))
    expect(summaryWords(summaryOf(at(coverage, 1), actions))).toBe(
      '1 of 2, 1 duplicate, all working',
    )
    expect(summaryWords(summaryOf(at(coverage, 2), actions))).toBe('2 of 2, worst: Failing')
    expect(summaryWords(summaryOf(at(coverage, 3), actions))).toBe('0 of 2, lacks 1')
    expect(wordsOf(coverage)).toBe(
      '5 locations, 4 webhooks, 1 in trouble, 2 of 89 actions used, 2 gaps where most others have a webhook, 1 duplicate.',
    )
    expect(lackOf(at(coverage, 3), BOOKED)?.having).toBe(2)
    expect(wordsOf(coverage, { locations: '2', groups: 'bookings-and-floor-plans' })).toBe(
      '1 of 5 locations, 2 webhooks, 1 in trouble, 2 of 9 actions used, no gaps where most others have a webhook, no duplicates.',
    )
    expect(wordsOf(coverage, { health: 'failing' })).toBe(
      '1 of 5 locations, 1 webhook, 1 in trouble, 1 action, no gaps where most others have a webhook, no duplicates.',
    )
  })
})
