import { expect, test } from 'vitest'

import { keptPerLook } from './per-look.ts'

/** A query that is sent anew each time somebody waits for it, like one of Drizzle. */
function countedQuery() {
  const sent = { times: 0 }
  const query = (): PromiseLike<number> => ({
    // oxlint-disable-next-line unicorn/no-thenable -- that is how such a query works
    then(onDone) {
      sent.times += 1
      return Promise.resolve(sent.times).then(onDone)
    },
  })
  return { sent, query }
}

test('is read once for each look, however many wait for it', async () => {
  const { sent, query } = countedQuery()
  const kept = keptPerLook(query)
  expect(await Promise.all([kept(1), kept(1)])).toEqual([1, 1])
  expect(await kept(1)).toBe(1)
  expect(await kept(2)).toBe(2)
  expect(sent.times).toBe(2)
})

test('a failure is not kept', async () => {
  let times = 0
  const kept = keptPerLook(() => {
    times += 1
    return times === 1 ? Promise.reject(new Error('away')) : Promise.resolve(times)
  })
  await expect(kept(1)).rejects.toThrow('away')
  expect(await kept(1)).toBe(2)
})
