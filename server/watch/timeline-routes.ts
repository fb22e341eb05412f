import { Hono, type Context } from 'hono'
import * as z from 'zod/mini'

import { recordIdSchema, writtenId } from '#contract/desk/ids.ts'
import {
  stripsAskedSchema,
  timelineAskedSchema,
  timelineHostSchema,
  timelineOfSchema,
} from '#contract/desk/timeline.ts'
import type { Database } from '#platform/db/database.ts'
import { Failed } from '#platform/http/failure.ts'
import type { AppEnv } from '#platform/http/request-log.ts'
import { valid } from '#platform/http/valid.ts'
import { reachOf } from '#server/history/reach.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'
import { isInReach } from '#server/nexudus/in-reach.ts'

import { timelineCsv } from './timeline-csv.ts'
import { findSubject, findSubjects, findSubjectsAt, readStrips, readTimeline } from './timeline.ts'

type TimelineNeeds = {
  /** Time between two looks, in milliseconds. */
  intervalMs: number
  db: Database
  now: () => Date
  accountOf: (c: Context) => Promise<SignedInAccount>
}

type Of = { webhook: number } | { host: string }

const HOUR_MS = 3_600_000

const DAY = 24

/** Transitions in a file; a destination may have thousands of webhooks. */
const IN_A_FILE = 50_000

/** `GET /desk/timeline`: the states of webhooks, as the watch saw them. */
export function timelineRoutes({ db, now, accountOf, intervalMs }: TimelineNeeds) {
  const idSchema = z.object({ id: writtenId(recordIdSchema) })

  function asked(hours: number) {
    const to = now()
    return { from: new Date(to.getTime() - hours * HOUR_MS), to, intervalMs }
  }

  /** The webhook, or those of a host, if the person may see any. */
  async function seenBy(c: Context, of: Of) {
    const reach = await reachOf(await accountOf(c))
    if ('host' in of) return findSubjectsAt(db, of.host, reach)
    const one = await findSubject(db, of.webhook)
    return one && isInReach(reach, one.businessId) ? [one] : []
  }

  async function timelineOf(c: Context, of: Of, hours = DAY, listed?: number) {
    const subjects = await seenBy(c, of)
    if (subjects.length === 0) throw new Failed('not_found', { reason: 'webhook' })
    return readTimeline(db, subjects, { ...asked(hours), ...(listed !== undefined && { listed }) })
  }

  return new Hono<AppEnv>()
    .get('/strips', valid('query', stripsAskedSchema), async (c) => {
      const { ids, hours } = c.req.valid('query')
      const reach = await reachOf(await accountOf(c))
      return c.json(await readStrips(db, await findSubjects(db, ids, reach), asked(hours)))
    })
    .get('/host', valid('query', timelineHostSchema), async (c) => {
      const { host, hours } = c.req.valid('query')
      return c.json(await timelineOf(c, { host }, hours))
    })
    .get('/csv', valid('query', timelineOfSchema), async (c) => {
      const { hours, ...of } = c.req.valid('query')
      const timeline = await timelineOf(c, of, hours, IN_A_FILE)
      const day = now().toISOString().slice(0, 10)
      const what = 'host' in of ? of.host.replaceAll(/[^a-z\d.-]+/gi, '-') : of.webhook
      return c.body(timelineCsv(timeline), 200, {
        'Content-Type': 'text/csv; charset=utf-8; header=present',
        'Content-Disposition': `attachment; filename="hookdesk-timeline-${what}-${day}.csv"`,
      })
    })
    .get(
      '/:id{[0-9]+}',
      valid('param', idSchema),
      valid('query', timelineAskedSchema),
      async (c) => {
        const { id } = c.req.valid('param')
        return c.json(await timelineOf(c, { webhook: id }, c.req.valid('query').hours))
      },
    )
}
