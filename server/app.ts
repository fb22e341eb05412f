import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'
import { createMiddleware } from 'hono/factory'
import type { Logger } from 'pino'

import type { DeskState } from '#contract/desk/desk.ts'
import { answers } from '#platform/db/answers.ts'
import type { Database } from '#platform/db/database.ts'
import { Failed, onError } from '#platform/http/failure.ts'
import { fairShare } from '#platform/http/fair-share.ts'
import { allowedHosts, sameOriginOnly } from '#platform/http/guard.ts'
import { requestLog, type AppEnv } from '#platform/http/request-log.ts'
import { securityHeaders } from '#platform/http/security-headers.ts'
import type { Outbound } from '#platform/outbound/send.ts'
import type { Queue } from '#platform/queue/queue.ts'
import { createAlertsRoom, type FirstRecipient } from '#server/alerts/alerts-room.ts'
import type { SendMail } from '#server/alerts/mailer.ts'
import { createChannelsRoom } from '#server/channels/channels-room.ts'
import { createChangesRoom } from '#server/changes/changes-room.ts'
import { createContactsRoom } from '#server/contacts/contacts-room.ts'
import { createFeedsRoom } from '#server/feeds/feeds-room.ts'
import { createHistoryRoom } from '#server/history/history-room.ts'
import { CALL_LIMITS, type CallLimits } from '#server/nexudus/budget.ts'
import type { Limits } from '#server/nexudus/call.ts'
import { requireRole } from '#server/nexudus/account.ts'
import { createNexudusRoom } from '#server/nexudus/nexudus-room.ts'
import type { Fetch } from '#server/nexudus/upstream.ts'
import type { PageRoutes } from '#server/pages/page-routes.ts'
import { createPausesRoom } from '#server/pauses/pauses-room.ts'
import { createProbesRoom } from '#server/probes/probes-room.ts'
import { createPushRoom } from '#server/push/push-room.ts'
import { createRecoveryRoom } from '#server/recovery/recovery-room.ts'
import { createRunsRoom, RUNS } from '#server/runs/runs-room.ts'
import { createSessionRoom } from '#server/session/session-room.ts'
import type { Lifetimes } from '#server/session/session-store.ts'
import { createViewsRoom } from '#server/views/views-room.ts'
import { createWatchRoom, type LookingSettings } from '#server/watch/watch-room.ts'

import type { Room } from './room.ts'

export type AppOptions = {
  db: Database
  queue: Queue
  log: Logger
  secrets: [string, ...string[]]
  /** The origins that people use. Cookies and links use the first. */
  origins: readonly [string, ...string[]]
  upstream: { url: string; fetch: Fetch; limits?: Limits }
  /** Calls to Nexudus that an account may make in a minute. */
  callLimits?: CallLimits
  lifetimes: Lifetimes
  sourceOf: (c: Context) => string
  deskState: Omit<DeskState, 'session'>
  /** Calls a URL that a person gave us. */
  send: Outbound
  /** Absent if this process does not look after the fleet. */
  watch?: LookingSettings
  /** Absent without an SMTP server. */
  sendMail?: SendMail
  firstRecipients?: readonly FirstRecipient[]
  /** Called after each complete look. */
  heartbeatUrl?: string
  /** The built page and its assets; absent if only the data is served. */
  pages?: PageRoutes
  now?: () => Date
}

/** Maximum size of a request's body; a webhook is a few hundred bytes. */
const MAX_BODY_BYTES = 64 * 1024

/** Maximum size of a run's proposal, which may cover thousands of webhooks. */
const MAX_RUN_BYTES = 4 * 1024 * 1024

function nothingHere(): never {
  throw new Failed('not_found', { reason: 'address' })
}

/** The desk: a list of rooms, and the only place where two of them meet. */
export function createApp(options: AppOptions) {
  const { origins, deskState, callLimits = CALL_LIMITS, now = () => new Date() } = options
  const [origin] = origins
  const needs = { ...options, origin, callLimits, targets: deskState, now }

  const nexudus = createNexudusRoom({ ...needs, ...options.upstream })
  const session = createSessionRoom({
    ...needs,
    upstream: nexudus.upstream,
    sessionsAtWork: () => runs.sessionsAtWork(),
    beginReading: (asked) => history.beginReading(asked),
  })
  const { accountOf, accountOfSession } = session
  /** For what Hookdesk itself knows of the network, and Nexudus therefore does not guard. */
  async function ownAccountOf(c: Context) {
    const account = await accountOf(c)
    await watch.requireOwnNetwork(account)
    return account
  }
  async function adminOf(c: Context) {
    const account = await ownAccountOf(c)
    if (account.rights.kind !== 'unrestricted') {
      throw new Failed('permission_missing', { reason: 'administrator' })
    }
    return account
  }
  const editorOf = async (c: Context) => requireRole(await ownAccountOf(c), 'WebHook-Edit')
  const changes = createChangesRoom({
    ...needs,
    accountOf,
    memory: {
      factsOf: (account, webhook) => history.memory.factsOf(account, webhook),
      findDeletion: (account, webhookId) => history.memory.findDeletion(account, webhookId),
    },
  })
  const withChanges = { ...needs, accountOf, changes: changes.changes }
  const history = createHistoryRoom({
    ...withChanges,
    accountOf: ownAccountOf,
    listSilences: (reach, webhookId) => watch.listSilences(reach, webhookId),
  })
  const runs = createRunsRoom({ ...withChanges, accountOfSession, budget: nexudus.budget })
  const probes = createProbesRoom({ ...needs, accountOf })
  const watch = createWatchRoom({
    ...needs,
    accountOf: ownAccountOf,
    watch: options.watch,
    watches: options.watch !== undefined || deskState.watches,
    upstream: nexudus.upstream,
    beginReading: history.beginReading,
    listFacts: history.listFacts,
    findUnderWay: history.findUnderWay,
    onLook: (tx, look) => alerts.onLook(tx, look),
    onSeen: () => alerts.beat(),
  })
  const channels = createChannelsRoom({ ...needs, adminOf, exceptions: deskState.exceptions })
  const push = createPushRoom({
    ...needs,
    exceptions: deskState.exceptions,
    accountOf: ownAccountOf,
    reachOf: (account) => alerts.reachOf(account),
    addWithoutMail: (...person) => alerts.addWithoutMail(...person),
  })
  const alerts = createAlertsRoom({
    ...needs,
    channels: {
      ...channels.channels,
      hearers: async (tx) => [
        ...(await channels.channels.hearers(tx)),
        ...(await push.hearers(tx)),
      ],
      names: async () => new Map([...(await channels.channels.names()), ...(await push.names())]),
    },
    byChannel: (notice) =>
      notice.route === 'push' ? push.byPush(notice) : channels.byChannel(notice),
    browsersOf: push.browsersOf,
    noteReach: (account, reach) => feeds.noteReach(account, reach),
    accountOf: ownAccountOf,
    adminOf,
    sendMail: options.sendMail,
    heartbeatUrl: options.heartbeatUrl,
    firstRecipients: options.firstRecipients ?? [],
    watch,
  })
  const pauses = createPausesRoom({
    ...needs,
    accountOf: ownAccountOf,
    changes: changes.changes,
    editorOf,
    watchEditor: watch.editor,
    factsOf: (account, webhook) => history.memory.factsOf(account, webhook),
    listFacts: history.listFacts,
    placeOf: watch.placeOf,
    findSeen: watch.findSeen,
    reachOf: alerts.reachOf,
    sendNotices: alerts.sendSoon,
  })
  const recovery = createRecoveryRoom({
    ...needs,
    accountOf: ownAccountOf,
    changes: changes.changes,
    editorOf,
    watchEditor: watch.editor,
    factsOf: (account, webhook) => history.memory.factsOf(account, webhook),
    placeOf: watch.placeOf,
    sendNotices: alerts.sendSoon,
  })
  const feeds = createFeedsRoom({
    ...needs,
    accountOf: ownAccountOf,
    reachOf: alerts.reachOf,
    listPauses: pauses.list,
    listWindows: pauses.listWindows,
    listRecent: alerts.listRecent,
    loadPlaces: watch.loadPlaces,
  })
  const contacts = createContactsRoom({ ...needs, accountOf: ownAccountOf, adminOf })
  const views = createViewsRoom({
    ...needs,
    accountOf: ownAccountOf,
    adminOf,
    loadPlaces: watch.loadPlaces,
  })
  const rooms: Room[] = [
    nexudus,
    session,
    changes,
    history,
    runs,
    probes,
    watch,
    channels,
    push,
    alerts,
    pauses,
    recovery,
    feeds,
    contacts,
    views,
  ]

  const isReady = { yes: true }
  const app = frame(options, isReady)
  const data = dataDoor(origins, session.visitorOf)
  for (const path of DATA) app.use(path, ...data)
  for (const room of rooms) room.routes?.(app)
  for (const path of DATA) app.all(path, nothingHere)
  if (options.pages) app.route('/', options.pages(session.stateFor))
  app.notFound(nothingHere)

  const all = (act: (room: Room) => Promise<unknown> | undefined) =>
    Promise.all(rooms.flatMap((room) => act(room) ?? []))
  return {
    app,
    /** Looks once, now. */
    look: watch.look,
    /** Sends the notices that are due. */
    sendNotices: alerts.send,
    /** The watch's account, if it may switch webhooks. */
    watchEditor: watch.editor,
    /** Checks what may be switched on by itself, now. */
    recover: recovery.recover,
    /** Begins and ends the pauses that are due, now. */
    settlePauses: pauses.settleDue,
    addRecipients: alerts.addRecipients,
    /** Housekeeping, once at the start and then at intervals. */
    tidy: () => all((room) => room.tidy?.()),
    /** For the start of the only process: any claims belong to dead processes. */
    releaseClaims: () => all((room) => room.releaseClaims?.()),
    /** Starts the rooms' background work; `stop` ends it. */
    work: () => all((room) => room.start?.()),
    stop: () => all((room) => room.stop?.()),
    /** From here on `/readyz` tells load balancers to send no more requests. */
    leave() {
      isReady.yes = false
    },
  }
}

const DATA = ['/desk/*', '/api/*'] as const

/** Middleware for every request, and the health routes, which machines call under any host name. */
function frame({ db, log, origins }: AppOptions, isReady: { yes: boolean }) {
  return new Hono<AppEnv>()
    .use(requestLog(log))
    .use(securityHeaders({ overTls: origins.every((origin) => origin.startsWith('https:')) }))
    .onError(onError)
    .get('/healthz', (c) => c.json({ ok: true }))
    .get('/readyz', async (c) => {
      const ready = isReady.yes && (await answers(db))
      return c.json({ ready }, ready ? 200 : 503)
    })
    .use(allowedHosts(origins))
}

/**
 * Middleware for every data request. One instance for all paths, to count a visitor's requests
 * together.
 */
function dataDoor(origins: AppOptions['origins'], visitorOf: (c: Context) => string) {
  const limit = bodyLimit({ maxSize: MAX_BODY_BYTES })
  const runLimit = bodyLimit({ maxSize: MAX_RUN_BYTES })
  return [
    sameOriginOnly(origins),
    fairShare(visitorOf),
    compress(),
    createMiddleware((c, next) => (c.req.path === RUNS ? runLimit : limit)(c, next)),
  ] as const
}
