import { locationSchema } from '#contract/nexudus/location.ts'
import { Failed } from '#platform/http/failure.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'
import { listOf } from '#server/nexudus/list.ts'

type NetworkOptions = {
  now: () => Date
  /** The locations that the watch sees. */
  loadPlaces: () => Promise<ReadonlyMap<number, string>>
}

const KNOWN_FOR_MS = 10 * 60_000

/**
 * Refuses an account without limits that belongs to another network: one Nexudus serves many, and
 * anybody with an account there can sign in. Asked once in ten minutes for each account.
 */
export function createOwnNetwork({ now, loadPlaces }: NetworkOptions) {
  const known = new Map<string, number>()

  return async function requireOwnNetwork(account: SignedInAccount): Promise<void> {
    const { email, rights, locations, call } = account
    // the reach of any other account is a list of locations, which another network does not have
    if (rights.kind === 'unknown' || locations !== null) return
    const checkedAt = known.get(email)
    if (checkedAt !== undefined && now().getTime() - checkedAt < KNOWN_FOR_MS) return
    const places = await loadPlaces()
    if (places.size === 0) return
    const { rows } = await listOf(locationSchema, {
      path: '/api/sys/businesses',
      get: (path) => call({ method: 'GET', path, role: 'Business-List' }),
    })
    if (!rows.some(({ Id }) => places.has(Id))) {
      throw new Failed('permission_missing', { reason: 'other_network' })
    }
    known.set(email, now().getTime())
  }
}
