import type { Logger } from 'pino'
import * as z from 'zod/mini'

import { hasPageAfter, listPageSchema } from '#contract/nexudus/page.ts'
import { wireInt } from '#contract/nexudus/wire-values.ts'
import { Failed } from '#platform/http/failure.ts'
import type { AccountCall } from '#server/nexudus/account.ts'
import { findRecord } from '#server/nexudus/webhook-records.ts'

import { namedNow } from './named.ts'
import type { OwnWrites } from './own-writes.ts'
import type { SeenRow, SeenStore, Span } from './seen.ts'

const identifiedSchema = z.array(z.looseObject({ Id: wireInt }))

/** How many rows a page has when nothing is asked for. */
const PAGE_SIZE = 25

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
  const { data } = z.safeParse(listPageSchema, json)
  // whatever cannot be read might be any of those that seem to be missing
  const { data: records } = z.safeParse(identifiedSchema, data?.Records)
  if (!data || !records || ![...search.keys()].every((name) => PAGING.has(name))) return undefined

  const page = Number(search.get('page') ?? 1)
  const size = Number(search.get('size') ?? PAGE_SIZE)
  const answered = data.CurrentPage ?? data.PageNumber ?? page
  const ids = records.map(({ Id }) => Id)
  const isSorted = ids.every((id, index) => index === 0 || id > (ids[index - 1] ?? id))
  const [first, last] = [ids[0], ids.at(-1)]
  if (answered !== page || !isSorted || first === undefined || last === undefined) return undefined

  const readSoFar = (page - 1) * (data.CurrentPageSize ?? data.PageSize ?? size) + ids.length
  const hasMore = hasPageAfter({ page, size }, data, readSoFar)
  const to = hasMore ? last : Number.MAX_SAFE_INTEGER
  return { span: { from: page === 1 ? 0 : first, to }, listed: new Set(ids) }
}

/** Who reads: whether they are shown every location, for all that is known, and how to ask for them. */
export type Reader = { seesAll: boolean; call: AccountCall }

type Page = {
  span: Span
  /** The ids on it. */
  listed: ReadonlySet<number>
  call: AccountCall
  startedAt: Date
  /** When it was last there, which a row notes only now and again. */
  lastReadAt: (row: SeenRow) => Date
}

/** Was seen, is not listed any more, and was not deleted by us. */
type Suspect = { row: SeenRow; lastThere: Date }

type MissingOptions = {
  store: SeenStore
  ownWrites: OwnWrites
  now: () => Date
  log: Logger
  /** Told of each that is not there any more. */
  onGone: (id: number) => void
}

/** Of this process: a clearance elsewhere must not use up what an account may ask of Nexudus. */
const ASKED_IN_A_MINUTE = 10

const MINUTE_MS = 60_000

/** One that is missing in the list and there when asked for is not asked for at every reading. */
const ASK_AGAIN_MS = 10 * MINUTE_MS

/**
 * Finds what was deleted elsewhere: what was seen, is not listed any more to somebody who is shown
 * every location, was not deleted by us, and is not there when Nexudus is asked for it.
 */
export function createMissing({ store, ownWrites, now, log, onGone }: MissingOptions) {
  const askedAt = new Map<number, number>()
  let asking: Promise<void> | undefined

  // also of a moment that a clock noted which was set back since
  const age = (at: number) => Math.abs(now().getTime() - at)
  const isDue = (id: number) => age(askedAt.get(id) ?? Number.NEGATIVE_INFINITY) > ASK_AGAIN_MS
  const mayAsk = () =>
    [...askedAt.values()].filter((at) => age(at) < MINUTE_MS).length < ASKED_IN_A_MINUTE

  /**
   * Compares a page with what was seen within its span, and begins to ask for what is not on it.
   * Answers what of it may still be there.
   */
  async function seek(page: Page): Promise<Set<number>> {
    const { listed, startedAt, lastReadAt, call } = page
    const seen = await store.findBetween(page.span, startedAt)
    const unlisted = seen.filter(({ webhookId }) => !listed.has(webhookId))
    const [first] = unlisted
    if (!first) return new Set()

    const ids = unlisted.map(({ webhookId }) => webhookId)
    const since = unlisted.reduce((at, row) => (row.at < at ? row.at : at), first.at)
    const underWay = await ownWrites.findUnderWay(ids)
    // only now: what ended since then is among them
    const own = await ownWrites.last(ids, since)
    const ours = new Set(ids.filter((id) => own.get(id)?.isDelete && !underWay.has(id)))
    await store.forgetOurs([...ours])

    const suspects = unlisted.flatMap((row): Suspect[] => {
      const { webhookId: id } = row
      const last = own.get(id)?.at ?? row.at
      // changed by us while the list was read: the next one tells more
      const isOpen = underWay.has(id) || last >= startedAt
      if (isOpen || ours.has(id) || !isDue(id)) return []
      const readAt = lastReadAt(row)
      return [{ row, lastThere: last > readAt ? last : readAt }]
    })
    // what is not asked for now is missing at the next reading, too
    if (suspects.length > 0) {
      asking ??= ask(suspects, call)
        // nobody waits for it, and a promise that nobody waits for must not fail
        .catch((error: unknown) => log.error({ err: error }, 'looking for what is gone failed'))
        .finally(() => {
          asking = undefined
        })
    }
    return new Set(ids.filter((id) => !ours.has(id)))
  }

  async function ask(suspects: readonly Suspect[], call: AccountCall) {
    // rights may have been cut since the person signed in, and what is out of sight is not gone
    const named = await namedNow(call)
    if (named === undefined) return
    const isInSight = ({ row }: Suspect) =>
      named === null || named.includes(Number(row.record.BusinessId))
    // nor is what was moved to where one of these others is
    if (!suspects.every(isInSight)) return
    for (const { row, lastThere } of suspects) {
      if (!mayAsk()) return
      const { webhookId: id } = row
      askedAt.set(id, now().getTime())
      try {
        if (await findRecord(call, id)) continue
      } catch (error) {
        if (error instanceof Failed && error.code === 'throttled') return
        // refused, or without an answer: who knows
        continue
      }
      await store.forget(row, lastThere)
      onGone(id)
    }
  }

  return {
    seek,
    isDue,
    /** Once nothing is being asked for. */
    settled: async () => asking,
  }
}
