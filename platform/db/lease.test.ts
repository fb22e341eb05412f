import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { WORK_LEASE_MS, whileLeased } from './lease.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('a claim is renewed well before it expires, for as long as the work lasts and no longer', async () => {
  let renewals = 0
  const renew = () => {
    renewals += 1
    return Promise.reject(new Error('The database is away'))
  }
  const work = new Promise((resolve) => setTimeout(resolve, WORK_LEASE_MS * 2, 'done'))
  const result = whileLeased(renew, () => work)
  await vi.advanceTimersByTimeAsync(WORK_LEASE_MS - 1)
  expect(renewals).toBeGreaterThanOrEqual(3)

  await vi.advanceTimersByTimeAsync(WORK_LEASE_MS + 1)
  expect(await result).toBe('done')
  expect(vi.getTimerCount()).toBe(0)
})
