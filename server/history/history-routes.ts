import { setImmediate as pause } from 'node:timers/promises'
import { Hono, type Context } from 'hono'
import * as z from 'zod/mini'

import { IDEMPOTENCY_HEADER } from '#contract/desk/desk.ts'
import { HISTORY_CHOICES } from '#contract/desk/history.ts'
import { recordIdSchema, rowIdSchema, writtenId } from '#contract/desk/ids.ts'
import { isStorable } from '#contract/nexudus/text.ts'
import { Failed } from '#platform/http/failure.ts'
import { valid } from '#platform/http/valid.ts'
import { idempotencySchema, type Memory } from '#server/changes/change-routes.ts'
import type { Changes } from '#server/changes/changes.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'
import type { Reach } from '#server/nexudus/in-reach.ts'

import type { FactStore } from './facts.ts'
import { CSV_START, csvOfEntries } from './history-csv.ts'
import { historyEntryOf } from './history-entry.ts'
import type { GroupedRow, History, HistoryFilter } from './history.ts'
import { reachOf } from './reach.ts'
import { revert } from './revert.ts'

type HistoryRoutesOptions = {
  history: History
  facts: FactStore
  memory: Memory
  changes: Changes
  /** Returns the signed-in account; fails if there is none. */
  accountOf: (c: Context) => Promise<SignedInAccount>
  now: () => Date
}

const PAGE_SIZE = 50
const MAX_PAGE_SIZE = 100
const CSV_PAGE_SIZE = 500

const entryId = writtenId(rowIdSchema)

/** A search text; its maximum length keeps the search fast. */
const words = (atMost: number) => z.string().check(z.minLength(1), z.maxLength(atMost), isStorable)

const filterSchema = z.object({
  by: z.optional(words(320)),
  webhook: z.optional(words(200)),
  location: z.optional(writtenId(recordIdSchema)),
  run: z.optional(entryId),
  kind: z.optional(z.enum(HISTORY_CHOICES)),
  from: z.optional(z.iso.datetime()),
  until: z.optional(z.iso.datetime()),
})

const pageSchema = z.extend(filterSchema, {
  grouped: z.optional(z.literal('true')),
  before: z.optional(entryId),
  limit: z.optional(writtenId(rowIdSchema).check(z.maximum(MAX_PAGE_SIZE))),
})

const factsQuerySchema = z.object({ webhook: z.optional(writtenId(recordIdSchema)) })

/** `/desk/history`: entries as a list and as a file, and reverting them; `/desk/facts`. */
export function historyRoutes(options: HistoryRoutesOptions) {
  const { history, facts, memory, changes, accountOf, now } = options
  return new Hono()
    .get('/history', valid('query', pageSchema), async (c) => {
      const viewer = await accountOf(c)
      const { before, grouped, limit = PAGE_SIZE, ...filter } = c.req.valid('query')
      const reach = await reachOf(viewer)
      // one entry more than shown tells if there are more
      const page = { filter, before, limit: limit + 1 }
      const rows: GroupedRow[] = await (grouped
        ? history.listGrouped(reach, page)
        : history.list(reach, page))
      const shown = rows.slice(0, limit)
      return c.json({
        entries: shown.map((row) => ({
          ...historyEntryOf(row, viewer.rights),
          changesOfRun: row.changesOfRun,
        })),
        before: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
      })
    })

    .get('/history/people', async (c) =>
      c.json({ people: await history.people(await reachOf(await accountOf(c))) }),
    )

    .get('/history.csv', valid('query', filterSchema), async (c) => {
      const viewer = await accountOf(c)
      const reach = await reachOf(viewer)
      const day = now().toISOString().slice(0, 10)
      return c.body(csvStream(history, viewer, reach, c.req.valid('query')), 200, {
        'Content-Type': 'text/csv; charset=utf-8; header=present',
        'Content-Disposition': `attachment; filename="hookdesk-history-${day}.csv"`,
      })
    })

    .get('/facts', valid('query', factsQuerySchema), async (c) => {
      const reach = await reachOf(await accountOf(c))
      const known = await facts.list(reach, c.req.valid('query').webhook)
      return c.json({ facts: Object.fromEntries(known) })
    })

    .post(
      '/history/:id/revert',
      valid('param', z.object({ id: entryId })),
      valid('header', idempotencySchema),
      async (c) => {
        const viewer = await accountOf(c)
        const row = await history.find(await reachOf(viewer), c.req.valid('param').id)
        if (!row) throw new Failed('not_found', { reason: 'history_entry' })
        const key = c.req.valid('header')[IDEMPOTENCY_HEADER]
        const { webhook, ...reverted } = await revert(changes, viewer, key, row)
        const shown = webhook
          ? { webhook, facts: await memory.factsOf(viewer, webhook) }
          : { webhook }
        return c.json({ ...reverted, ...shown })
      },
    )
}

/** Sends page after page, as fast as the client reads; a failure breaks the download off. */
function csvStream(history: History, viewer: SignedInAccount, reach: Reach, filter: HistoryFilter) {
  const encoder = new TextEncoder()
  let before: number | undefined
  return new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(CSV_START)),
    async pull(controller) {
      // PGlite answers within the same turn of the event loop, so other requests get theirs here
      await pause()
      const rows = await history.list(reach, { filter, before, limit: CSV_PAGE_SIZE })
      const lines = csvOfEntries(rows.map((row) => historyEntryOf(row, viewer.rights)))
      if (lines) controller.enqueue(encoder.encode(lines))
      before = rows.at(-1)?.id
      if (rows.length < CSV_PAGE_SIZE) controller.close()
    },
  })
}
