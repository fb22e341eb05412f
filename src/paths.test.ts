import { expect, it } from 'vitest'

import { hrefOf, paths } from './paths.ts'

it('screens have these addresses', () => {
  const hrefs = Object.entries(paths).map(([name, path]) => [name, hrefOf(path(7))])
  expect(Object.fromEntries(hrefs)).toEqual({
    attention: '/',
    webhooks: '/webhooks',
    newWebhook: '/webhooks/new',
    webhook: '/webhooks/7',
    fanOut: '/webhooks/fan-out',
    importPlan: '/webhooks/import',
    coverage: '/coverage',
    destinations: '/destinations',
    activity: '/activity',
    run: '/runs/7',
    notifications: '/settings/notifications',
    watch: '/settings/watch',
    sandbox: '/sandbox',
    events: '/docs/events',
    help: '/help',
    signature: '/tools/signature',
    developers: '/developers',
  })
})

it('search parameters are written after the address of a screen', () => {
  expect(hrefOf(paths.webhook(7), { tab: 'history', copy: undefined })).toBe(
    '/webhooks/7?tab=history',
  )
})
