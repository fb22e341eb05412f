import { listShown, WebhooksPage } from '#tools/pages/webhooks-page.mjs'

import { ADMIN } from './kit.mjs'

/**
 * @import { Page } from '@playwright/test'
 * @import { Kit } from './kit.mjs'
 */

const LIST = '/api/sys/webhooks'

/**
 * Pictures of the list of webhooks, full, empty and failing.
 *
 * @param {Kit} kit
 */
export async function listScreens({ state, sandbox, width }) {
  const alert = (/** @type {Page} */ page) => page.getByRole('alert').waitFor()

  await state({ ...ADMIN, name: 'list', caption: 'Webhooks: all' }, listShown)
  await state(
    { ...ADMIN, name: 'list-second-page', caption: 'Webhooks: second page' },
    async (page) => {
      await page.getByRole('button', { name: 'Next page' }).click()
      await page.getByText('Showing 51–').waitFor()
    },
  )
  await state(
    {
      ...ADMIN,
      name: 'list-filtered',
      caption: 'Webhooks: filtered and searched',
      address: '/webhooks?health=failing,stopped&q=invoice&sort=location',
    },
    listShown,
  )
  await state(
    {
      ...ADMIN,
      name: 'list-unknown-filter',
      caption: 'Webhooks: a link with a filter that means nothing',
      address: '/webhooks?health=failing,broken',
    },
    listShown,
  )
  await state(
    {
      ...ADMIN,
      name: 'list-no-match',
      caption: 'Webhooks: nothing matches',
      address: '/webhooks?q=zebra',
    },
    (page) => page.getByText('No webhook matches').first().waitFor(),
  )
  for (const label of ['Location', 'Action']) {
    await state(
      {
        ...ADMIN,
        name: `list-filter-${label.toLowerCase()}`,
        caption: `Webhooks: filter by ${label.toLowerCase()}`,
      },
      async (page) => {
        await listShown(page)
        await page.getByRole('search').getByRole('button', { name: label }).click()
        const boxes = page.getByRole('dialog').getByRole('checkbox')
        await boxes.nth(1).check()
        await boxes.nth(2).check()
      },
    )
  }
  await state(
    { ...ADMIN, name: 'list-row-menu', caption: 'Webhooks: menu of a row' },
    async (page) => new WebhooksPage(page).openMenu(await firstName(page)),
  )
  await state({ ...ADMIN, name: 'command-box', caption: 'Ctrl K: a few letters' }, async (page) => {
    await page.getByRole('button', { name: 'Go to, or do (Ctrl K)' }).click()
    await page.getByRole('combobox').fill('pause dublin')
    await page.getByRole('option').first().waitFor()
  })
  await state(
    {
      ...ADMIN,
      name: 'list-save-view',
      caption: 'Webhooks: a view is saved',
      address: '/webhooks?health=failing,stopped',
    },
    async (page) => {
      await page.getByRole('button', { name: 'Save view…' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
      await page.getByText('Give the view a name.').waitFor()
    },
  )
  if (width >= 1280) {
    await state({ ...ADMIN, name: 'list-view', caption: 'Webhooks: rows and columns' }, (page) =>
      page.getByRole('button', { name: 'Layout' }).click(),
    )
  }
  await state(
    { ...ADMIN, name: 'list-paused', caption: 'Webhooks: paused, with Undo; the order waits' },
    async (page) => {
      const name = await firstActive(page)
      await new WebhooksPage(page).row(name).getByRole('switch').click()
      await page.getByRole('button', { name: 'Undo' }).waitFor()
    },
  )
  await state(
    { ...ADMIN, name: 'list-pause-refused', caption: 'Webhooks: pausing was refused' },
    async (page) => {
      const name = await firstActive(page)
      await sandbox.fault({
        kind: 'refuse',
        method: 'PUT',
        errors: [{ PropertyName: 'Active', Message: 'This webhook is locked.' }],
      })
      await new WebhooksPage(page).row(name).getByRole('switch').click()
      await new WebhooksPage(page).table().getByRole('alert').waitFor()
    },
  )
  await state(
    { ...ADMIN, name: 'list-loading', caption: 'Webhooks: being read', address: '/nowhere' },
    async (page) => {
      await sandbox.fault({ kind: 'slow', path: LIST, delayMs: 6000 })
      await page.goto(new URL('/webhooks', page.url()).href)
      await page.getByRole('heading', { name: 'Webhooks' }).waitFor()
    },
  )
  await state(
    { ...ADMIN, name: 'list-failed', caption: 'Webhooks: could not be read', address: '/nowhere' },
    async (page) => {
      await sandbox.fault({ kind: 'error', path: LIST })
      await page.goto(new URL('/webhooks', page.url()).href)
      await alert(page)
    },
  )
  await state(
    { ...ADMIN, name: 'list-failed-again', caption: 'Webhooks: could not be read again' },
    async (page) => {
      await listShown(page)
      await sandbox.fault({ kind: 'error', path: LIST })
      await page.getByRole('button', { name: 'Refresh' }).click()
      await alert(page)
    },
  )
  await state(
    { account: 'norole', name: 'list-no-right', caption: 'Webhooks: no right to see any' },
    (page) => page.getByText('cannot list webhooks').waitFor(),
  )
  await state(
    { account: 'viewer', name: 'list-viewer', caption: 'Webhooks: who may only look' },
    listShown,
  )
  await state(
    { account: 'viewer', name: 'list-viewer-menu', caption: 'Webhooks: menu, who may only look' },
    async (page) => new WebhooksPage(page).openMenu(await firstName(page)),
  )
  await state(
    { account: 'manager', name: 'list-manager', caption: 'Webhooks: two locations, no creating' },
    listShown,
  )
  await state(
    { ...ADMIN, name: 'list-account-menu', caption: 'The menu of the account' },
    async (page) => {
      await page.getByRole('button', { name: 'Account:' }).click()
      await page.getByRole('menu').waitFor()
    },
  )
  await state(
    {
      ...ADMIN,
      name: 'not-found',
      caption: 'An address that leads nowhere',
      address: '/nowhere',
    },
    (page) => page.getByText('Page not found').waitFor(),
  )
  await state(
    { ...ADMIN, name: 'old-page', caption: 'A page from before an update', address: '/nowhere' },
    async (page) => {
      // the server no longer has the parts of an old page
      await page.route(/\/assets\/new-webhook-panel/, (route) => route.fulfill({ status: 404 }))
      await page.goto(new URL('/webhooks/new', page.url()).href)
      await page.getByRole('heading', { name: 'Hookdesk was updated' }).waitFor()
    },
  )
}

/** @param {Kit} kit */
export async function emptyNetworkScreen({ state, sandbox }) {
  await sandbox.deleteEveryWebhook()
  await state(
    { account: 'admin', name: 'list-empty', caption: 'Webhooks: there are none yet' },
    (page) => page.getByText('No webhooks yet').waitFor(),
  )
}

/** @param {Page} page */
const firstName = async (page) =>
  new WebhooksPage(page).table().getByRole('rowheader').getByRole('link').first().innerText()

/**
 * The name of the first webhook that is on.
 *
 * @param {Page} page
 */
async function firstActive(page) {
  await listShown(page)
  const row = new WebhooksPage(page)
    .table()
    .getByRole('row')
    .filter({ has: page.getByRole('switch', { checked: true }) })
  return row.first().getByRole('link').innerText()
}
