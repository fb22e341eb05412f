import { ANCOATS, LISBON, SHOREDITCH } from '#tools/network.mjs'
import type { Page } from '@playwright/test'

import { expectAccessible } from '#e2e/support/accessible.ts'
import { expect, test } from '#e2e/support/fixtures.ts'

const copyButton = (page: Page) =>
  page.getByRole('main').getByRole('button', { name: 'Copy a request' })

const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText())

test('a person with read access only is told in words which rights are missing', async ({
  page,
  signIn,
  webhooksPage,
}) => {
  await signIn('viewer')
  await webhooksPage.open('?q=scoring')
  await expect(webhooksPage.table()).toBeVisible()
  await expect(webhooksPage.newButton()).toBeHidden()
  const folded = page.locator('summary', { hasText: 'View only' })
  await folded.focus()
  await page.keyboard.press('Enter')
  await expect(
    page.getByText(
      'View only. To create and edit webhooks you need rights that Nexudus calls WebHook-Create and WebHook-Edit; ask an administrator.',
    ),
  ).toBeVisible()
  await expect(copyButton(page)).toHaveAccessibleDescription(
    /asks for WebHook-Create, WebHook-Edit/,
  )
  await expectAccessible(page)
  await expect(page.getByRole('link', { name: 'Import a plan' })).toBeHidden()
})

test('a barred switch explains why, and does nothing', async ({
  signIn,
  webhooksPage,
  sandbox,
}) => {
  const { Name } = await sandbox.seedWebhook()
  await sandbox.clearCalls()
  await signIn('viewer')
  await webhooksPage.openFor(Name)
  const toggle = webhooksPage.activeSwitch(Name)
  await expect(toggle).toHaveAccessibleName(/You need the right WebHook-Edit/)
  await expect(toggle).toBeDisabled()
  await toggle.click({ force: true })
  await expect(toggle).toBeChecked()
  expect(await sandbox.writes()).toEqual([])
})

test('a barred menu item explains why', async ({ signIn, webhooksPage, sandbox }) => {
  const { Name } = await sandbox.seedWebhook()
  await signIn('viewer')
  await webhooksPage.openFor(Name)
  await webhooksPage.menuButton(Name).click()
  await expect(webhooksPage.menuItem('Pause')).toContainText('You need the right WebHook-Edit')
  await expect(webhooksPage.menuItem('Duplicate')).toContainText(
    'You need the right WebHook-Create',
  )
  await expect(webhooksPage.menuItem('Delete…')).toContainText('You need the right WebHook-Delete')
  await webhooksPage.menuItem('Delete…').click({ force: true })
  await expect(webhooksPage.question(/Delete/)).toBeHidden()
})

test('a viewer reads a webhook as text, without the keys in its URL', async ({
  page,
  context,
  signIn,
  form,
  sandbox,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const { Id, Name } = await sandbox.seedWebhook({
    URL: 'https://receiver.example.com/in?key=very-secret',
    Description: 'Ask Ana\nbefore you change it.',
  })
  await signIn('viewer')
  // beside a short list, which axe reads as well
  await page.goto(`/webhooks/${Id}?q=${encodeURIComponent(Name)}`)
  const panel = form.panel(Name)
  await expect(panel).toContainText(
    'View only. To edit webhooks you need a right that Nexudus calls WebHook-Edit; ask an administrator.',
  )
  await expect(panel.getByRole('definition')).toHaveText([
    SHOREDITCH.name,
    /^Booking – created/,
    /^https:\/\/receiver\.example\.com\/in\?••••/,
    Name,
    'Ask Ana\nbefore you change it.',
    'On',
  ])
  await expect(panel.locator('input, textarea, [role=combobox]')).toHaveCount(0)
  await expect(panel).not.toContainText('very-secret')
  await expect(panel.getByRole('button', { name: 'Check this URL' })).toBeVisible()
  await expect(panel.getByRole('link', { name: 'History' })).toBeVisible()
  await expectAccessible(page)

  await panel.getByRole('button', { name: 'Copy a request' }).click()
  await expect(page.getByText(/^Copied the request/).last()).toBeVisible()
  const letter = await copied(page)
  expect(letter).toContain('a right that Nexudus calls WebHook-Edit. I need it to edit webhooks')
  expect(letter).toContain('Name: Vera Viewer\nAccount: viewer@hookdesk.test')
  expect(letter).toContain(`Hookdesk: ${new URL(page.url()).origin}`)

  await page.keyboard.press('n')
  await expect(form.panel('New webhook')).toBeHidden()
})

test('a viewer reads values that Hookdesk does not know', async ({
  page,
  signIn,
  form,
  sandbox,
}) => {
  const { Id, Name } = await sandbox.seedWebhook({ Action: 142, Active: false })
  await signIn('viewer')
  await form.open(Id)
  const panel = form.panel(Name)
  await expect(panel).toContainText('Action 142 (unknown to Hookdesk)')
  await expect(panel).toContainText('Hookdesk does not know this action.')
  await expect(panel.getByRole('definition').last()).toContainText('Off: nothing is sent.')
  await expect(panel.getByRole('definition').nth(4)).toHaveText('None')
  await page.getByRole('link', { name: 'History' }).last().click()
  await expect(panel).toContainText('Created')
})

const REFUSED = [
  {
    address: '/webhooks/new?q=scoring',
    title: 'You cannot create webhooks',
    needs: 'WebHook-Create',
  },
  { address: '/webhooks/fan-out', title: 'You cannot create webhooks', needs: 'WebHook-Create' },
  {
    address: '/webhooks/import',
    title: 'You cannot import a plan',
    needs: 'WebHook-Create and WebHook-Edit',
  },
  {
    address: '/destinations?move=hooks.example.com',
    title: 'You cannot move a host',
    needs: 'WebHook-Edit',
  },
]

for (const { address, title, needs } of REFUSED) {
  test(`${address} is refused at its head, instead of a form`, async ({
    page,
    context,
    signIn,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await signIn('viewer')
    await page.goto(address)
    const refusal = page.getByRole('alert', { name: title })
    await expect(refusal).toContainText(`that Nexudus calls ${needs}; ask an administrator.`)
    await expect(page.getByRole('main').getByRole('form')).toHaveCount(0)
    await expectAccessible(page)
    await refusal.getByRole('button', { name: 'Copy a request' }).click()
    await expect(page.getByText('Copied the request').last()).toBeVisible()
    expect(await copied(page)).toContain(`that Nexudus calls ${needs}.`)
    await page.setViewportSize({ width: 320, height: 568 })
    await expect(refusal).toBeInViewport({ ratio: 1 })
  })
}

test('a manager may not create several, and is told what they can do', async ({ page, signIn }) => {
  await signIn('manager')
  await page.goto('/webhooks/fan-out')
  await expect(page.getByRole('alert', { name: 'You cannot create webhooks' })).toContainText(
    'You can view, pause and edit webhooks. To create webhooks you need a right that Nexudus calls WebHook-Create',
  )
  await page.goto('/webhooks/import')
  await expect(page.getByLabel('Or drop the file here')).toBeVisible()
})

test('a letter that the browser does not copy is shown', async ({ page, signIn }) => {
  await signIn('viewer')
  await page.addInitScript(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'))
  })
  await page.goto('/webhooks/fan-out')
  await copyButton(page).click()
  await expect(page.getByRole('group', { name: 'The request' })).toContainText(
    'Account: viewer@hookdesk.test',
  )
  await expectAccessible(page)
})

test('a person who may edit but not create can pause and edit, and is told the rest', async ({
  page,
  signIn,
  webhooksPage,
  form,
  sandbox,
}) => {
  const { Id, Name } = await sandbox.seedWebhook()
  await signIn('manager')
  await webhooksPage.openFor(Name)
  await page.locator('summary', { hasText: 'View and edit only' }).click()
  await expect(
    page.getByText(
      'You can view, pause and edit webhooks. To create webhooks you need a right that Nexudus calls WebHook-Create; ask an administrator.',
    ),
  ).toBeVisible()
  await webhooksPage.activeSwitch(Name).click()
  await expect(webhooksPage.notices()).toContainText(`Paused “${Name}”.`)
  await webhooksPage.menuButton(Name).click()
  await expect(webhooksPage.menuItem('Delete…')).toContainText('You need the right WebHook-Delete')
  await webhooksPage.menuItem('Edit').click()
  await form.description().fill('By the manager')
  await form.save().click()
  await expect(page.getByText(`Saved “${Name}”.`).last()).toBeVisible()
  expect(await sandbox.readWebhook(Id)).toMatchObject({
    Active: false,
    Description: 'By the manager',
    UpdatedBy: 'manager@hookdesk.test',
  })
})

test('a right that is missing only when saving can be asked for, and typed text stays', async ({
  page,
  context,
  signIn,
  form,
  sandbox,
  expectConsole,
}) => {
  expectConsole(/403/)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const { Id } = await sandbox.seedWebhook()
  await signIn('admin')
  await form.open(Id)
  await form.description().fill('By the administrator')
  await sandbox.fault({ kind: 'unauthorized', method: 'PUT', times: 4 })
  await form.save().click()
  await expect(form.alert()).toContainText(
    'To edit webhooks you need a right that Nexudus calls WebHook-Edit; ask an administrator. What you typed stays here.',
  )
  await expect(form.description()).toHaveValue('By the administrator')
  await form.alert().getByRole('button', { name: 'Copy a request' }).click()
  await expect(page.getByText('Copied the request').last()).toBeVisible()
  expect(await copied(page)).toContain('I need it to edit webhooks in Hookdesk.')
})

test('a person limited to two locations sees and is offered only those', async ({
  page,
  signIn,
  webhooksPage,
  form,
  sandbox,
}) => {
  const theirs = await sandbox.seedWebhook()
  await sandbox.seedWebhook({ BusinessId: ANCOATS.id })
  const foreign = await sandbox.seedWebhook({ BusinessId: LISBON.id })
  await signIn('manager')
  await webhooksPage.open()
  await expect(webhooksPage.table()).toBeVisible()
  await webhooksPage.filterButton('Location').click()
  const locations = page.getByRole('group', { name: 'Location' }).getByRole('checkbox')
  await expect(locations).toHaveCount(2)
  await page.keyboard.press('Escape')

  await webhooksPage.search().fill(foreign.Name)
  await expect(page.getByText(/^No webhook matches (these filters|“.*”)\.$/)).toBeVisible()
  await form.open(theirs.Id)
  await form.location().click()
  await expect(form.options()).toHaveCount(2)
  await expect(form.option(SHOREDITCH.name)).toBeVisible()
  await expect(form.option(ANCOATS.name)).toBeVisible()
})

test('a person who may not list is told which rights to ask for, and is offered no form', async ({
  page,
  context,
  signIn,
  webhooksPage,
  form,
  expectConsole,
}) => {
  expectConsole(/403/)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await signIn('norole')
  await webhooksPage.open()
  const refusal = page.getByRole('alert', { name: 'You cannot see webhooks' }).last()
  await expect(refusal).toContainText(
    'To see webhooks you need rights that Nexudus calls WebHook-List and WebHook-Read; ask an administrator.',
  )
  await expect(webhooksPage.newButton()).toBeHidden()
  await refusal.getByRole('button', { name: 'Copy a request' }).click()
  await expect(webhooksPage.notices()).toContainText('Copied the request')
  const letter = await copied(page)
  expect(letter).toContain('rights that Nexudus calls WebHook-List and WebHook-Read.')
  expect(letter).toContain('Account: norole@hookdesk.test')

  for (const address of ['/webhooks/new', '/webhooks/fan-out', '/webhooks/import']) {
    await page.goto(address)
    await expect(refusal).toBeVisible()
    await expect(form.form()).toBeHidden()
    await expectAccessible(page)
  }
})
