import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { lazy } from 'react'

import { coverageSearchSchema } from '#features/coverage/search.ts'
import { destinationsSearchSchema } from '#features/destinations/search.ts'
import { fanOutSearchSchema } from '#features/fan-out/search.ts'
import { historySearchSchema } from '#features/history/history-search.ts'
import { listSearchSchema, prefillSchema, tabSchema } from '#features/webhooks/search.ts'
import { WebhooksPage } from '#features/webhooks/webhooks-page.tsx'
import { paths } from '#paths'

import { ErrorPage, NotFoundPage } from './error-page.tsx'
import { Shell } from './shell.tsx'

const root = createRootRoute({
  component: Shell,
  notFoundComponent: NotFoundPage,
})

const toWebhooks = () => {
  throw redirect({ to: paths.webhooks, replace: true })
}

const start = createRoute({ getParentRoute: () => root, path: '/', beforeLoad: toWebhooks })

// an old bookmark: whoever is not signed in gets the sign-in page at any address
const signIn = createRoute({ getParentRoute: () => root, path: '/sign-in', beforeLoad: toWebhooks })

const ExportDialog = lazy(() =>
  import('#features/plan/export-dialog.tsx').then((room) => ({ default: room.ExportDialog })),
)

const webhooks = createRoute({
  getParentRoute: () => root,
  path: paths.webhooks,
  validateSearch: listSearchSchema,
  // one feature beside another: the list opens it, and knows nothing of it
  component: () => <WebhooksPage ExportDialog={ExportDialog} />,
})

const newWebhook = createRoute({
  getParentRoute: () => webhooks,
  path: 'new',
  validateSearch: prefillSchema,
  component: lazyRouteComponent(
    () => import('#features/webhooks/new-webhook-panel.tsx'),
    'NewWebhookPanel',
  ),
})

const WebhookHistory = lazy(() =>
  import('#features/history/webhook-history.tsx').then((room) => ({
    default: room.WebhookHistory,
  })),
)

const webhook = createRoute({
  getParentRoute: () => webhooks,
  path: '$id',
  validateSearch: tabSchema,
  // one feature beside another: the panel shows it, and knows nothing of it
  context: () => ({ WebhookHistory }),
  component: lazyRouteComponent(
    () => import('#features/webhooks/edit-webhook-panel.tsx'),
    'EditWebhookPanel',
  ),
})

const fanOut = createRoute({
  getParentRoute: () => root,
  path: paths.fanOut,
  validateSearch: fanOutSearchSchema,
  component: lazyRouteComponent(() => import('#features/fan-out/fan-out-page.tsx'), 'FanOutPage'),
})

const importPlan = createRoute({
  getParentRoute: () => root,
  path: paths.importPlan,
  component: lazyRouteComponent(
    () => import('#features/plan/import-plan-page.tsx'),
    'ImportPlanPage',
  ),
})

const coverage = createRoute({
  getParentRoute: () => root,
  path: paths.coverage,
  validateSearch: coverageSearchSchema,
  component: lazyRouteComponent(
    () => import('#features/coverage/coverage-page.tsx'),
    'CoveragePage',
  ),
})

const destinations = createRoute({
  getParentRoute: () => root,
  path: paths.destinations,
  validateSearch: destinationsSearchSchema,
  component: lazyRouteComponent(
    () => import('#features/destinations/destinations-page.tsx'),
    'DestinationsPage',
  ),
})

const history = createRoute({
  getParentRoute: () => root,
  path: paths.history,
  validateSearch: historySearchSchema,
  component: lazyRouteComponent(() => import('#features/history/history-page.tsx'), 'HistoryPage'),
})

const runs = createRoute({
  getParentRoute: () => root,
  path: paths.runs,
  component: lazyRouteComponent(() => import('#features/runs/runs-page.tsx'), 'RunsPage'),
})

const run = createRoute({
  getParentRoute: () => root,
  path: paths.run,
  component: lazyRouteComponent(() => import('#features/runs/run-page.tsx'), 'RunPage'),
})

const sandbox = createRoute({
  getParentRoute: () => root,
  path: paths.sandbox,
  component: lazyRouteComponent(() => import('#features/sandbox/sandbox-page.tsx'), 'SandboxPage'),
})

const signature = createRoute({
  getParentRoute: () => root,
  path: paths.signature,
  component: lazyRouteComponent(
    () => import('#features/signature/signature-page.tsx'),
    'SignaturePage',
  ),
})

const routeTree = root.addChildren([
  start,
  signIn,
  webhooks.addChildren([newWebhook, webhook]),
  fanOut,
  importPlan,
  coverage,
  destinations,
  history,
  runs,
  run,
  sandbox,
  signature,
])

export function createAppRouter() {
  return createRouter({
    routeTree,
    defaultPreload: 'intent',
    defaultErrorComponent: ErrorPage,
    parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
    stringifySearch,
    scrollRestoration: true,
  })
}

/**
 * Addresses are read by people: ?health=failing, not ?health=%22failing%22. The router's own
 * reading would make a number of `locations=1400000002`, and every value here is a text.
 */
function stringifySearch(search: Record<string, unknown>): string {
  const given = Object.entries(search).filter(([, value]) => value !== undefined)
  const text = String(new URLSearchParams(given.map(([name, value]) => [name, String(value)])))
  return text && `?${text}`
}

declare module '@tanstack/react-router' {
  // how the router learns its own types
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
