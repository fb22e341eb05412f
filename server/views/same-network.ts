import { Failed } from '#platform/http/failure.ts'
import { locationsOf } from '#server/history/reach.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'

type NetworkOptions = {
  now: () => Date
  /** The locations that the watch sees; none without a watch. */
  loadPlaces: () => Promise<ReadonlyMap<number, string>>
}

const KNOWN_FOR_MS = 10 * 60_000

/**
 * Tells networks apart by their locations, because one Nexudus serves many, and a desk without a
 * watch does not know which is its own. Nexudus is asked once in ten minutes about an account
 * without a limit.
 */
export function createNetworks({ now, loadPlaces }: NetworkOptions) {
  const known = new Map<string, { ids: number[]; at: number }>()

  async function readLocations(account: SignedInAccount): Promise<number[]> {
    if (account.locations) return account.locations
    const earlier = known.get(account.email)
    const at = now().getTime()
    if (earlier && at - earlier.at < KNOWN_FOR_MS) return earlier.ids
    const ids = await locationsOf(account).catch(noneWithoutRole)
    known.set(account.email, { ids, at })
    return ids
  }

  return {
    readLocations,

    /** Tells of a network, by locations it has or had, if the account belongs to it. */
    async belongingOf(account: SignedInAccount) {
      const [own, places] = await Promise.all([readLocations(account), loadPlaces()])
      const mine = new Set(own)
      const isWatched = own.some((id) => places.has(id))
      return (network: readonly number[]) =>
        network.some((id) => mine.has(id)) ||
        // a location that is newer than the view
        (isWatched && network.some((id) => places.has(id)))
    },
  }
}

function noneWithoutRole(error: unknown): number[] {
  if (error instanceof Failed && error.code === 'permission_missing') return []
  throw error
}
