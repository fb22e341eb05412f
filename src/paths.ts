/** Every address of the app. */
export const paths = {
  webhooks: '/webhooks',
  newWebhook: '/webhooks/new',
  webhook: '/webhooks/$id',
  sandbox: '/sandbox',
  signature: '/tools/signature',
} as const
