import { createRootRoute, createRoute, createRouter, redirect } from '@tanstack/react-router'

import { attentionSearchSchema } from '#features/attention/search.ts'
import { coverageSearchSchema } from '#features/coverage/search.ts'
import { destinationsSearchSchema } from '#features/destinations/search.ts'
import { fanOutSearchSchema } from '#features/fan-out/search.ts'
import { helpSearchSchema } from '#features/help/search.ts'
import { historySearchSchema } from '#features/history/history-search.ts'
import { WebhooksPage } from '#features/webhooks/list/webhooks-page.tsx'
import { listSearchSchema, prefillSchema, tabSchema } from '#features/webhooks/search.ts'
import { paths } from '#paths'
import { lazyPart } from '#ui/feedback/load-part.ts'
import { PartWaiting } from '#ui/feedback/part-waiting.tsx'
import { parseSearch, writeSearch } from '#ui/hooks/search-params.ts'

import { ErrorPage, NotFoundPage } from './error-page.tsx'
import { Shell } from './shell.tsx'
import { StartPage } from './start-page.tsx'

const root = createRootRoute({
  component: Shell,
  notFoundComponent: NotFoundPage,
})

const toStart = () => {
  throw redirect({ ...paths.attention(), replace: true })
}

const start = createRoute({
  getParentRoute: () => root,
  path: paths.attention.route,
  validateSearch: attentionSearchSchema,
  component: StartPage,
})

// for old bookmarks: the sign-in page is shown at every address to a person not signed in
const signIn = createRoute({ getParentRoute: () => root, path: '/sign-in', beforeLoad: toStart })

const ExportDialog = lazyPart(() => import('#features/plan/export-dialog.tsx'), 'ExportDialog')

const webhooks = createRoute({
  getParentRoute: () => root,
  path: paths.webhooks.route,
  validateSearch: listSearchSchema,
  // comes from another feature: the list opens it without importing it
  context: () => ({ ExportDialog }),
  component: WebhooksPage,
})

const newWebhook = createRoute({
  getParentRoute: () => webhooks,
  path: 'new',
  validateSearch: prefillSchema,
  component: lazyPart(
    () => import('#features/webhooks/panel/new-webhook-panel.tsx'),
    'NewWebhookPanel',
  ),
})

const WebhookHistory = lazyPart(
  () => import('#features/history/webhook-history.tsx'),
  'WebhookHistory',
)

const webhook = createRoute({
  getParentRoute: () => webhooks,
  path: '$id',
  validateSearch: tabSchema,
  // comes from another feature: the panel shows it without importing it
  context: () => ({ WebhookHistory }),
  component: lazyPart(
    () => import('#features/webhooks/panel/edit-webhook-panel.tsx'),
    'EditWebhookPanel',
  ),
})

const fanOut = createRoute({
  getParentRoute: () => root,
  path: paths.fanOut.route,
  validateSearch: fanOutSearchSchema,
  component: lazyPart(() => import('#features/fan-out/fan-out-page.tsx'), 'FanOutPage'),
})

const importPlan = createRoute({
  getParentRoute: () => root,
  path: paths.importPlan.route,
  component: lazyPart(() => import('#features/plan/import-plan-page.tsx'), 'ImportPlanPage'),
})

const coverage = createRoute({
  getParentRoute: () => root,
  path: paths.coverage.route,
  validateSearch: coverageSearchSchema,
  component: lazyPart(() => import('#features/coverage/page/coverage-page.tsx'), 'CoveragePage'),
})

const destinations = createRoute({
  getParentRoute: () => root,
  path: paths.destinations.route,
  validateSearch: destinationsSearchSchema,
  component: lazyPart(
    () => import('#features/destinations/destinations-page.tsx'),
    'DestinationsPage',
  ),
})

const activity = createRoute({
  getParentRoute: () => root,
  path: paths.activity.route,
  validateSearch: historySearchSchema,
  component: lazyPart(() => import('#features/activity/activity-page.tsx'), 'ActivityPage'),
})

// bookmarks from before they were one page
const history = createRoute({
  getParentRoute: () => root,
  path: '/history',
  validateSearch: historySearchSchema,
  beforeLoad({ search }) {
    throw redirect({ ...paths.activity(), search, replace: true })
  },
})

const runs = createRoute({
  getParentRoute: () => root,
  path: '/runs',
  beforeLoad() {
    throw redirect({ ...paths.activity(), replace: true })
  },
})

const run = createRoute({
  getParentRoute: () => root,
  path: paths.run.route,
  component: lazyPart(() => import('#features/runs/run-page.tsx'), 'RunPage'),
})

const notifications = createRoute({
  getParentRoute: () => root,
  path: paths.notifications.route,
  component: lazyPart(
    () => import('#features/settings/notifications-page.tsx'),
    'NotificationsPage',
  ),
})

const watch = createRoute({
  getParentRoute: () => root,
  path: paths.watch.route,
  component: lazyPart(() => import('#features/settings/watch-page.tsx'), 'WatchPage'),
})

// mail programs that do not unsubscribe by themselves open this address
const unsubscribe = createRoute({
  getParentRoute: () => root,
  path: '/unsubscribe/$token',
  beforeLoad() {
    throw redirect({ ...paths.notifications(), replace: true })
  },
})

const sandbox = createRoute({
  getParentRoute: () => root,
  path: paths.sandbox.route,
  component: lazyPart(() => import('#features/sandbox/sandbox-page.tsx'), 'SandboxPage'),
})

const events = createRoute({
  getParentRoute: () => root,
  path: paths.events.route,
  component: lazyPart(() => import('#features/settings/events-page.tsx'), 'EventsPage'),
})

const help = createRoute({
  getParentRoute: () => root,
  path: paths.help.route,
  validateSearch: helpSearchSchema,
  component: lazyPart(() => import('#features/help/help-page.tsx'), 'HelpPage'),
})

const signature = createRoute({
  getParentRoute: () => root,
  path: paths.signature.route,
  component: lazyPart(() => import('#features/signature/signature-page.tsx'), 'SignaturePage'),
})

const developers = createRoute({
  getParentRoute: () => root,
  path: paths.developers.route,
  component: lazyPart(() => import('#features/developers/developers-page.tsx'), 'DevelopersPage'),
})

// the build leaves out what is never reached, and with it the page
const inDevelopment = import.meta.env.DEV
  ? [
      createRoute({
        getParentRoute: () => root,
        path: '/styles',
        component: lazyPart(() => import('#features/styles/styles-page.tsx'), 'StylesPage'),
      }),
    ]
  : []

const routeTree = root.addChildren([
  start,
  signIn,
  webhooks.addChildren([newWebhook, webhook]),
  fanOut,
  importPlan,
  coverage,
  destinations,
  activity,
  history,
  runs,
  run,
  notifications,
  watch,
  unsubscribe,
  sandbox,
  events,
  help,
  signature,
  developers,
  ...inDevelopment,
])

export function createAppRouter() {
  return createRouter({
    routeTree,
    defaultPreload: 'intent',
    defaultPendingComponent: PartWaiting,
    defaultErrorComponent: ErrorPage,
    parseSearch,
    stringifySearch: writeSearch,
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  // gives the router its own types
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
