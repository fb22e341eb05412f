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

/** Rows of a page when the request gives no size. */
const PAGE_SIZE = 25

// a list with only these parameters is complete; any other one may be a filter
const PAGING = new Set(['page', 'size'])

/**
 * The ids that a page covers. A page sorted by id omits nothing between its first and its last
 * record: a webhook seen there earlier, and not on the page, is missing. `undefined` for a page
 * that proves nothing: one that was filtered, is sorted otherwise, was not requested, or is empty,
 * which may be all that a person without rights is shown.
 */
export function spanOf(
  json: unknown,
  search: URLSearchParams,
): { span: Span; listed: ReadonlySet<number> } | undefined {
  const { data } = z.safeParse(listPageSchema, json)
  // an unreadable record might be any of the missing ones
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

/**
 * The reader: `seesAll` is true if they see every location, as far as is known; `call` asks in
 * their name.
 */
export type Reader = { seesAll: boolean; call: AccountCall }

type Page = {
  span: Span
  /** The ids on the page. */
  listed: ReadonlySet<number>
  call: AccountCall
  startedAt: Date
  /** The last time it was there, which a row notes only at intervals. */
  lastReadAt: (row: SeenRow) => Date
}

/** A webhook that was seen, is no longer listed, and was not deleted by the desk. */
type Suspect = { row: SeenRow; lastThere: Date }

type MissingOptions = {
  store: SeenStore
  ownWrites: OwnWrites
  now: () => Date
  log: Logger
  /** Called for each webhook that no longer exists. */
  onGone: (id: number) => void
}

/**
 * Limit for this process: a mass deletion elsewhere must not use up an account's calls to Nexudus.
 */
const ASKED_IN_A_MINUTE = 10

const MINUTE_MS = 60_000

/** A webhook that the list omits but Nexudus returns is not asked for at every reading. */
const ASK_AGAIN_MS = 10 * MINUTE_MS

/**
 * Finds webhooks that were deleted elsewhere: seen before, no longer listed to a person who sees
 * every location, not deleted by the desk, and missing when Nexudus is asked for them.
 */
export function createMissing({ store, ownWrites, now, log, onGone }: MissingOptions) {
  const askedAt = new Map<number, number>()
  let asking: Promise<void> | undefined

  // absolute, because the clock may have been set back since
  const age = (at: number) => Math.abs(now().getTime() - at)
  const isDue = (id: number) => age(askedAt.get(id) ?? Number.NEGATIVE_INFINITY) > ASK_AGAIN_MS
  const mayAsk = () =>
    [...askedAt.values()].filter((at) => age(at) < MINUTE_MS).length < ASKED_IN_A_MINUTE

  /**
   * Compares a page with the webhooks seen within its span, and begins to ask for those not on it.
   * Returns the ids that may still exist.
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
    // read after `underWay`, so that it includes writes that ended in between
    const own = await ownWrites.last(ids, since)
    const ours = new Set(ids.filter((id) => own.get(id)?.isDelete && !underWay.has(id)))
    await store.forgetOurs([...ours])

    const suspects = unlisted.flatMap((row): Suspect[] => {
      const { webhookId: id } = row
      const last = own.get(id)?.at ?? row.at
      // the desk changed it while the list was read: the next reading tells more
      const isOpen = underWay.has(id) || last >= startedAt
      if (isOpen || ours.has(id) || !isDue(id)) return []
      const readAt = lastReadAt(row)
      return [{ row, lastThere: last > readAt ? last : readAt }]
    })
    // a webhook that is not asked for now will be missing at the next reading, too
    if (suspects.length > 0) {
      asking ??= ask(suspects, call)
        // nothing waits for this promise, so its rejection would be unhandled
        .catch((error: unknown) => log.error({ err: error }, 'looking for what is gone failed'))
        .finally(() => {
          asking = undefined
        })
    }
    return new Set(ids.filter((id) => !ours.has(id)))
  }

  async function ask(suspects: readonly Suspect[], call: AccountCall) {
    // rights may have been cut since the sign-in, and an invisible webhook is not gone
    const named = await namedNow(call)
    if (named === undefined) return
    const isInSight = ({ row }: Suspect) =>
      named === null || named.includes(Number(row.record.BusinessId))
    // the webhooks may have been moved to a location out of sight
    if (!suspects.every(isInSight)) return
    for (const { row, lastThere } of suspects) {
      if (!mayAsk()) return
      const { webhookId: id } = row
      askedAt.set(id, now().getTime())
      try {
        if (await findRecord(call, id)) continue
      } catch (error) {
        if (error instanceof Failed && error.code === 'throttled') return
        // refused, or without an answer: unknown
        continue
      }
      await store.forget(row, lastThere)
      onGone(id)
    }
  }

  return {
    seek,
    isDue,
    /** Resolves once nothing is being asked for. */
    settled: async () => asking,
  }
}
