import { writeSearch, type SearchValues } from '#ui/hooks/search-params.ts'

/** The patterns that the router matches. Only routes, and hooks that read one, name them. */
export const routes = {
  webhooks: '/webhooks',
  newWebhook: '/webhooks/new',
  webhook: '/webhooks/$id',
  fanOut: '/webhooks/fan-out',
  importPlan: '/webhooks/import',
  coverage: '/coverage',
  destinations: '/destinations',
  history: '/history',
  runs: '/runs',
  run: '/runs/$id',
  sandbox: '/sandbox',
  signature: '/tools/signature',
} as const

const withId = <To extends string>(to: To, id: number) => ({ to, params: { id: String(id) } })

/** Every address of the app, as links and `navigate` take it: `<Link {...paths.webhook(7)}>`. */
export const paths = {
  webhooks: () => ({ to: routes.webhooks }),
  newWebhook: () => ({ to: routes.newWebhook }),
  webhook: (id: number) => withId(routes.webhook, id),
  /** Makes one webhook for every location and action that is ticked. */
  fanOut: () => ({ to: routes.fanOut }),
  importPlan: () => ({ to: routes.importPlan }),
  coverage: () => ({ to: routes.coverage }),
  destinations: () => ({ to: routes.destinations }),
  history: () => ({ to: routes.history }),
  runs: () => ({ to: routes.runs }),
  run: (id: number) => withId(routes.run, id),
  sandbox: () => ({ to: routes.sandbox }),
  signature: () => ({ to: routes.signature }),
} as const

type Path = { to: string; params?: { id: string } }

/** An address as text, for plain links: a grid of the router's own would all look up at every step. */
export const hrefOf = ({ to, params }: Path, search: SearchValues = {}): string =>
  to.replace('$id', params?.id ?? '') + writeSearch(search)
