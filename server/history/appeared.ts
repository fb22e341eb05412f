import { timeOf } from '#contract/nexudus/time.ts'

import type { OwnWrites } from './own-writes.ts'
import type { Appeared, SeenStore } from './seen.ts'
import type { Reading } from './sighting.ts'

/**
 * Fields that a webhook is created with and seldom loses: if one differs, it is another webhook.
 */
const IDENTITY = ['BusinessId', 'Action', 'URL'] as const

type Met = {
  /** Readings that need no further investigation. */
  met: Reading[]
  /** The ones that were created elsewhere after the desk began to observe. */
  appeared: Appeared[]
}

/**
 * Sorts webhooks that are read for the first time: there all along, created by the desk, or created
 * elsewhere.
 */
export function createAppeared(store: SeenStore, ownWrites: OwnWrites) {
  let watchingSince: Date | undefined

  return async function meet(fresh: Reading[]): Promise<Met> {
    if (fresh.length === 0) return { met: [], appeared: [] }
    watchingSince ??= await store.watchingSince()
    const since = watchingSince
    const young = since ? fresh.flatMap(createdAtOf).filter((one) => one.createdAt > since) : []
    if (young.length === 0) return { met: fresh, appeared: [] }

    const creating = await ownWrites.creating()
    // read after `creating()`, so that it includes creates that ended in between
    const ours = await ownWrites.findInHistory(young.map(({ reading }) => reading.id))
    const appeared = young.filter(({ reading }) => !ours.has(reading.id))
    const mayBeOurs = ({ reading: { record } }: Appeared) =>
      creating.some((sent) => IDENTITY.every((field) => sent[field] === record[field]))
    const unsure = new Set(appeared.filter(mayBeOurs).map(({ reading }) => reading.id))
    return { met: fresh.filter(({ id }) => !unsure.has(id)), appeared }
  }
}

function createdAtOf(reading: Reading): Appeared[] {
  const { CreatedOn, BusinessId } = reading.record
  const at = typeof CreatedOn === 'string' ? timeOf(CreatedOn) : null
  return at === null || typeof BusinessId !== 'number' ? [] : [{ reading, createdAt: new Date(at) }]
}
