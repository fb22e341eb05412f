import { Hono, type Context } from 'hono'
import * as z from 'zod/mini'

import { trimAddress } from '#contract/address/address-text.ts'
import { recordIdSchema, writtenId } from '#contract/desk/ids.ts'
import { Failed } from '#platform/http/failure.ts'
import type { AppEnv } from '#platform/http/request-log.ts'
import { valid } from '#platform/http/valid.ts'
import type { Outbound } from '#platform/outbound/send.ts'
import type { Queue } from '#platform/queue/queue.ts'
import { reachOf } from '#server/history/reach.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'
import { getRecord } from '#server/nexudus/webhook-records.ts'
import { probeAddress } from '#server/probes/probe.ts'
import { isInReach } from '#server/nexudus/in-reach.ts'

import { createRecover, type RecoverOptions } from './recover.ts'
import { createRecoveryStore } from './recovery-store.ts'

/** The job only says that a check may be due; its row says which. */
export const RECOVERY_JOB = 'recovery'

type RecoveryNeeds = Omit<RecoverOptions, 'store' | 'check' | 'onTold'> & {
  queue: Queue
  /** Calls a URL that somebody gave us. */
  send: Outbound
  accountOf: (c: Context) => Promise<SignedInAccount>
  /** The account, if it may edit webhooks. */
  editorOf: (c: Context) => Promise<SignedInAccount>
  sendNotices: () => Promise<void>
}

const SWEEP_EVERY_MS = 60_000

/** Stopped webhooks that are switched on by themselves, once their URL answers again. */
export function createRecoveryRoom(needs: RecoveryNeeds) {
  const { db, now, queue, watchEditor, send } = needs
  const store = createRecoveryStore(db, now)
  const worker = createRecover({
    ...needs,
    store,
    check: async (url) => (await probeAddress(send, trimAddress(url), now())).failure,
    onTold: needs.sendNotices,
  })
  return {
    start: async () => {
      await queue.every(RECOVERY_JOB, {
        pause: () => Promise.resolve(SWEEP_EVERY_MS),
        act: () => worker.work(),
      })
    },
    stop: () => worker.stop(),
    releaseClaims: () => store.releaseAll(),
    /** Tries all that are due, now. */
    recover: () => worker.work(),
    routes: (app: Hono<AppEnv>) => app.route('/desk/recoveries', routes()),
  }

  function routes() {
    const param = valid('param', z.object({ id: writtenId(recordIdSchema) }))
    const listFor = async (account: SignedInAccount) => ({
      canSwitch: (await watchEditor().catch(() => undefined)) !== undefined,
      recoveries: await store.list(await reachOf(account)),
    })
    return new Hono<AppEnv>()
      .get('/', async (c) => c.json(await listFor(await needs.accountOf(c))))
      .put('/:id{[0-9]+}', param, async (c) => {
        const account = await needs.editorOf(c)
        const { id } = c.req.valid('param')
        // Nexudus says whether they may see it
        const { webhook } = await getRecord(account.call, id)
        await store.add({
          webhookId: id,
          businessId: webhook.BusinessId,
          name: webhook.Name,
          by: account.email,
        })
        return c.json(await listFor(account))
      })
      .delete('/:id{[0-9]+}', param, async (c) => {
        const account = await needs.editorOf(c)
        const { id } = c.req.valid('param')
        const row = await store.find(id)
        const reach = await reachOf(account)
        if (!row || !isInReach(reach, row.businessId))
          throw new Failed('not_found', { reason: 'webhook' })
        await store.remove(id)
        return c.json(await listFor(account))
      })
  }
}
