import { Hono, type Context } from 'hono'
import * as z from 'zod/mini'

import { IDEMPOTENCY_HEADER } from '#contract/desk/desk.ts'
import { rowIdSchema, writtenId } from '#contract/desk/ids.ts'
import { LONGEST_TITLE, runProposalSchema, runStartSchema, type Run } from '#contract/desk/run.ts'
import { may } from '#contract/nexudus/rights.ts'
import { startOf } from '#contract/nexudus/text.ts'
import { isOver } from '#platform/db/spans.ts'
import { Failed } from '#platform/http/failure.ts'
import { valid } from '#platform/http/valid.ts'
import { idempotencySchema } from '#server/changes/change-routes.ts'
import { CLAIM_MS } from '#server/changes/claims.ts'
import { inversesOf } from '#server/changes/inverse.ts'

import type { Maker } from './dry-run.ts'
import type { RunRow, RunStore } from './run-store.ts'
import { itemView, runView } from './run-view.ts'
import type { RunWorker } from './run-worker.ts'

type RunRoutesOptions = {
  store: RunStore
  worker: Pick<RunWorker, 'rouse'>
  /** Who is signed in, and under which session a run of theirs works; fails if nobody is. */
  makerOf: (c: Context) => Promise<Maker & { session: string }>
  /** How many items a minute has room for. */
  perMinute: number
  now: () => Date
}

const LISTED_AT_MOST = 100

const atRun = valid('param', z.object({ id: writtenId(rowIdSchema) }))

/** `/desk/runs`: propose, look, start, steer, take back. Everybody has their own. */
export function runRoutes({ store, worker, makerOf, perMinute, now }: RunRoutesOptions) {
  async function ownRun(c: Context, id: number) {
    const maker = await makerOf(c)
    const run = await store.find(id)
    if (run?.by !== maker.email) throw new Failed('not_found', 'You have no such run.')
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
    // behind `atRun`, which let in an id and nothing else
    const id = Number(c.req.param('id'))
    if (!(await act(await ownRun(c, id)))) {
      throw new Failed(
        'bad_request',
        'The run has moved on, so this is no longer possible. Look at it again.',
      )
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
          const maker = await makerOf(c)
          const key = `${maker.email} ${c.req.valid('header')[IDEMPOTENCY_HEADER]}`
          const { email: by, session } = maker
          const id = await store.propose({ ...c.req.valid('json'), key, by, session })
          await worker.rouse(id)
          return answer(c, id)
        },
      )

      .get('/', async (c) => {
        const { email } = await makerOf(c)
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
          if (run.state !== 'proposed') return run.state === 'running'
          await store.leaveOut(run.id, leftOut)
          const isMoved = await store.step(run.id, { from: ['proposed'], to: 'running', session })
          await worker.rouse(run.id)
          return isMoved
        })(c)
      })

      .post(
        '/:id{[0-9]+}/pause',
        atRun,
        steering(({ run }) => store.step(run.id, { from: ['running', 'paused'], to: 'paused' })),
      )

      .post(
        '/:id{[0-9]+}/stop',
        atRun,
        steering(({ run }) =>
          store.step(run.id, { from: ['running', 'paused', 'stopped'], to: 'stopped' }),
        ),
      )

      .post(
        '/:id{[0-9]+}/discard',
        atRun,
        steering(({ run }) =>
          store.step(run.id, { from: ['checking', 'proposed', 'stopped'], to: 'stopped' }),
        ),
      )

      // also with the session of now, when the one it was begun with has ended
      .post(
        '/:id{[0-9]+}/continue',
        atRun,
        steering(async ({ run, maker: { session } }) => {
          // what was never begun has to be looked at and started
          if (run.state === 'stopped' && run.startedAt === null) return false
          await store.adopt(run.id, session)
          await store.step(run.id, { from: ['paused', 'stopped'], to: 'running', session })
          await worker.rouse(run.id)
          return run.state !== 'finished' && run.state !== 'proposed'
        }),
      )

      .post(
        '/:id{[0-9]+}/retry',
        atRun,
        steering(async ({ run, maker: { session } }) => {
          if (run.state !== 'finished' && run.state !== 'stopped') return run.state === 'running'
          // whoever stopped it with something left to do has not said that it is to be done
          const counts = await store.counts([run.id])
          if (run.state === 'stopped' && counts.get(run.id)?.ready) return false
          if ((await store.retry(run.id)) === 0) return false
          await store.step(run.id, { from: ['finished', 'stopped'], to: 'running', session })
          await worker.rouse(run.id)
          return true
        }),
      )

      .post('/:id{[0-9]+}/undo', atRun, valid('header', idempotencySchema), async (c) => {
        const { run, maker } = await ownRun(c, c.req.valid('param').id)
        if (run.state !== 'finished' && run.state !== 'stopped') {
          throw new Failed('bad_request', 'Stop the run first, then undo it.')
        }
        if (
          run.state === 'stopped' &&
          run.claimedUntil &&
          !isOver(run.claimedUntil, CLAIM_MS, now())
        ) {
          const text = 'The current item is still in progress. Try again in a moment.'
          throw new Failed('in_progress', text, { retryAfterMs: 2_000 })
        }
        const open = await store.maybeWritten(run)
        const inverse = inversesOf([...open, ...(await store.written(run.id))])
        if (inverse.length === 0) throw new Failed('bad_request', 'This run changed nothing.')
        const { email: by, session } = maker
        const key = `${by} ${c.req.valid('header')[IDEMPOTENCY_HEADER]}`
        const title = startOf(`Undo: ${run.title}`, LONGEST_TITLE)
        const id = await store.propose({
          key,
          by,
          session,
          title,
          changes: inverse,
          undoes: run.id,
        })
        await worker.rouse(id)
        return answer(c, id)
      })
  )
}
