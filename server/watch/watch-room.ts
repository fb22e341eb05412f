import type { Context, Hono } from 'hono'
import type { Logger } from 'pino'

import type { WatchState } from '#contract/desk/attention.ts'
import { may } from '#contract/nexudus/rights.ts'
import type { Facts } from '#contract/nexudus/health.ts'
import type { Database } from '#platform/db/database.ts'
import type { AppEnv } from '#platform/http/request-log.ts'
import type { Queue } from '#platform/queue/queue.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'
import { createSeal } from '#server/nexudus/seal.ts'
import type { Upstream } from '#server/nexudus/upstream.ts'

import type { BeginReading } from './look.ts'
import { createOwnNetwork } from './own-network.ts'
import { timelineRoutes } from './timeline-routes.ts'
import { createWatchAccount, type Credentials } from './watch-account.ts'
import { createWatchStore } from './watch-store.ts'
import { createWatcher, type OnLook } from './watcher.ts'

/** The job only says that it is time to look; a claim says who does. */
export const WATCH_JOB = 'watch'

/** Assumed of a watch in another process, in milliseconds. */
const UNKNOWN_INTERVAL_MS = 5 * 60_000

export type LookingSettings = {
  /** Without them, a person signs the watch in. */
  credentials: Credentials | undefined
  intervalMs: number
}

type WatchNeeds = {
  db: Database
  now: () => Date
  log: Logger
  queue: Queue
  secrets: [string, ...string[]]
  upstream: Upstream
  /** False if nobody looks, in this process or another. */
  watches: boolean
  /** Absent if this process does not look. */
  watch: LookingSettings | undefined
  beginReading: BeginReading
  /** The facts of every webhook that has any. */
  listFacts: () => Promise<Map<number, Facts>>
  /** Those of the webhooks that the desk is writing right now. */
  findUnderWay: (ids: number[]) => Promise<ReadonlySet<number>>
  onLook: OnLook
  /** Called after a complete look whose findings are stored; not waited for. */
  onSeen: () => Promise<void>
  accountOf: (c: Context) => Promise<SignedInAccount>
}

/** The watch: looks at the whole fleet at intervals, and remembers what it saw. */
export function createWatchRoom(needs: WatchNeeds) {
  const { db, now, queue, watch } = needs
  const seal = createSeal(needs.secrets)
  const account = createWatchAccount({ ...needs, seal, credentials: watch?.credentials })
  const store = createWatchStore(db, now)
  const intervalMs = watch?.intervalMs ?? UNKNOWN_INTERVAL_MS
  const watcher = createWatcher({ ...needs, account, store, intervalMs })
  return {
    async start() {
      if (!watch) return
      await queue.every(WATCH_JOB, {
        pause: () => Promise.resolve(watch.intervalMs),
        act: () => watcher.look(),
      })
      // the first look does not wait for an interval
      await queue.send(WATCH_JOB, {}, { key: 'now' })
    },
    routes: (app: Hono<AppEnv>) =>
      app.route('/desk/timeline', timelineRoutes({ ...needs, intervalMs })),
    stop: () => watcher.stop(),
    tidy: () => store.removeOld(),
    releaseClaims: () => store.releaseAll(),

    look: () => watcher.look(),
    requireOwnNetwork: createOwnNetwork({ now, loadPlaces: () => store.loadPlaces() }),
    /** True if a person cannot sign it in, because the environment of some process does. */
    async isGiven() {
      const signedIn = await account.state()
      return watch?.credentials !== undefined || signedIn?.signedInBy === null
    },
    account: account.state,
    /** The account to call Nexudus with; `undefined` without one. */
    reader: account.current,
    /** The account, if it may switch webhooks; `undefined` if not, or without one. */
    async editor() {
      const current = await account.current()
      return current && may(current.rights, 'WebHook-Edit') ? current : undefined
    },
    /** The name of a location, as far as the watch knows it. */
    async placeOf(businessId: number) {
      return (await store.loadPlaces()).get(businessId) ?? `Location ${businessId}`
    },
    loadPlaces: store.loadPlaces,
    findSeen: store.findSeen,
    listSilences: store.listSilences,
    signIn: account.signIn,
    signOut: account.signOut,
    lookSoon: () => queue.send(WATCH_JOB, {}, { key: 'now' }),
    /** The state of the watch. */
    async state(): Promise<WatchState> {
      const [signedIn, last, lastComplete] = await Promise.all([
        account.state(),
        store.lastLook(),
        store.lastCompleteLook(),
      ])
      return {
        isOn: needs.watches,
        intervalMs: watch?.intervalMs ?? null,
        hasAccount: signedIn !== null,
        lastLookAt: last?.endedAt.toISOString() ?? null,
        lastCompleteAt: lastComplete?.endedAt.toISOString() ?? null,
        trouble: last?.trouble ?? null,
      }
    },
  }
}
