import { writeSearch, type SearchValues } from '#ui/hooks/search-params.ts'

// `route` is the pattern that the router matches: for routes, and for hooks that read one
const screen = <To extends string>(route: To) => Object.assign(() => ({ to: route }), { route })
const record = <To extends string>(route: To) =>
  Object.assign((id: number) => ({ to: route, params: { id: String(id) } }), { route })

/** Every address of the app, as links and `navigate` take it: `<Link {...paths.webhook(7)}>`. */
export const paths = {
  /** The start page. */
  attention: screen('/'),
  webhooks: screen('/webhooks'),
  newWebhook: screen('/webhooks/new'),
  webhook: record('/webhooks/$id'),
  /** The form that creates one webhook for every ticked location and action. */
  fanOut: screen('/webhooks/fan-out'),
  importPlan: screen('/webhooks/import'),
  coverage: screen('/coverage'),
  destinations: screen('/destinations'),
  /** Runs and changes. */
  activity: screen('/activity'),
  run: record('/runs/$id'),
  notifications: screen('/settings/notifications'),
  watch: screen('/settings/watch'),
  /** The documentation of what programs are sent. */
  events: screen('/docs/events'),
  /** The guide for people. */
  help: screen('/help'),
  sandbox: screen('/sandbox'),
  signature: screen('/tools/signature'),
  /** The start of the three before. */
  developers: screen('/developers'),
}

type Path = { to: string; params?: { id: string } }

/**
 * An address as text, for plain links: router links in a grid would all re-evaluate at every step.
 */
export const hrefOf = ({ to, params }: Path, search: SearchValues = {}): string =>
  to.replace('$id', params?.id ?? '') + writeSearch(search)
