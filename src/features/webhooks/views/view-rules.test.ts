import { expect, test } from 'vitest'

import type { SavedView } from '#contract/desk/views.ts'
import { listSearchSchema, readListSearch } from '#features/webhooks/search.ts'

import { rightsTo, searchOf, standingOf, writeShown } from './view-rules.ts'

const view = (id: string, search: string, part: Partial<SavedView> = {}): SavedView => ({
  id,
  name: id,
  search,
  isShared: false,
  isOwn: true,
  by: 'ana@example.com',
  ...part,
})

const shown = (search: Record<string, string>) => ({
  query: readListSearch(listSearchSchema.parse(search)).query,
  text: search.q ?? '',
})

const VIEWS = [view('stopped', 'health=stopped,failing&sort=name'), view('door', 'q=door')]

const standing = (search: Record<string, string>, openedId: string | null = null) => {
  const { isPlain, current, altered } = standingOf(VIEWS, shown(search), openedId)
  return [isPlain, current?.id, altered?.id]
}

test('what is shown is written without its page, and without what is not known', () => {
  const search = { q: ' door ', health: 'stopped,brokn,failing', dir: 'desc', page: '3' }
  const written = new URLSearchParams(writeShown(shown(search)))
  expect([...written]).toEqual([
    ['q', 'door'],
    ['health', 'failing,stopped'],
    ['dir', 'desc'],
  ])
  expect(writeShown(shown({ sort: 'attention' }))).toBe('')
})

test.each([
  ['the same filters in another order', { health: 'failing,stopped', sort: 'name' }],
  ['another page of it', { health: 'stopped,failing', sort: 'name', page: '2' }],
  ['a value twice', { health: 'stopped,failing,brokn', sort: 'name' }],
])('a view is current with %s', (_what, search) => {
  expect(standing(search)).toEqual([false, 'stopped', undefined])
})

test.each([
  [{ health: 'stopped,failing' }],
  [{ health: 'stopped', sort: 'name' }],
  [{ health: 'stopped,failing', sort: 'name', dir: 'desc' }],
  [{ health: 'stopped,failing', sort: 'name', q: 'a' }],
])('no view is current at %j, and the one opened last is altered', (search) => {
  expect(standing(search)).toEqual([false, undefined, undefined])
  expect(standing(search, 'stopped')).toEqual([false, undefined, 'stopped'])
  expect(standing(search, 'deleted')).toEqual([false, undefined, undefined])
})

test('the list without filters is plain, whichever view was opened before', () => {
  expect(standing({}, 'stopped')).toEqual([true, undefined, undefined])
  expect(standing({ page: '2' })).toEqual([true, undefined, undefined])
})

test('another view that is reached by filters is current, and nothing is altered', () => {
  expect(standing({ q: 'door ' }, 'stopped')).toEqual([false, 'door', undefined])
})

test('of two views with the same filters, the one that was opened is current', () => {
  const equal = [view('own', 'q=a'), view('shared', 'q=a', { isOwn: false, isShared: true })]
  const current = (openedId: string | null) =>
    standingOf(equal, shown({ q: 'a' }), openedId).current?.id
  expect([current(null), current('shared')]).toEqual(['own', 'shared'])
})

test('the address of a view keeps filters that are not known, so that the list reports them', () => {
  const search = searchOf(view('old', 'health=brokn&locations=1400000001&page=2&colour=red'))
  expect(search).toEqual({ health: 'brokn', locations: '1400000001' })
  expect(readListSearch(search).dropped).toEqual(['health=brokn'])
})

test.each([
  ['own', { isOwn: true, isShared: false }, [true, false, true], [true, true, true]],
  ['own and shared', { isOwn: true, isShared: true }, [false, true, true], [true, true, true]],
  [
    'shared by another',
    { isOwn: false, isShared: true },
    [false, false, false],
    [false, false, true],
  ],
])('a view that is %s gives its rights', (_what, part, person, administrator) => {
  const may = (isAdministrator: boolean) => {
    const { mayChange, mayShare, mayDelete } = rightsTo(view('a', '', part), isAdministrator)
    return [mayChange, mayShare, mayDelete]
  }
  expect([may(false), may(true)]).toEqual([person, administrator])
})
