import { expect, test } from 'vitest'

import { ApiError } from '#api/failure.ts'

import { paced } from './paced.ts'

const limit = () => new ApiError('throttled', { retryAfterMs: 1 })

test('items refused by a limit are repeated after the wait, and others are not', async () => {
  const done: number[] = []
  const waits: (number | null)[] = []
  let refusals = 2
  await paced(
    [1, 2, 3, 4, 5],
    async (item) => {
      await Promise.resolve()
      if (item === 2 && refusals-- > 0) throw limit()
      done.push(item)
    },
    { atOnce: 3, signal: new AbortController().signal, onWait: (until) => waits.push(until) },
  )
  expect(done.toSorted()).toEqual([1, 2, 3, 4, 5])
  expect(waits.at(-1)).toBeNull()
  expect(waits.some((until) => until !== null)).toBe(true)
})

test('no more items than allowed are under way at once', async () => {
  let running = 0
  let most = 0
  const work = async () => {
    most = Math.max(most, ++running)
    await Promise.resolve()
    running -= 1
  }
  const options = { atOnce: 3, signal: new AbortController().signal, onWait: () => {} }
  await paced([1, 2, 3, 4, 5, 6, 7], work, options)
  expect(most).toBe(3)
})

test('any other failure ends the work, and so does stopping it', async () => {
  const controller = new AbortController()
  const options = { atOnce: 1, signal: controller.signal, onWait: () => {} }
  const fail = () => Promise.reject(new Error('Something else'))
  await expect(paced([1, 2], fail, options)).rejects.toThrow('Something else')

  const done: number[] = []
  const stopAfterTwo = (item: number) => {
    done.push(item)
    if (item === 2) controller.abort()
    return Promise.resolve()
  }
  await expect(paced([1, 2, 3], stopAfterTwo, options)).rejects.toThrow()
  expect(done).toEqual([1, 2])
})
