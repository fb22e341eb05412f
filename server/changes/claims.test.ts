import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { CLAIM_MS, whileClaimed } from './claims.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('a claim is renewed well before it runs out, as long as the work takes and no longer', async () => {
  let renewals = 0
  const renew = () => {
    renewals += 1
    return Promise.reject(new Error('The database is away'))
  }
  const work = new Promise((resolve) => setTimeout(resolve, CLAIM_MS * 2, 'done'))
  const result = whileClaimed(renew, () => work)
  await vi.advanceTimersByTimeAsync(CLAIM_MS - 1)
  expect(renewals).toBeGreaterThanOrEqual(3)

  await vi.advanceTimersByTimeAsync(CLAIM_MS + 1)
  expect(await result).toBe('done')
  expect(vi.getTimerCount()).toBe(0)
})
