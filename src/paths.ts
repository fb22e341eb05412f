/** Every address of the app. */
export const paths = {
  webhooks: '/webhooks',
  newWebhook: '/webhooks/new',
  webhook: '/webhooks/$id',
  /** Makes one webhook for every location and action that is ticked. */
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
