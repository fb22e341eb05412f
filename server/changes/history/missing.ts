import * as z from 'zod/mini'

import { hasPageAfter, pageOf } from '#contract/page.ts'
import { findRecord, type Caller } from '#server/changes/records.ts'

import type { SeenRow, SeenStore, Span } from './seen.ts'

const pageSchema = pageOf(z.looseObject({ Id: z.int() }))

// what is asked of a list that holds everything; any other word may be a filter
const PAGING = new Set(['page', 'size'])

/**
 * Between the first and the last record of a page that is sorted by id nothing is left out: what
 * was seen there earlier, and is not on the page, is not there. Nothing is said by a page that was
 * filtered, is sorted otherwise, is another than the one that was asked for, or is empty: that may
 * be all that somebody without rights is shown.
 */
export function spanOf(
  json: unknown,
  search: URLSearchParams,
): { span: Span; listed: ReadonlySet<number> } | undefined {
  const { data } = z.safeParse(pageSchema, json)
  if (!data || ![...search.keys()].every((name) => PAGING.has(name))) return undefined

  const page = Number(search.get('page') ?? 1)
  const answered = data.CurrentPage ?? data.PageNumber ?? page
  const ids = data.Records.map(({ Id }) => Id)
  const isSorted = ids.every((id, index) => index === 0 || id > (ids[index - 1] ?? id))
  const [first, last] = [ids[0], ids.at(-1)]
  if (answered !== page || !isSorted || first === undefined || last === undefined) return undefined

  const to = hasPageAfter(page, data) ? last : Number.MAX_SAFE_INTEGER
  return { span: { from: page === 1 ? 0 : first, to }, listed: new Set(ids) }
}

/** Who reads: which locations they are shown, all with `null`, and how to ask in their name. */
export type Reader = { locations: readonly number[] | null; call: Caller }

type Page = {
  span: Span
  /** The ids on it. */
  listed: ReadonlySet<number>
  reader: Reader
  startedAt: Date
  /** When it was last there, which a row notes only now and again. */
  lastReadAt: (row: SeenRow) => Date
}

/** Asked one by one, so that a clearance elsewhere does not use up what Nexudus allows. */
const ASKED_AT_ONCE = 10

/** One that is missing in the list and there when asked for is not asked for at every reading. */
const ASK_AGAIN_MS = 10 * 60_000

/**
 * Finds what was deleted elsewhere: what was seen, is not listed any more, was not deleted by us,
 * and is not there when Nexudus is asked for it.
 */
export function createMissing(store: SeenStore, now: () => Date) {
  const askedAt = new Map<number, number>()

  const isDue = (id: number) =>
    now().getTime() - (askedAt.get(id) ?? Number.NEGATIVE_INFINITY) > ASK_AGAIN_MS

  /** Looks for what was seen within the page's span and is not on it; answers what of it may be there. */
  async function seek(page: Page): Promise<Set<number>> {
    const { span, listed, reader, startedAt, lastReadAt } = page
    const seen = await store.findBetween(span, startedAt)
    const unlisted = seen.filter(({ webhookId }) => !listed.has(webhookId))
    const kept = new Set(unlisted.map(({ webhookId }) => webhookId))
    const missing = unlisted.filter((row) => isShownTo(reader, row) && isDue(row.webhookId))
    const [first] = missing
    if (!first) return kept

    const ids = missing.map(({ webhookId }) => webhookId)
    const since = missing.reduce((at, row) => (row.at < at ? row.at : at), first.at)
    const underWay = await store.findUnderWay(ids)
    const own = await store.ownChanges(ids, since)
    let asked = 0
    for (const row of missing) {
      const { webhookId: id } = row
      const last = own.findLast(({ webhookId }) => webhookId === id)
      if (underWay.has(id)) continue
      if (last?.after === null) await store.forget(row)
      else {
        // changed by us while the list was read: the next one tells more
        if ((last && last.at >= startedAt) || asked === ASKED_AT_ONCE) continue
        asked += 1
        if (!(await isGone(reader.call, id))) continue
        const readAt = lastReadAt(row)
        await store.forget(row, last && last.at > readAt ? last.at : readAt)
      }
      kept.delete(id)
    }
    return kept
  }

  async function isGone(call: Caller, id: number): Promise<boolean> {
    askedAt.set(id, now().getTime())
    // refused, or without an answer: who knows
    const isThere = await findRecord(call, id).then(Boolean, () => true)
    if (!isThere) askedAt.delete(id)
    return !isThere
  }

  return { seek, isDue }
}

function isShownTo({ locations }: Reader, { record }: SeenRow): boolean {
  const { BusinessId } = record
  if (typeof BusinessId !== 'number') return false
  return locations === null || locations.includes(BusinessId)
}
