import type { Hono } from 'hono'

import type { AppEnv } from '#platform/http/request-log.ts'
import type { Queue } from '#platform/queue/queue.ts'
import type { Reach } from '#server/nexudus/in-reach.ts'

import { createWindowBegins } from './begin.ts'
import { pauseRoutes, type RouteNeeds } from './pause-routes.ts'
import { createPauseStore } from './pause-store.ts'
import { createPauseEnds, type ResumeOptions } from './resume.ts'
import { createWindowStore } from './window-store.ts'

/** The job only says that a pause may begin or be over; its row says which. */
export const PAUSE_JOB = 'pause'

type PausesNeeds = Omit<ResumeOptions, 'store' | 'onTold'> &
  Omit<RouteNeeds, 'store' | 'windows' | 'canResume'> & {
    queue: Queue
    sendNotices: () => Promise<void>
  }

const SWEEP_EVERY_MS = 20_000

/** Pauses with an end, and windows that begin them every week. */
export function createPausesRoom(needs: PausesNeeds) {
  const { db, now, queue, watchEditor } = needs
  const store = createPauseStore(db, now)
  const windows = createWindowStore(db, now)
  const work = { ...needs, store, windows, onTold: needs.sendNotices }
  const ends = createPauseEnds(work)
  const begins = createWindowBegins(work)
  const canResume = async () => (await watchEditor().catch(() => undefined)) !== undefined
  async function settleDue() {
    // a window that ends as another begins leaves its webhooks off for it
    await begins.work()
    await ends.work()
  }
  return {
    start: async () => {
      await queue.every(PAUSE_JOB, {
        pause: () => Promise.resolve(SWEEP_EVERY_MS),
        act: settleDue,
      })
    },
    stop: async () => {
      await Promise.all([begins.stop(), ends.stop()])
    },
    tidy: () => store.removeOld(),
    releaseClaims: () => Promise.all([store.releaseAll(), windows.releaseAll()]),
    routes: (app: Hono<AppEnv>) =>
      app.route('/desk/pauses', pauseRoutes({ ...needs, store, windows, canResume })),
    /** Pauses that last, at some locations. */
    list: async (reach: Reach) => store.list(reach, await needs.listFacts()),
    /** Windows with webhooks at some locations. */
    listWindows: (reach: Reach) => windows.list(reach),
    /** Begins and ends what is due, now. */
    settleDue,
  }
}
