import { Hono, type Context } from 'hono'
import * as z from 'zod/mini'

import { IDEMPOTENCY_HEADER } from '#contract/desk/desk.ts'
import { rowIdSchema, writtenId } from '#contract/desk/ids.ts'
import {
  RUN_STEPS,
  isAtStartOf,
  isDiscarded,
  isRunOver,
  isRunUnderWay,
} from '#contract/desk/run-steps.ts'
import { titleOf, undoOf } from '#contract/desk/run-title.ts'
import { runProposalSchema, runStartSchema, type Run } from '#contract/desk/run.ts'
import { may } from '#contract/nexudus/rights.ts'
import { WORK_LEASE_MS } from '#platform/db/lease.ts'
import { isOver } from '#platform/db/spans.ts'
import { Failed } from '#platform/http/failure.ts'
import { valid } from '#platform/http/valid.ts'
import { idempotencySchema } from '#server/changes/change-routes.ts'
import { inversesOf } from '#server/changes/inverse.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'

import type { RunRow } from './run-rows.ts'
import type { RunStore } from './run-store.ts'
import { itemView, runView } from './run-view.ts'
import type { RunWorker } from './run-worker.ts'

type RunRoutesOptions = {
  store: RunStore
  worker: Pick<RunWorker, 'rouse'>
  /** Returns the signed-in account, and the session that its runs use; fails if there is none. */
  accountOf: (c: Context) => Promise<SignedInAccount & { session: string }>
  /** Items that fit into a minute. */
  perMinute: number
  now: () => Date
}

const LISTED_AT_MOST = 100

const atRun = valid('param', z.object({ id: writtenId(rowIdSchema) }))

/** `/desk/runs`: propose, look at, start, steer, undo. Each person sees their own runs. */
export function runRoutes({ store, worker, accountOf, perMinute, now }: RunRoutesOptions) {
  async function ownRun(c: Context, id: number) {
    const maker = await accountOf(c)
    const run = await store.find(id)
    if (run?.by !== maker.email) throw new Failed('not_found', { reason: 'run' })
    return { maker, run }
  }

  async function viewsOf(rows: readonly RunRow[]): Promise<Run[]> {
    const ids = rows.map(({ id }) => id)
    if (ids.length === 0) return []
    const [counts, { inverses, written }] = await Promise.all([
      store.counts(ids),
      store.undoing(ids),
    ])
    return rows.map((row) =>
      runView(row, {
        counts: counts.get(row.id),
        undoneBy: inverses.get(row.id),
        written: written.get(row.id),
        perMinute,
      }),
    )
  }

  async function answer(c: Context, id: number) {
    const row = await store.find(id)
    const [run] = row ? await viewsOf([row]) : []
    return c.json({ run })
  }

  type Steered = Awaited<ReturnType<typeof ownRun>>
  const steering = (act: (steered: Steered) => Promise<boolean>) => async (c: Context) => {
    // behind `atRun`, which admits only ids
    const id = Number(c.req.param('id'))
    if (!(await act(await ownRun(c, id)))) {
      throw new Failed('bad_request', { reason: 'run_moved_on' })
    }
    return answer(c, id)
  }

  return (
    new Hono()
      .post(
        '/',
        valid('header', idempotencySchema),
        valid('json', runProposalSchema),
        async (c) => {
          const maker = await accountOf(c)
          const key = `${maker.email} ${c.req.valid('header')[IDEMPOTENCY_HEADER]}`
          const { email: by, session } = maker
          const { title: what, changes } = c.req.valid('json')
          const id = await store.propose({ what, changes, key, by, session })
          await worker.rouse(id)
          return answer(c, id)
        },
      )

      .get('/', async (c) => {
        const { email } = await accountOf(c)
        return c.json({ runs: await viewsOf(await store.list(email, LISTED_AT_MOST)) })
      })

      .get('/:id{[0-9]+}', atRun, async (c) => {
        const { run } = await ownRun(c, c.req.valid('param').id)
        return answer(c, run.id)
      })

      .get('/:id{[0-9]+}/items', atRun, async (c) => {
        const { run, maker } = await ownRun(c, c.req.valid('param').id)
        const hidesPaths = !may(maker.rights, 'WebHook-Edit')
        const items = await store.items(run.id)
        return c.json({ items: items.map((item) => itemView(item, { hidesPaths })) })
      })

      .post('/:id{[0-9]+}/start', atRun, valid('json', runStartSchema), async (c) => {
        const { leftOut } = c.req.valid('json')
        return steering(async ({ run, maker: { session } }) => {
          if (!isAtStartOf(RUN_STEPS.start, run)) return run.state === RUN_STEPS.start.to
          await store.leaveOut(run.id, leftOut)
          const isMoved = await store.step(run.id, RUN_STEPS.start, session)
          await worker.rouse(run.id)
          return isMoved
        })(c)
      })

      .post(
        '/:id{[0-9]+}/pause',
        atRun,
        steering(({ run }) => store.step(run.id, RUN_STEPS.pause)),
      )

      .post(
        '/:id{[0-9]+}/stop',
        atRun,
        steering(({ run }) => store.step(run.id, RUN_STEPS.stop)),
      )

      .post(
        '/:id{[0-9]+}/discard',
        atRun,
        steering(({ run }) => store.step(run.id, RUN_STEPS.discard)),
      )

      // may use the present session, if the one it began with has ended
      .post(
        '/:id{[0-9]+}/continue',
        atRun,
        steering(async ({ run, maker: { session } }) => {
          if (isDiscarded(run)) return false
          await store.adopt(run.id, session)
          await store.step(run.id, RUN_STEPS.continue, session)
          await worker.rouse(run.id)
          return isRunUnderWay(run) || isAtStartOf(RUN_STEPS.continue, run)
        }),
      )

      .post(
        '/:id{[0-9]+}/retry',
        atRun,
        steering(async ({ run, maker: { session } }) => {
          if (!isAtStartOf(RUN_STEPS.retry, run)) return run.state === RUN_STEPS.retry.to
          // a person who stopped it early has not decided to carry out the rest
          const counts = await store.counts([run.id])
          if (run.state === 'stopped' && counts.get(run.id)?.ready) return false
          if ((await store.retry(run.id)) === 0) return false
          await store.step(run.id, RUN_STEPS.retry, session)
          await worker.rouse(run.id)
          return true
        }),
      )

      .post('/:id{[0-9]+}/undo', atRun, valid('header', idempotencySchema), async (c) => {
        const { run, maker } = await ownRun(c, c.req.valid('param').id)
        if (!isRunOver(run)) throw new Failed('bad_request', { reason: 'stop_first' })
        if (
          run.state === 'stopped' &&
          run.claimedUntil &&
          !isOver(run.claimedUntil, WORK_LEASE_MS, now())
        ) {
          throw new Failed('in_progress', { reason: 'item_under_way', retryAfterMs: 2_000 })
        }
        const open = await store.maybeWritten(run)
        const inverse = inversesOf([...open, ...(await store.written(run.id))])
        if (inverse.length === 0) throw new Failed('bad_request', { reason: 'nothing_to_undo' })
        const { email: by, session } = maker
        const key = `${by} ${c.req.valid('header')[IDEMPOTENCY_HEADER]}`
        const what = undoOf(titleOf(run))
        const id = await store.propose({
          key,
          by,
          session,
          what,
          changes: inverse,
          undoes: run.id,
        })
        await worker.rouse(id)
        return answer(c, id)
      })
  )
}
