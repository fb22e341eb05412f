import { Hono, type Context } from 'hono'
import * as z from 'zod/mini'

import { recordIdSchema, writtenId } from '#contract/desk/ids.ts'
import { newPausesSchema, newPauseWindowSchema, type Pauses } from '#contract/desk/pauses.ts'
import { NO_FACTS, type Facts } from '#contract/nexudus/health.ts'
import { Failed } from '#platform/http/failure.ts'
import type { AppEnv } from '#platform/http/request-log.ts'
import { valid } from '#platform/http/valid.ts'
import { requireZone } from '#server/clock/zone.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'
import { isInReach, type Reach } from '#server/nexudus/in-reach.ts'
import { getRecord } from '#server/nexudus/webhook-records.ts'

import type { PauseRow, PauseStore } from './pause-store.ts'
import { isStillPaused } from './still-paused.ts'
import type { WindowStore } from './window-store.ts'

type Author = Pick<PauseRow, 'by' | 'pausedBy' | 'askedAt'>

type Known = { webhookId: number; businessId: number; name: string }

export type RouteNeeds = {
  now: () => Date
  store: PauseStore
  windows: WindowStore
  /** True if the watch's account may switch webhooks. */
  canResume: () => Promise<boolean>
  accountOf: (c: Context) => Promise<SignedInAccount>
  /** The account, if it may edit webhooks. */
  editorOf: (c: Context) => Promise<SignedInAccount>
  reachOf: (account: SignedInAccount) => Promise<Reach>
  /** Those of the webhooks that the watch has seen. */
  findSeen: (ids: readonly number[]) => Promise<Known[]>
  /** The facts of every webhook that has any. */
  listFacts: () => Promise<ReadonlyMap<number, Facts>>
}

/** In milliseconds. */
const LONGEST_MS = 366 * 24 * 3_600_000

/** Webhooks that the watch has not seen yet are asked for one by one: a few, not thousands. */
const ASKED_AT_MOST = 20

export function pauseRoutes(needs: RouteNeeds) {
  const { store, windows, canResume, accountOf, editorOf, reachOf, findSeen, listFacts, now } =
    needs
  const read = async (reach: Reach): Promise<Pauses> => ({
    canResume: await canResume(),
    pauses: await store.list(reach, await listFacts()),
    windows: await windows.list(reach),
  })

  /** The webhooks, each of them visible to the person. */
  async function findAll(
    ids: readonly number[],
    account: SignedInAccount,
    reach: Reach,
  ): Promise<Known[]> {
    const known = new Map((await findSeen(ids)).map((webhook) => [webhook.webhookId, webhook]))
    const unknown = ids.filter((id) => !known.has(id))
    if (unknown.length > ASKED_AT_MOST) throw new Failed('not_found', { reason: 'webhook' })
    for (const id of unknown) {
      const { webhook } = await getRecord(account.call, id)
      known.set(id, { webhookId: id, businessId: webhook.BusinessId, name: webhook.Name })
    }
    const all = [...known.values()]
    const isSeen = all.every(({ businessId }) => isInReach(reach, businessId))
    if (!isSeen) throw new Failed('not_found', { reason: 'webhook' })
    return all
  }

  /** The authors of what is paused already: it gets another end, and keeps its author. */
  async function authorsOf(webhooks: readonly Known[], { email }: SignedInAccount) {
    const ids = webhooks.map(({ webhookId }) => webhookId)
    const [facts, switches, planned] = await Promise.all([
      listFacts(),
      store.countSwitches(ids),
      store.findPlanned(ids),
    ])
    const authors = new Map<number, Author>()
    for (const id of ids) {
      const { switched } = facts.get(id) ?? NO_FACTS
      const isOwn = switched && !switched.isOn && !switched.isElsewhere && switched.by === email
      if (isOwn) authors.set(id, { by: email, pausedBy: null, askedAt: new Date(switched.at) })
    }
    for (const row of planned) {
      const { webhookId, by, pausedBy, askedAt } = row
      const counted = { ...row, switches: switches.get(webhookId) ?? 0 }
      if (isStillPaused(counted, facts.get(webhookId) ?? NO_FACTS)) {
        authors.set(webhookId, { by, pausedBy, askedAt })
      }
    }
    return authors
  }

  return new Hono<AppEnv>()
    .get('/', async (c) => c.json(await read(await reachOf(await accountOf(c)))))
    .post('/', valid('json', newPausesSchema), async (c) => {
      const account = await editorOf(c)
      const { webhookIds, until: text, reason } = c.req.valid('json')
      const until = new Date(text)
      const span = until.getTime() - now().getTime()
      if (span <= 0 || span > LONGEST_MS) throw new Failed('bad_request', { reason: 'past_time' })
      const reach = await reachOf(account)
      const webhooks = await findAll([...new Set(webhookIds)], account, reach)
      const authors = await authorsOf(webhooks, account)
      const planned = webhooks.map((webhook) => ({
        ...webhook,
        ...(authors.get(webhook.webhookId) ?? {
          by: account.email,
          pausedBy: null,
          askedAt: now(),
        }),
      }))
      await store.add(planned, { until, reason: reason === '' ? null : reason })
      return c.json(await read(reach), 201)
    })
    .post('/windows', valid('json', newPauseWindowSchema), async (c) => {
      const account = await editorOf(c)
      const { webhookIds, days, from, until, zone, reason } = c.req.valid('json')
      requireZone(zone)
      if (from === until) throw new Failed('bad_request', { reason: 'no_hours' })
      if (!(await canResume())) throw new Failed('bad_request', { reason: 'watch_may_not_edit' })
      const reach = await reachOf(account)
      await windows.add({
        by: account.email,
        reason: reason === '' ? null : reason,
        days: [...new Set(days)].toSorted((one, other) => one - other),
        fromTime: from,
        untilTime: until,
        zone,
        webhooks: await findAll([...new Set(webhookIds)], account, reach),
      })
      return c.json(await read(reach), 201)
    })
    .delete('/windows/:id', valid('param', z.object({ id: z.uuid() })), async (c) => {
      const account = await editorOf(c)
      const reach = await reachOf(account)
      const row = await windows.find(c.req.valid('param').id)
      const isOwn = row?.webhooks.every(({ businessId }) => isInReach(reach, businessId))
      if (!row || !isOwn) throw new Failed('not_found', { reason: 'pause' })
      await windows.remove(row.id)
      return c.json(await read(reach))
    })
    .delete(
      '/:id{[0-9]+}',
      valid('param', z.object({ id: writtenId(recordIdSchema) })),
      async (c) => {
        const account = await editorOf(c)
        const reach = await reachOf(account)
        const { id } = c.req.valid('param')
        const row = await store.find(id)
        if (!row || !isInReach(reach, row.businessId))
          throw new Failed('not_found', { reason: 'pause' })
        await store.remove(id)
        return c.json(await read(reach))
      },
    )
}
