import type { Page } from '@playwright/test'

import { viewsSchema } from '#contract/desk/views.ts'
import { expectAccessible } from '#e2e/support/accessible.ts'
import { expect, test } from '#e2e/support/fixtures.ts'
import { deskClient, signInToDesk } from '#tools/desk-session.mjs'
import { emailOf, PASSWORD } from '#tools/network.mjs'
import { WebhooksPage } from '#tools/pages/webhooks-page.mjs'

test.beforeEach(({ signIn }) => signIn('admin'))

// tests of a worker share their product
test.afterEach(async ({ product }) => {
  for (const account of ['admin', 'manager'] as const) {
    const session = await signInToDesk(product.url, { email: emailOf(account), password: PASSWORD })
    const ask = deskClient(product.url, session)
    const { views } = viewsSchema.parse(await ask('GET', '/desk/views'))
    for (const { id, isOwn } of views) if (isOwn) await ask('DELETE', `/desk/views/${id}`)
  }
})

const tabsOn = (page: Page) => page.getByRole('navigation', { name: 'Views' })
const tab = (page: Page, name: string | RegExp) => tabsOn(page).getByRole('link', { name })
const saveButton = (page: Page) => page.getByRole('button', { name: 'Save view…' })
const dialog = (page: Page, name: string) => page.getByRole('dialog', { name })
const more = (page: Page, name: string) =>
  page.getByRole('button', { name: `More for the view “${name}”` })

async function save(page: Page, name: string, { isShared = false } = {}) {
  await saveButton(page).click()
  const asking = dialog(page, 'Save view')
  await asking.getByLabel('Name').fill(name)
  if (isShared) await asking.getByLabel('Show it to everybody in this network').check()
  await asking.getByRole('button', { name: 'Save' }).click()
  await expect(tab(page, name)).toHaveAttribute('aria-current', 'page')
}

async function act(page: Page, name: string, item: string | RegExp) {
  await more(page, name).click()
  await page.getByRole('menuitem', { name: item }).click()
}

test('filters are saved under a name, altered, saved again, renamed and deleted', async ({
  page,
  webhooksPage,
}) => {
  await webhooksPage.open()
  await expect(webhooksPage.rows().first()).toBeVisible()
  await expect(tabsOn(page)).toBeHidden()
  await expect(saveButton(page)).toBeHidden()

  await webhooksPage.healthChip('Failing').click()
  await save(page, 'Broken')
  await expect(tab(page, 'Broken')).toBeFocused()
  await expect(saveButton(page)).toBeHidden()
  await page.reload()
  await expect(tab(page, 'Broken')).toHaveAttribute('aria-current', 'page')
  await expect(tab(page, 'Broken')).toHaveAttribute('href', '/webhooks?health=failing')

  // another name of the same filters is not needed; other filters are the view, changed
  await webhooksPage.healthChip('Stopped').click()
  await expect(tab(page, 'Broken changed')).not.toHaveAttribute('aria-current')
  await expect(saveButton(page)).toBeVisible()
  await act(page, 'Broken', 'Save changes to “Broken”')
  await expect(tab(page, 'Broken')).toHaveAttribute('aria-current', 'page')

  await tab(page, 'All').click()
  await expect(page).toHaveURL('/webhooks')
  await expect(tab(page, 'All')).toHaveAttribute('aria-current', 'page')
  await expect(more(page, 'Broken')).toBeHidden()
  await tab(page, 'Broken').press('Enter')
  await expect(webhooksPage.chosenFilters()).toContainText('Health: Stopped')
  await expect(webhooksPage.chosenFilters()).toContainText('Health: Failing')

  await act(page, 'Broken', 'Rename…')
  const renaming = dialog(page, 'Rename “Broken”')
  await renaming.getByLabel('Name').fill('In trouble')
  await page.keyboard.press('Enter')
  await expect(tab(page, 'In trouble')).toHaveAttribute('aria-current', 'page')

  await page.keyboard.press('Control+k')
  const box = page.getByRole('dialog', { name: 'Go to, or do' })
  await box.getByRole('combobox').fill('view trouble')
  await expect(box.getByRole('option', { name: 'View: In trouble' })).toBeVisible()
  await page.keyboard.press('Escape')

  await act(page, 'In trouble', 'Delete…')
  await dialog(page, 'Delete the view “In trouble”?')
    .getByRole('button', { name: 'Delete view' })
    .click()
  await expect(tab(page, 'In trouble')).toBeHidden()
  await expect(tab(page, 'All')).toBeFocused()
  // its filters stay, and can be saved
  await expect(saveButton(page)).toBeVisible()
  await page.reload()
  await expect(webhooksPage.chosenFilters()).toBeVisible()
  await expect(tabsOn(page)).toBeHidden()
})

test('a name that is taken is refused at its field, and what was typed stays', async ({
  page,
  webhooksPage,
  expectConsole,
}) => {
  expectConsole(/status of 400/)
  await webhooksPage.open('?sort=name')
  await save(page, 'By name')
  await webhooksPage.healthChip('Paused').click()
  await saveButton(page).click()
  const asking = dialog(page, 'Save view')
  await asking.getByRole('button', { name: 'Save' }).click()
  const name = asking.getByLabel('Name')
  await expect(name).toHaveAccessibleDescription('Give the view a name.')
  await name.fill('by NAME')
  await asking.getByRole('button', { name: 'Save' }).click()
  await expect(name).toHaveAccessibleDescription('You have a view with this name already.')
  await expect(name).toHaveValue('by NAME')
  await expectAccessible(page)
  await name.fill('By name, paused')
  await page.keyboard.press('Enter')
  await expect(tab(page, 'By name, paused')).toHaveAttribute('aria-current', 'page')
})

test('what an administrator shares, others open and cannot change', async ({
  page,
  webhooksPage,
  newPerson,
}) => {
  await webhooksPage.open('?health=failing&sort=location')
  await save(page, 'For all', { isShared: true })

  const manager = await newPerson('manager')
  const list = new WebhooksPage(manager)
  await list.open('?q=door')
  await expect(tab(manager, 'For all (shared)')).toBeVisible()
  await tab(manager, 'For all (shared)').click()
  await expect(manager).toHaveURL('/webhooks?health=failing&sort=location')
  await expect(tab(manager, 'For all (shared)')).toHaveAttribute('aria-current', 'page')
  await expect(more(manager, 'For all')).toBeHidden()

  // their own come first, and only they see them
  await list.healthChip('Stopped').click()
  await saveButton(manager).click()
  const asking = dialog(manager, 'Save view')
  await expect(asking.getByLabel('Name')).toBeVisible()
  await expect(asking.getByRole('checkbox')).toBeHidden()
  await asking.getByLabel('Name').fill('Mine')
  await manager.keyboard.press('Enter')
  await expect(tabsOn(manager).getByRole('link')).toHaveText([/^All/, /^Mine/, /^For all/])
  await more(manager, 'Mine').click()
  await expect(manager.getByRole('menuitem')).toHaveText(['Rename…', 'Delete…'])

  await act(page, 'For all', 'Stop sharing')
  await expect(tab(page, 'For all (shared)')).toBeHidden()
  await expect(tabsOn(page).getByRole('link')).toHaveText(['All', 'For all'])
  await manager.reload()
  await expect(tabsOn(manager).getByRole('link')).toHaveText(['All', 'Mine'])
})

test('an unknown filter of a view is dropped, and reported', async ({
  page,
  webhooksPage,
  product,
}) => {
  const ask = deskClient(product.url, await signInToDesk(product.url))
  const search = 'health=failing,brokn'
  await ask('POST', '/desk/views', { name: 'Old', search, isShared: false })
  await webhooksPage.open()
  await tab(page, 'Old').click()
  await expect(page.getByText('health=brokn')).toBeVisible()
  await expect(tab(page, 'Old')).toHaveAttribute('aria-current', 'page')
})

test('the tabs are accessible, take one line, and scroll to the one that is open', async ({
  page,
  webhooksPage,
  product,
}) => {
  const ask = deskClient(product.url, await signInToDesk(product.url))
  for (const [name, search] of [
    ['Stopped at all locations of the network', 'health=stopped'],
    ['Everything that Zapier gets', 'q=zapier'],
    ['By location', 'sort=location'],
    ['Last', 'health=failing'],
  ]) {
    await ask('POST', '/desk/views', { name, search, isShared: name === 'Last' })
  }
  await webhooksPage.open('?health=failing')
  await expect(tab(page, 'Last (shared)')).toBeVisible()
  await webhooksPage.healthChip('Stopped').click()
  await expectAccessible(page)
  await page.setViewportSize({ width: 320, height: 568 })
  await expect(tab(page, /Last/)).toBeInViewport()
  const height = await tabsOn(page).evaluate((line) => line.getBoundingClientRect().height)
  expect(height).toBeLessThan(60)
  await more(page, 'Last').click()
  await expectAccessible(page)
})
