import { expectAccessible } from '#e2e/support/accessible.ts'
import { expect, test } from '#e2e/support/fixtures.ts'

test.beforeEach(({ signIn }) => signIn('admin'))

test('Ctrl K goes to a webhook, a page and a location, and remembers', async ({
  page,
  webhooksPage,
  sandbox,
}) => {
  const { Id, Name } = await sandbox.seedWebhook({})
  await webhooksPage.open()
  await expect(webhooksPage.rows().first()).toBeVisible()
  await page.keyboard.press('Control+k')
  const box = page.getByRole('dialog', { name: 'Go to, or do' })
  const field = box.getByRole('combobox')
  await expect(field).toBeFocused()
  await field.fill(Name)
  await expect(box.getByRole('option', { name: Name })).toBeVisible()
  await expectAccessible(page)
  await page.setViewportSize({ width: 1280, height: 900 })
  await field.press('Enter')
  await expect(page).toHaveURL(`/webhooks/${Id}`)
  await expect(box).toBeHidden()

  await page.getByRole('button', { name: 'Go to, or do (Ctrl K)' }).click()
  await expect(box.getByRole('group', { name: 'Recent' })).toContainText(Name)
  // text and key at once, as somebody does who types quickly
  await field.fill('coverage')
  await field.press('Enter')
  await expect(page).toHaveURL('/coverage')

  await page.keyboard.press('Control+k')
  await field.fill('dublin')
  await box.getByRole('group', { name: 'Locations' }).getByRole('option').click()
  await expect(page).toHaveURL(/\/webhooks\?locations=\d+$/)
})

test('“pause all to …” opens the dry run for what is on', async ({
  page,
  webhooksPage,
  sandbox,
}) => {
  const host = `box-${Date.now()}.example.com`
  await sandbox.seedWebhook({ URL: `https://${host}/a` })
  await sandbox.seedWebhook({ URL: `https://${host}/b`, Active: false })
  await webhooksPage.open()
  await expect(webhooksPage.rows().first()).toBeVisible()
  await page.keyboard.press('Control+k')
  const box = page.getByRole('dialog', { name: 'Go to, or do' })
  await box.getByRole('combobox').fill(`pause all to ${host}`)
  await expect(box.getByRole('option').first()).toContainText('1 webhook, a dry run first')
  await box.getByRole('combobox').press('Enter')
  await expect(page).toHaveURL(/\/runs\/\d+$/)
  await expect(page.getByRole('region', { name: 'Dry run' })).toContainText('1 webhook')
})

test('what matches nothing says so, and Escape gives the focus back', async ({
  page,
  webhooksPage,
}) => {
  await webhooksPage.open()
  await expect(webhooksPage.rows().first()).toBeVisible()
  const search = webhooksPage.search()
  await search.focus()
  await page.keyboard.press('Control+k')
  const box = page.getByRole('dialog', { name: 'Go to, or do' })
  await box.getByRole('combobox').fill('no such thing at all')
  await expect(box.getByText('Nothing matches “no such thing at all”.')).toBeVisible()
  await box.getByRole('combobox').press('Enter')
  await expect(box).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(search).toBeFocused()
})

test('g and a letter go to a page, and e opens the focused row', async ({ page, webhooksPage }) => {
  await page.goto('/coverage')
  await expect(page.getByRole('heading', { name: 'Coverage', level: 1 })).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('w')
  await expect(page).toHaveURL('/webhooks')
  await expect(webhooksPage.rows().first()).toBeVisible()
  // without the first key, the second does nothing
  await page.keyboard.press('d')
  await page.keyboard.press('j')
  await expect(webhooksPage.names().first()).toBeFocused()
  await page.keyboard.press('e')
  await expect(page).toHaveURL(/\/webhooks\/\d+$/)
})
