import { expect, test } from 'vitest'

import { lacking, listPageSchema, readList } from './page.ts'
import type { Paging, TooMany } from './pager.ts'
import { userRoleSchema } from './user.ts'

const idsFrom = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_none, index) => ({ Id: first + index }))

/** A Nexudus that answers pages of this many rows, in the test's envelope, and the calls it got. */
function pagesOf(
  answer: (paging: Paging) => { Records: unknown[]; [property: string]: unknown },
  tooMany: (error: unknown) => TooMany | undefined = () => undefined,
) {
  const asked: Paging[] = []
  const reading = readList(userRoleSchema, {
    fetchPage(paging) {
      asked.push(paging)
      // fails as a call would: only once it is awaited
      return Promise.resolve().then(() => listPageSchema.parse(answer(paging)))
    },
    tooMany,
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
])('%s is believed as a sign of more pages', async (_what, says) => {
  const all = idsFrom(1, 120)
  const { list } = await pagesOf((paging) => ({
    Records: pageOf(all, paging, 100),
    ...says(paging.page),
  }))
  expect(list).toEqual({ rows: all, unreadable: 0, total: 120 })
})

test('the rows so far are told after each page but the last, and of the first reading only', async () => {
  const all = idsFrom(1, 25)
  const told: [number, number | null][] = []
  let calls = 0
  await readList(userRoleSchema, {
    onPage: (rows, total) => told.push([rows.length, total]),
    fetchPage({ page }) {
      calls += 1
      // the total changes on the way, so the list is read again
      const TotalItems = calls === 2 ? 24 : 25
      const Records = all.slice((page - 1) * 10, page * 10)
      return Promise.resolve(listPageSchema.parse({ Records, CurrentPageSize: 10, TotalItems }))
    },
    tooMany: () => undefined,
  })
  expect(told).toEqual([
    [10, 25],
    [20, 24],
  ])
  expect(calls).toBe(6)
})

test('a list that declares its end gets no further call', async () => {
  const { asked } = await pagesOf((paging) => ({
    Records: pageOf(idsFrom(1, 60), paging),
    TotalPages: 1,
    HasNextPage: false,
    TotalItems: 60,
  }))
  expect(asked).toEqual([{ page: 1, size: 1000 }])
})

test('a Nexudus that repeats one page for ever is called twice, and missing rows are counted', async () => {
  const first = idsFrom(1, 1000)
  const { list, asked } = await pagesOf(() => ({
    Records: first,
    HasNextPage: true,
    TotalItems: 1500,
  }))
  expect(asked).toHaveLength(2)
  expect([list.rows.length, list.total, lacking(list)]).toEqual([1000, 1500, 500])
})

test('an unreadable row is left out and counted', async () => {
  const { list } = await pagesOf((paging) => ({
    Records: pageOf([{ Id: 1 }, { Id: 'none' }, null, { Id: '4' }], paging),
    TotalItems: 4,
    TotalPages: 1,
  }))
  expect(list).toEqual({ rows: [{ Id: 1 }, { Id: 4 }], unreadable: 2, total: 4 })
  expect(lacking(list)).toBe(0)
})

test('a refused page of a thousand rows is read again in hundreds', async () => {
  const refused = new Error('too many')
  const all = idsFrom(1, 250)
  const { list, asked } = await pagesOf(
    (paging) => {
      if (paging.size > 100) throw refused
      return { Records: pageOf(all, paging), TotalItems: 250, TotalPages: 3 }
    },
    (error) => (error === refused ? 'refused' : undefined),
  )
  expect(list.rows).toEqual(all)
  expect(asked.map(({ page, size }) => `${page} of ${size}`)).toEqual([
    '1 of 1000',
    '1 of 100',
    '2 of 100',
    '3 of 100',
  ])
})

test('if a hundred rows are too much for one answer, they are read in tens', async () => {
  const tooLarge = new Error('too large')
  const all = idsFrom(1, 25)
  const { list, asked } = await pagesOf(
    (paging) => {
      if (paging.size > 10) throw tooLarge
      return { Records: pageOf(all, paging), TotalItems: 25, TotalPages: 3 }
    },
    (error) => (error === tooLarge ? 'too_large' : undefined),
  )
  expect(list.rows).toEqual(all)
  expect(asked.map(({ size }) => size)).toEqual([1000, 100, 10, 10, 10])
})

test('other failures are not retried with smaller pages', async () => {
  const down = new Error('down')
  await expect(
    pagesOf(() => {
      throw down
    }),
  ).rejects.toBe(down)
})

test('a list whose total changed during the reading is read again', async () => {
  let all = idsFrom(1, 1200)
  const { list, asked } = await pagesOf((paging) => {
    const answer = { Records: pageOf(all, paging), TotalItems: all.length }
    // a row of the first page is deleted after that was read, so one of the second slips through
    if (paging.page === 1 && all.length === 1200) all = idsFrom(2, 1200)
    return answer
  })
  expect(list.rows).toEqual(idsFrom(2, 1200))
  expect(asked).toHaveLength(4)
})

test('a list that keeps changing is read three times, and no more', async () => {
  let last = 1001
  const { asked } = await pagesOf((paging) => {
    last += 1
    return { Records: pageOf(idsFrom(1, last), paging), TotalItems: last }
  })
  expect(asked).toHaveLength(6)
})

const tooMuch = new Error('too much')

/** An answer holds a thousand short rows or one long one, and never a too long one. */
type Long = 'long' | 'too long'
const WEIGHT = { long: 1500, 'too long': 2500 }
const WEIGHT_AT_MOST = 2000

type Says = (all: { total: number; page: number; held: number }) => Record<string, unknown>

type Odd = {
  says?: Says
  /** Most rows of a page, whatever size is requested. */
  cap?: number
}

const saysAll: Says = ({ total, page, held }) => ({
  CurrentPage: page,
  CurrentPageSize: held,
  TotalItems: total,
  TotalPages: Math.ceil(total / held),
  HasNextPage: page * held < total,
})

function readLong(count: number, longAt: (id: number) => Long | undefined, odd: Odd = {}) {
  const { says = saysAll, cap = 1000 } = odd
  const all = idsFrom(1, count)
  const weightOf = ({ Id }: { Id: number }) => {
    const long = longAt(Id)
    return long ? WEIGHT[long] : 1
  }
  return pagesOf(
    ({ page, size }) => {
      const held = Math.min(size, cap)
      const rows = all.slice((page - 1) * held, page * held)
      const weight = rows.reduce((sum, row) => sum + weightOf(row), 0)
      if (weight > WEIGHT_AT_MOST) throw tooMuch
      return { Records: rows, ...says({ total: count, page, held }) }
    },
    (error) => (error === tooMuch ? 'too_large' : undefined),
  )
}

const SAYS = {
  everything: saysAll,
  nothing: () => ({}),
  'the number of rows': ({ total }) => ({ TotalItems: total }),
  'that more follow': ({ total, page, held }) => ({ HasNextPage: page * held < total }),
  'the number of pages': ({ total, held }) => ({ TotalPages: Math.ceil(total / held) }),
} satisfies Record<string, Says>

const PLACES: Record<string, number[]> = {
  'the first': [1],
  'the first two': [1, 2],
  'the last': [1234],
  'the last two': [1233, 1234],
  'the last of a thousand and the next': [1000, 1001],
  'the last of a hundred and the next': [100, 101],
  'a few': [3, 4, 250, 251, 252, 777, 1111, 1112],
}

test.each(
  Object.entries(SAYS).flatMap(([what, says]) =>
    Object.entries(PLACES).flatMap(([where, places]) =>
      (['long', 'too long'] as const).map((long) => ({ what, says, where, places, long })),
    ),
  ),
)(
  'if a page says $what and $where of the rows are $long, no row is doubled or skipped',
  async ({ says, places, long }) => {
    const longAt = (id: number) => (places.includes(id) ? long : undefined)
    const { list, asked } = await readLong(1234, longAt, { says })
    const lost = long === 'long' ? [] : places
    expect(list).toEqual({
      rows: idsFrom(1, 1234).filter(({ Id }) => !lost.includes(Id)),
      unreadable: lost.length,
      total: 1234,
    })
    const texts = asked.map(({ page, size }) => `${page} of ${size}`)
    expect(new Set(texts).size).toBe(texts.length)
    // ten for each size in which a page is too large, plus those of a list with short rows only
    expect(asked.length).toBeLessThan(places.length * 3 * 10 + 20)
  },
)

test.each([1, 7, 25, 60, 100, 250])(
  'with pages of at most %s rows, reported or not, no row is skipped',
  async (cap) => {
    const long: Record<number, Long> = { 1: 'long', 2: 'long', 59: 'too long', 61: 'too long' }
    const longAt = (id: number) =>
      (({ ...long, 199: 'long', 200: 'long' }) as Record<number, Long>)[id]
    for (const says of [saysAll, SAYS.nothing, SAYS['that more follow']]) {
      const { list } = await readLong(250, longAt, { says, cap })
      expect(list.rows.map(({ Id }) => Id)).toEqual(
        idsFrom(1, 250)
          .map(({ Id }) => Id)
          .filter((id) => id !== 59 && id !== 61),
      )
      expect([list.unreadable, list.total]).toEqual([2, 250])
    }
  },
)

test('if all rows are long, the smaller size is kept for the rest', async () => {
  const { list, asked } = await pagesOf(
    (paging) => {
      if (paging.size > 10) throw tooMuch
      return { Records: pageOf(idsFrom(1, 455), paging), TotalItems: 455 }
    },
    () => 'too_large',
  )
  expect(list.rows).toEqual(idsFrom(1, 455))
  expect(asked.map(({ page, size }) => `${page} of ${size}`)).toEqual([
    '1 of 1000',
    '1 of 100',
    ...idsFrom(1, 10).map(({ Id }) => `${Id} of 10`),
    '2 of 100',
    ...idsFrom(11, 46).map(({ Id }) => `${Id} of 10`),
  ])
})

test('one too long row does not multiply the calls for later pages', async () => {
  const { asked } = await readLong(2995, (id) => (id === 17 ? 'too long' : undefined))
  const sizes = asked.map(({ size }) => size)
  const count = (of: number) => sizes.filter((size) => size === of).length
  expect([count(1000), count(100), count(10), count(1)]).toEqual([3, 10, 10, 10])
})

test('if most rows are too long, about a hundred are read one by one', async () => {
  const { list, asked } = await readLong(265, (id) =>
    id > 10 && id <= 260 ? 'too long' : undefined,
  )
  expect(list).toEqual({
    rows: [...idsFrom(1, 10), ...idsFrom(261, 265)],
    unreadable: 250,
    total: 265,
  })
  expect(asked.filter(({ size }) => size === 1)).toHaveLength(100)
})
