import { expect, testWith } from '#e2e/support/fixtures.ts'
import { hold } from '#e2e/support/hold.ts'

/** A product with 500 locations and 10,000 webhooks. */
const test = testWith({ SANDBOX_SEED: 'large' })

test('ten thousand webhooks are listed, searched, filtered and paged', async ({
  page,
  signIn,
  webhooksPage,
}) => {
  await signIn('admin')
  await webhooksPage.open()
  await expect(webhooksPage.foot()).toContainText('Showing 1–50 of 10,000', { timeout: 90_000 })

  await webhooksPage.pages().getByRole('button', { name: 'Page 200' }).click()
  await expect(webhooksPage.foot()).toContainText('Showing 9,951–10,000 of 10,000')
  await webhooksPage.pages().getByRole('button', { name: 'Previous page' }).click()
  await expect(webhooksPage.foot()).toContainText('Showing 9,901–9,950 of 10,000')

  await webhooksPage.healthChip('Stopped').click()
  await expect(webhooksPage.foot()).not.toContainText('of 10,000')
  await expect(webhooksPage.rows().first()).toContainText('10 of 10')

  await webhooksPage.healthChip('Stopped').click()
  await webhooksPage.search().fill('ProposalCreated 10000')
  await expect(page).toHaveURL(/q=ProposalCreated\+10000/)
  await webhooksPage.search().fill('')
  await expect(webhooksPage.foot()).toContainText('Showing 1–50 of 10,000')
  const name = await webhooksPage.names().first().innerText()
  await webhooksPage.search().fill(name)
  await expect(webhooksPage.link(name)).toBeVisible()
})

test('the first rows are there before the last, and say how many are read', async ({
  page,
  signIn,
  webhooksPage,
}) => {
  await signIn('admin')
  const release = await hold(page, '**/api/sys/webhooks?page=5&*', 'GET')
  await webhooksPage.open()
  const progress = page.getByRole('progressbar', { name: 'Webhooks read' })
  await expect(progress).toHaveAttribute('aria-valuenow', '4000', { timeout: 60_000 })
  await expect(page.getByText(/^4,000 of 10,\d+ webhooks read/)).toBeVisible()
  await expect(webhooksPage.rows()).toHaveCount(50)
  // a part of the list is neither changed nor exported
  const first = webhooksPage.rows().first().getByRole('switch')
  await expect(first).toHaveAttribute('aria-disabled', 'true')
  await expect(page.getByRole('button', { name: 'Export list…' })).toBeDisabled()
  await webhooksPage.search().fill('Stopped')
  await expect(webhooksPage.rows().first()).toContainText('Stopped')
  await webhooksPage.search().fill('')
  release()
  await expect(webhooksPage.foot()).toContainText(/Showing 1–50 of 10,\d+/, { timeout: 60_000 })
  await expect(progress).toBeHidden()
  await expect(first).not.toHaveAttribute('aria-disabled', 'true')
})

test('a pause among ten thousand appears at once and lasts', async ({
  page,
  signIn,
  webhooksPage,
  sandbox,
}) => {
  await signIn('admin')
  const { Id, Name } = await sandbox.seedWebhook()
  await webhooksPage.openFor(Name)
  await webhooksPage.activeSwitch(Name).click()
  await expect(webhooksPage.activeSwitch(Name)).not.toBeChecked()
  await expect(page.getByText(`Paused “${Name}”.`).last()).toBeVisible()
  expect(await sandbox.readWebhook(Id)).toMatchObject({ Active: false })
})

test('the filter of 500 locations can be searched', async ({ page, signIn, webhooksPage }) => {
  await signIn('admin')
  await webhooksPage.open()
  await webhooksPage.filterButton('Location').click()
  const menu = webhooksPage.filterMenu('Location')
  await expect(menu).toContainText('500 found, the first 100 shown')
  await menu.getByRole('textbox').fill('Lisboa 45')
  await menu.getByRole('checkbox').first().click()
  await page.keyboard.press('Escape')
  await expect(webhooksPage.chosenFilters()).toContainText('Lisboa 45')
})

test('all ten thousand can be selected at once, and are too many for one run', async ({
  page,
  signIn,
  webhooksPage,
}) => {
  await signIn('admin')
  await webhooksPage.open()
  await page.getByRole('checkbox', { name: 'Select all on this page' }).click()
  await page.getByRole('button', { name: /^Select all 10,0\d\d that match$/ }).click()
  const bar = page.getByRole('region', { name: /^Selection: 10,0\d\d webhooks$/ })
  await bar.getByRole('button', { name: 'Pause', exact: true }).click()
  await expect(bar.getByRole('alert')).toContainText('One run takes at most 5,000 webhooks.')
  await expect(page).toHaveURL('/webhooks')
})
