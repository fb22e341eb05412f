import type { Page } from '@playwright/test'

import { ANCOATS, SHOREDITCH, uniqueName } from '#tools/network.mjs'
import { expect, test } from '#e2e/support/fixtures.ts'

const LIST = { method: 'GET', path: '/api/sys/webhooks' }

test.beforeEach(({ signIn }) => signIn('admin'))

test('the list is a table with named columns', async ({ webhooksPage }) => {
  await webhooksPage.open()
  const headers = webhooksPage.table().getByRole('columnheader')
  await expect(headers).toHaveText([
    // the first column has a tick box
    '',
    'Name',
    'Location',
    'Action',
    'Destination',
    'Health',
    'Last triggered',
    'Active',
    'More',
  ])
  await expect(webhooksPage.rows().first().getByRole('rowheader')).toBeVisible()
})

test('webhooks that need attention come first, and the page says so', async ({ webhooksPage }) => {
  const states = [
    'Stopped',
    'About to stop',
    'Failing',
    'On watch',
    'Paused',
    'Off',
    'Not triggered yet',
    'Working',
  ]
  await webhooksPage.open()
  await expect(webhooksPage.foot()).toContainText('Sorted by: needs attention first')
  await expect(webhooksPage.columnHeader('Health')).toHaveAttribute('aria-sort', 'ascending')
  await expect(webhooksPage.rows().first()).toBeVisible()
  const cells = await webhooksPage
    .rows()
    .evaluateAll((rows) => rows.map((row) => row.children[5]?.textContent ?? ''))
  const ranks = cells.map((text) => states.findIndex((state) => text.startsWith(state)))
  expect(ranks).not.toContain(-1)
  expect(ranks).toEqual(ranks.toSorted((a, b) => a - b))
})

test('every column sorts by its header, both ways', async ({ webhooksPage, sandbox }) => {
  const { Name } = await sandbox.seedWebhook()
  await webhooksPage.openFor(Name)
  const orders = {
    Name: 'name',
    Location: 'location',
    Action: 'action',
    Destination: 'destination',
    'Last triggered': 'last triggered',
    Active: 'active first',
    Health: 'needs attention first',
  }
  for (const [column, order] of Object.entries(orders)) {
    const header = webhooksPage.columnHeader(column)
    await header.getByRole('button').click()
    await expect(header).toHaveAttribute('aria-sort', 'ascending')
    await expect(webhooksPage.foot()).toContainText(`Sorted by: ${order}`)
    await header.getByRole('button').click()
    await expect(header).toHaveAttribute('aria-sort', 'descending')
    await expect(webhooksPage.foot()).toContainText(`Sorted by: ${order}, reversed`)
  }
})

test('sorting by name ignores case and accents', async ({ webhooksPage, sandbox }) => {
  const prefix = uniqueName()
  const names = ['abel', 'Éclair', 'Edgar', 'zoe'].map((name) => `${prefix} ${name}`)
  for (const Name of names.toReversed()) await sandbox.seedWebhook({ Name })
  await webhooksPage.open(`?q=${prefix}&sort=name`)
  await expect(webhooksPage.names()).toHaveText(names)
})

test('a search narrows the list, and is in the address', async ({
  page,
  webhooksPage,
  sandbox,
}) => {
  const { Name, Id } = await sandbox.seedWebhook()
  await webhooksPage.open()
  await webhooksPage.search().fill(Name.toUpperCase())
  await expect(webhooksPage.names()).toHaveText([Name])
  await expect(page).toHaveURL(/\?q=E2E/)
  await webhooksPage.search().fill(String(Id))
  await expect(webhooksPage.names()).toHaveText([Name])
  await page.getByRole('button', { name: 'Clear the search' }).click()
  await expect(webhooksPage.search()).toHaveValue('')
  await expect(page).toHaveURL('/webhooks')
})

test('a health chip shows a count, and filters by it', async ({ page, webhooksPage }) => {
  await webhooksPage.open()
  const chip = webhooksPage.healthChip('About to stop')
  await expect(chip).toHaveAttribute('aria-current', 'false')
  const count = (await chip.textContent())?.replaceAll(/\D/g, '')
  await chip.click()
  await expect(chip).toHaveAttribute('aria-current', 'true')
  await expect(webhooksPage.foot()).toContainText(`of ${count} `)
  await expect(page).toHaveURL('/webhooks?health=about-to-stop')
})

test('locations and actions filter with counts, and each filter can be removed', async ({
  page,
  webhooksPage,
}) => {
  await webhooksPage.open()
  await webhooksPage.filterButton('Location').click()
  const menu = webhooksPage.filterMenu('Location')
  await menu.getByRole('textbox', { name: 'Find a location' }).fill('ancoats')
  const box = menu.getByRole('checkbox', { name: ANCOATS.name })
  const count = (await menu.getByText(/^\d+$/).textContent()) ?? ''
  await box.click()
  await page.keyboard.press('Escape')

  await expect(webhooksPage.foot()).toContainText(`of ${count} `)
  const chip = webhooksPage.chosenFilters().getByRole('button', {
    name: `Remove Location: ${ANCOATS.name}`,
  })
  await expect(chip).toBeVisible()
  await expect(page).toHaveURL(`/webhooks?locations=${ANCOATS.id}`)

  await webhooksPage.filterButton('Action').click()
  const actions = webhooksPage.filterMenu('Action')
  await actions.getByRole('checkbox').first().click()
  await page.keyboard.press('Escape')
  await expect(webhooksPage.chosenFilters().getByRole('button', { name: /^Remove/ })).toHaveCount(2)

  await chip.click()
  await expect(chip).toBeHidden()
  await webhooksPage.chosenFilters().getByRole('button', { name: 'Clear filters' }).click()
  await expect(page).toHaveURL('/webhooks')
})

test('the address restores everything after a reload', async ({ page, webhooksPage }) => {
  await webhooksPage.open()
  await webhooksPage.healthChip('Working').click()
  await webhooksPage.filterButton('Location').click()
  await webhooksPage.filterMenu('Location').getByRole('checkbox', { name: SHOREDITCH.name }).click()
  await page.keyboard.press('Escape')
  await webhooksPage.columnHeader('Name').getByRole('button').click()
  await webhooksPage.columnHeader('Name').getByRole('button').click()
  await webhooksPage.search().fill('door')
  await expect(page).toHaveURL(/q=door/)
  const names = await webhooksPage.names().allTextContents()
  expect(names.length).toBeGreaterThan(1)

  await page.reload()
  await expect(webhooksPage.names()).toHaveText(names)
  await expect(webhooksPage.search()).toHaveValue('door')
  await expect(webhooksPage.healthChip('Working')).toHaveAttribute('aria-current', 'true')
  await expect(webhooksPage.columnHeader('Name')).toHaveAttribute('aria-sort', 'descending')
  await expect(webhooksPage.chosenFilters()).toContainText(`Location: ${SHOREDITCH.name}`)
})

test('Back undoes a filter, not a letter', async ({ page, webhooksPage }) => {
  await webhooksPage.open()
  await webhooksPage.healthChip('Working').click()
  await expect(page).toHaveURL('/webhooks?health=working')
  await webhooksPage.search().pressSequentially('door')
  await expect(page).toHaveURL(/q=door/)
  await webhooksPage.filterButton('Action').click()
  await page.getByRole('dialog', { name: 'Action' }).getByRole('checkbox').first().click()
  await expect(page).toHaveURL(/actions=\d/)
  await page.keyboard.press('Escape')

  await page.goBack()
  await expect(page).toHaveURL('/webhooks?health=working&q=door')
  await page.goBack()
  await expect(page).toHaveURL('/webhooks')
  await expect(webhooksPage.search()).toHaveValue('')
})

test('an unknown filter is dropped, and the page says so', async ({ page, webhooksPage }) => {
  await webhooksPage.open('?health=failing,brokn&sort=colour')
  await expect(page.getByRole('note')).toHaveText(
    'Ignored 2 filters that Hookdesk does not know: health=brokn, sort=colour',
  )
  await expect(webhooksPage.healthChip('Failing')).toHaveAttribute('aria-current', 'true')
})

test('the first reading of the list is announced', async ({ page, webhooksPage, sandbox }) => {
  await sandbox.fault({ ...LIST, kind: 'slow', delayMs: 2_000 })
  await webhooksPage.open()
  await expect(page.getByText('Loading webhooks …')).toBeAttached()
  await expect(webhooksPage.table()).toBeVisible()
  await expect(page.getByText('Loading webhooks …')).toBeHidden()
})

for (const [kind, words] of Object.entries({
  error: 'Nexudus failed (500).',
  drop: 'Hookdesk could not reach Nexudus.',
  html: 'Nexudus answered with a web page instead of data.',
  broken_json: 'Nexudus sent incomplete data.',
  too_large: 'Nexudus sent more data than Hookdesk accepts.',
})) {
  test(`a list that cannot be read (${kind}) explains why, and offers another try`, async ({
    page,
    webhooksPage,
    sandbox,
    expectConsole,
  }) => {
    expectConsole(/502/)
    await sandbox.fault({ ...LIST, kind, times: 20 })
    await webhooksPage.open()
    const problem = page.getByRole('alert')
    await expect(problem).toContainText('Hookdesk could not read the webhooks')
    await expect(problem).toContainText(`${words} Your webhooks keep running.`)
    await expect(webhooksPage.table()).toBeHidden()

    await sandbox.clearFaults()
    await problem.getByRole('button', { name: 'Try again' }).click()
    await expect(webhooksPage.table()).toBeVisible()
    await expect(problem).toBeHidden()
  })
}

test('a later failed reading leaves the rows, and the page says how old they are', async ({
  page,
  webhooksPage,
  sandbox,
  expectConsole,
}) => {
  expectConsole(/502/)
  await webhooksPage.open()
  await expect(page.getByText('Checked just now')).toBeVisible()
  await sandbox.fault({ ...LIST, kind: 'error', times: 10 })
  await webhooksPage.refresh().click()
  await expect(page.getByRole('alert')).toContainText('This page may be out of date')
  await expect(page.getByRole('alert')).toContainText('Last read just now.')
  await expect(webhooksPage.rows().first()).toBeVisible()
})

test('a search without matches offers a way back', async ({ page, webhooksPage }) => {
  await webhooksPage.open('?q=nothing-has-this-name&health=working')
  await expect(page.getByText(/^No webhook matches (these filters|“.*”)\.$/)).toBeVisible()
  await page.getByRole('main').getByRole('button', { name: 'Clear filters' }).last().click()
  await expect(webhooksPage.table()).toBeVisible()
  await expect(page).toHaveURL('/webhooks')
})

test('a description is unknown until the webhook is opened', async ({
  form,
  webhooksPage,
  sandbox,
}) => {
  const { Name } = await sandbox.seedWebhook({ Description: 'Feeds the warehouse' })
  await webhooksPage.openFor(Name)
  await expect(webhooksPage.row(Name)).not.toContainText('Feeds the warehouse')
  await webhooksPage.link(Name).click()
  await expect(form.description()).toHaveValue('Feeds the warehouse')
  await form.close().click()
  await expect(webhooksPage.row(Name)).toContainText('Feeds the warehouse')
})

test('no key in a URL is shown, searched or put into a title', async ({
  page,
  form,
  webhooksPage,
  sandbox,
}) => {
  const secret = 'nl_live_s3cr3t'
  const { Name } = await sandbox.seedWebhook({
    URL: `https://receiver.example.com/in?key=${secret}&source=nexudus#${secret}`,
  })
  await webhooksPage.openFor(Name)
  await expect(webhooksPage.row(Name)).toContainText('/in?key=••••&source=••••#••••')
  await webhooksPage.link(Name).click()
  await expect(form.name()).toHaveValue(Name)
  expect(await page.content()).not.toContain(`>${secret}`)
  expect(await shownText(page)).not.toContain(secret)
  expect(await page.title()).not.toContain(secret)

  await webhooksPage.search().fill(secret)
  await expect(page.getByText(/^No webhook matches (these filters|“.*”)\.$/)).toBeVisible()
})

test('no key of the whole network is shown', async ({ page, webhooksPage }) => {
  await webhooksPage.open()
  await expect(webhooksPage.rows().first()).toBeVisible()
  expect(await shownText(page)).not.toMatch(/nl_live_|sk_test_|apikey=[^•]/)
})

test('the exact time is available by keyboard, and Escape hides it', async ({
  page,
  webhooksPage,
}) => {
  await webhooksPage.open('?health=failing')
  const time = webhooksPage.rows().first().getByRole('cell').getByRole('button').first()
  await time.focus()
  const tip = page.getByRole('tooltip')
  await expect(tip).toContainText(/\d{2}:\d{2}:\d{2} \(Europe\/London\) · .* UTC$/)
  await expect(time).toHaveAccessibleDescription(/UTC/)
  await page.keyboard.press('Escape')
  await expect(tip).toBeHidden()
})

test('a webhook that never fired says so', async ({ webhooksPage, sandbox }) => {
  const { Name } = await sandbox.seedWebhook()
  await webhooksPage.openFor(Name)
  await expect(webhooksPage.row(Name)).toContainText('Not yet')
  await expect(webhooksPage.row(Name)).toContainText('Not triggered yet')
})

test('an action that is not in the catalogue is shown by its number', async ({
  webhooksPage,
  sandbox,
}) => {
  const { Name } = await sandbox.seedWebhook({ Action: 142 })
  await webhooksPage.openFor(Name)
  await expect(webhooksPage.row(Name)).toContainText('Action 142 (unknown to Hookdesk)')
})

test('a refresh does not move a row from under the pointer', async ({
  page,
  webhooksPage,
  sandbox,
}) => {
  const prefix = uniqueName()
  const first = await sandbox.seedWebhook({ Name: `${prefix} b` })
  const second = await sandbox.seedWebhook({ Name: `${prefix} c` })
  await webhooksPage.open(`?q=${prefix}&sort=name`)
  await webhooksPage.row(first.Name).hover()
  await sandbox.changeWebhook(second.Id, { Name: `${prefix} a` })

  // by keyboard, so that the pointer stays where it is
  await webhooksPage.refresh().press('Enter')
  await expect(webhooksPage.link(`${prefix} a`)).toBeVisible()
  await expect(webhooksPage.names()).toHaveText([`${prefix} b`, `${prefix} a`])

  await page.getByRole('button', { name: 'The order has changed. Update list' }).click()
  await expect(webhooksPage.names()).toHaveText([`${prefix} a`, `${prefix} b`])
})

test('a refresh without a pointer over the rows shows the new order at once', async ({
  webhooksPage,
  sandbox,
}) => {
  const prefix = uniqueName()
  await sandbox.seedWebhook({ Name: `${prefix} b` })
  const second = await sandbox.seedWebhook({ Name: `${prefix} c` })
  await webhooksPage.open(`?q=${prefix}&sort=name`)
  await expect(webhooksPage.rows()).toHaveCount(2)
  await sandbox.changeWebhook(second.Id, { Name: `${prefix} a` })
  await webhooksPage.refresh().click()
  await expect(webhooksPage.names()).toHaveText([`${prefix} a`, `${prefix} b`])
  await expect(webhooksPage.status()).toHaveText('Refreshed.')
})

test('pages turn, and the shown range is named', async ({ page, webhooksPage }) => {
  await webhooksPage.open()
  await expect(webhooksPage.foot()).toContainText(/^Showing 1–50 of \d+/)
  const first = await webhooksPage.names().first().textContent()
  await webhooksPage.pages().getByRole('button', { name: 'Page 2' }).click()
  await expect(webhooksPage.foot()).toContainText(/^Showing 51–\d+ of/)
  await expect(webhooksPage.names().first()).not.toHaveText(first ?? '')
  await expect(page).toHaveURL('/webhooks?page=2')
  await page.reload()
  await expect(webhooksPage.foot()).toContainText(/^Showing 51–/)
})

test('the title shows how many webhooks need attention', async ({ page, webhooksPage }) => {
  await webhooksPage.open()
  await expect(page).toHaveTitle(/^\(\d+\) Webhooks · Hookdesk$/)
})

test('a webhook’s id can be copied from its menu', async ({
  page,
  context,
  webhooksPage,
  sandbox,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const { Id, Name } = await sandbox.seedWebhook()
  await webhooksPage.openFor(Name)
  await webhooksPage.menuButton(Name).click()
  await webhooksPage.menuItem('Copy id').click()
  await expect(webhooksPage.notices()).toContainText(`Copied ${Id}`)
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(String(Id))
})

const shownText = (page: Page) => page.evaluate(() => document.body.innerText)

test('a webhook too large to be sent is left out, and the others are listed', async ({
  page,
  webhooksPage,
  sandbox,
  expectConsole,
}) => {
  expectConsole(/status of 502/)
  // a record contains its name twice: together more than the 8 MiB that an answer may have
  const large = await sandbox.seedWebhook({ Name: 'x'.repeat(4.5 * 1024 * 1024) })
  const { Name } = await sandbox.seedWebhook()
  try {
    await webhooksPage.openFor(Name)
    await expect(webhooksPage.row(Name)).toBeVisible()
    await expect(page.getByText(/could not read 1 of \d+ webhooks: too large/)).toBeVisible()
  } finally {
    // otherwise every later test would read in small pages
    await sandbox.deleteWebhook(large.Id)
  }
})
