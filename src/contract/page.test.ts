import { expect, test } from 'vitest'

import { lacking, listPageSchema, readList, type Paging } from './page.ts'
import { userRoleSchema } from './user.ts'

const idsFrom = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_none, index) => ({ Id: first + index }))

/** A Nexudus that answers pages of so many rows, in the envelope of a test, and what it was asked. */
function pagesOf(
  answer: (paging: Paging) => { Records: unknown[]; [property: string]: unknown },
  mayBeSize: (error: unknown) => boolean = () => false,
) {
  const asked: Paging[] = []
  const reading = readList(userRoleSchema, {
    fetchPage(paging) {
      asked.push(paging)
      // as a call would fail: not before it is awaited
      return Promise.resolve().then(() => listPageSchema.parse(answer(paging)))
    },
    mayBeSize,
  })
  return reading.then((list) => ({ list, asked }))
}

const pageOf = (all: unknown[], { page, size }: Paging, most = size) =>
  all.slice((page - 1) * most, page * most)

test.each<[string, (page: number) => Record<string, unknown>]>([
  ['TotalPages', () => ({ TotalPages: 2, HasNextPage: false })],
  ['TotalPages as text', () => ({ TotalPages: '2', HasNextPage: 'false' })],
  ['HasNextPage', (page) => ({ TotalPages: 1, HasNextPage: page === 1 })],
  ['HasNextPage as text', (page) => ({ HasNextPage: page === 1 ? 'True' : 'False' })],
  ['TotalItems', () => ({ TotalPages: 1, HasNextPage: false, TotalItems: 120 })],
  ['a full page', () => ({ TotalPages: 1, HasNextPage: false, CurrentPageSize: 100 })],
  ['nothing that says that there is no more', () => ({})],
])('%s is a sign of more that is believed', async (_what, says) => {
  const all = idsFrom(1, 120)
  const { list } = await pagesOf((paging) => ({
    Records: pageOf(all, paging, 100),
    ...says(paging.page),
  }))
  expect(list).toEqual({ rows: all, unreadable: 0, total: 120 })
})

test('a list that says that it is over is not asked for more', async () => {
  const { asked } = await pagesOf((paging) => ({
    Records: pageOf(idsFrom(1, 60), paging),
    ...{ TotalPages: 1, HasNextPage: false, TotalItems: 60 },
  }))
  expect(asked).toEqual([{ page: 1, size: 1000 }])
})

test('a Nexudus that sends the same page for ever is asked twice, and what is missing is counted', async () => {
  const first = idsFrom(1, 1000)
  const { list, asked } = await pagesOf(() => ({
    Records: first,
    ...{ HasNextPage: true, TotalItems: 1500 },
  }))
  expect(asked).toHaveLength(2)
  expect([list.rows.length, list.total, lacking(list)]).toEqual([1000, 1500, 500])
})

test('a row that cannot be read costs that row, and is counted', async () => {
  const { list } = await pagesOf((paging) => ({
    Records: pageOf([{ Id: 1 }, { Id: 'none' }, null, { Id: '4' }], paging),
    ...{ TotalItems: 4, TotalPages: 1 },
  }))
  expect(list).toEqual({ rows: [{ Id: 1 }, { Id: 4 }], unreadable: 2, total: 4 })
  expect(lacking(list)).toBe(0)
})

test('a page of a thousand that is refused is asked for in hundreds', async () => {
  const refused = new Error('too many')
  const all = idsFrom(1, 250)
  const { list, asked } = await pagesOf(
    (paging) => {
      if (paging.size > 100) throw refused
      return { Records: pageOf(all, paging), TotalItems: 250, TotalPages: 3 }
    },
    (error) => error === refused,
  )
  expect(list.rows).toEqual(all)
  expect(asked.map(({ page, size }) => `${page} of ${size}`)).toEqual([
    '1 of 1000',
    '1 of 100',
    '2 of 100',
    '3 of 100',
  ])
})

test('where a hundred rows are too much for one answer, ten are asked for', async () => {
  const tooLarge = new Error('too large')
  const all = idsFrom(1, 25)
  const { list, asked } = await pagesOf(
    (paging) => {
      if (paging.size > 10) throw tooLarge
      return { Records: pageOf(all, paging), TotalItems: 25, TotalPages: 3 }
    },
    (error) => error === tooLarge,
  )
  expect(list.rows).toEqual(all)
  expect(asked.map(({ size }) => size)).toEqual([1000, 100, 10, 10, 10])
})

test('whatever else fails is not tried in smaller pages', async () => {
  const down = new Error('down')
  await expect(
    pagesOf(() => {
      throw down
    }),
  ).rejects.toBe(down)
})

test('a list whose number moved while it was read is read again', async () => {
  let all = idsFrom(1, 1200)
  const { list, asked } = await pagesOf((paging) => {
    const answer = { Records: pageOf(all, paging), TotalItems: all.length }
    // one of the first page is deleted once that was read, so that one of the second slips through
    if (paging.page === 1 && all.length === 1200) all = idsFrom(2, 1200)
    return answer
  })
  expect(list.rows).toEqual(idsFrom(2, 1200))
  expect(asked).toHaveLength(4)
})

test('one that never stands still is read three times, and no more', async () => {
  let last = 1001
  const { asked } = await pagesOf((paging) => {
    last += 1
    return { Records: pageOf(idsFrom(1, last), paging), TotalItems: last }
  })
  expect(asked).toHaveLength(6)
})
