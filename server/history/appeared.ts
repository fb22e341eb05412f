import { timeOf } from '#contract/nexudus/time.ts'

import type { OwnWrites } from './own-writes.ts'
import type { Appeared, SeenStore } from './seen.ts'
import type { Reading } from './sighting.ts'

/** What a webhook is made with and seldom loses: one with another of these is another. */
const IDENTITY = ['BusinessId', 'Action', 'URL'] as const

type Met = {
  /** All of which nothing is left to be found out. */
  met: Reading[]
  /** Those of them that were created elsewhere since somebody looks. */
  appeared: Appeared[]
}

/** Tells what is read for the first time apart: there all along, made by us, or created elsewhere. */
export function createAppeared(store: SeenStore, ownWrites: OwnWrites) {
  let watchingSince: Date | undefined

  return async function meet(fresh: Reading[]): Promise<Met> {
    if (fresh.length === 0) return { met: [], appeared: [] }
    watchingSince ??= await store.watchingSince()
    const since = watchingSince
    const young = since ? fresh.flatMap(createdAtOf).filter((one) => one.createdAt > since) : []
    if (young.length === 0) return { met: fresh, appeared: [] }

    const creating = await ownWrites.creating()
    // only now: what ended since then is among them
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
