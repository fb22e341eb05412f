import { listShown, openMenu, rowOf, table } from './screens-kit.mjs'

const LIST = '/api/sys/webhooks'

/** The list of webhooks, full and otherwise. */
export async function listScreens({ state, sandbox }) {
  const admin = { account: 'admin' }
  const alert = (page) => page.getByRole('alert').waitFor()

  await state({ ...admin, name: 'list', caption: 'Webhooks: all' }, listShown)
  await state(
    { ...admin, name: 'list-second-page', caption: 'Webhooks: second page' },
    async (page) => {
      await page.getByRole('button', { name: 'Next page' }).click()
      await page.getByText('Showing 51–').waitFor()
    },
  )
  await state(
    {
      ...admin,
      name: 'list-filtered',
      caption: 'Webhooks: filtered and searched',
      address: '/webhooks?health=failing,stopped&q=invoice&sort=location',
    },
    listShown,
  )
  await state(
    {
      ...admin,
      name: 'list-unknown-filter',
      caption: 'Webhooks: a link with a filter that means nothing',
      address: '/webhooks?health=failing,broken',
    },
    listShown,
  )
  await state(
    {
      ...admin,
      name: 'list-no-match',
      caption: 'Webhooks: nothing matches',
      address: '/webhooks?q=zebra',
    },
    (page) => page.getByText('No webhook matches').first().waitFor(),
  )
  for (const label of ['Location', 'Action']) {
    await state(
      {
        ...admin,
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
    { ...admin, name: 'list-row-menu', caption: 'Webhooks: menu of a row' },
    async (page) => openMenu(page, await firstName(page)),
  )
  await state(
    { ...admin, name: 'list-paused', caption: 'Webhooks: paused, with Undo; the order waits' },
    async (page) => {
      const name = await firstActive(page)
      await rowOf(page, name).getByRole('switch').click()
      await page.getByRole('button', { name: 'Undo' }).waitFor()
    },
  )
  await state(
    { ...admin, name: 'list-pause-refused', caption: 'Webhooks: pausing was refused' },
    async (page) => {
      const name = await firstActive(page)
      await sandbox.fault({
        kind: 'refuse',
        method: 'PUT',
        errors: [{ PropertyName: 'Active', Message: 'This webhook is locked.' }],
      })
      await rowOf(page, name).getByRole('switch').click()
      await table(page).getByRole('alert').waitFor()
    },
  )
  await state(
    { ...admin, name: 'list-loading', caption: 'Webhooks: being read', address: '/nowhere' },
    async (page) => {
      await sandbox.fault({ kind: 'slow', path: LIST, delayMs: 6000 })
      await page.goto(new URL('/webhooks', page.url()).href)
      await page.getByRole('heading', { name: 'Webhooks' }).waitFor()
    },
  )
  await state(
    { ...admin, name: 'list-failed', caption: 'Webhooks: could not be read', address: '/nowhere' },
    async (page) => {
      await sandbox.fault({ kind: 'error', path: LIST })
      await page.goto(new URL('/webhooks', page.url()).href)
      await alert(page)
    },
  )
  await state(
    { ...admin, name: 'list-failed-again', caption: 'Webhooks: could not be read again' },
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
    async (page) => openMenu(page, await firstName(page)),
  )
  await state(
    { account: 'manager', name: 'list-manager', caption: 'Webhooks: two locations, no creating' },
    listShown,
  )
  await state(
    { ...admin, name: 'list-account-menu', caption: 'The menu of the account' },
    async (page) => {
      await page.getByRole('button', { name: 'Account:' }).click()
      await page.getByRole('menu').waitFor()
    },
  )
  await state(
    { ...admin, name: 'list-colours-menu', caption: 'The choice of colours' },
    async (page) => {
      await page.getByRole('button', { name: 'Colours:' }).click()
      await page.getByRole('menu').waitFor()
    },
  )
  await state(
    {
      ...admin,
      name: 'not-found',
      caption: 'An address that leads nowhere',
      address: '/nowhere',
    },
    (page) => page.getByText('Page not found').waitFor(),
  )
  await state(
    { ...admin, name: 'old-page', caption: 'A page from before an update', address: '/nowhere' },
    async (page) => {
      // the parts of an old page are gone from the server
      await page.route(/\/assets\/panels/, (route) => route.fulfill({ status: 404 }))
      await page.goto(new URL('/webhooks/new', page.url()).href)
      await page.getByText('Reload the page').waitFor()
    },
  )
}

export async function emptyNetworkScreen({ state, sandbox }) {
  for (const { Id } of await sandbox.list()) await sandbox.remove(Id)
  await state(
    { account: 'admin', name: 'list-empty', caption: 'Webhooks: there are none yet' },
    (page) => page.getByText('No webhooks yet').waitFor(),
  )
}

const firstName = async (page) =>
  table(page).getByRole('rowheader').getByRole('link').first().innerText()

/** Of the first webhook that is on. */
async function firstActive(page) {
  await listShown(page)
  const row = table(page)
    .getByRole('row')
    .filter({ has: page.getByRole('switch', { checked: true }) })
  return row.first().getByRole('link').innerText()
}
