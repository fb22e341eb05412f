import { ANCOATS, LISBON, SHOREDITCH } from '#tools/network.mjs'
import { expect, test } from '#e2e/support/fixtures.ts'

test('a person with read access only is told which roles are missing', async ({
  page,
  signIn,
  webhooksPage,
}) => {
  await signIn('viewer')
  await webhooksPage.open()
  await expect(
    page.getByText(
      'View only. To create and edit webhooks you need the roles WebHook-Create and WebHook-Edit.',
    ),
  ).toBeVisible()
  await expect(webhooksPage.newButton()).toBeHidden()
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
  await expect(toggle).toHaveAccessibleName(/need the WebHook-Edit role/)
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
  await expect(webhooksPage.menuItem('Pause')).toContainText('need the WebHook-Edit role')
  await expect(webhooksPage.menuItem('Duplicate')).toContainText('need the WebHook-Create role')
  await expect(webhooksPage.menuItem('Delete…')).toContainText('need the WebHook-Delete role')
  await webhooksPage.menuItem('Delete…').click({ force: true })
  await expect(webhooksPage.question(/Delete/)).toBeHidden()
})

test('a person with read access only can open a webhook, without the keys in its URL', async ({
  page,
  signIn,
  form,
  sandbox,
}) => {
  const { Id, Name } = await sandbox.seedWebhook({
    URL: 'https://receiver.example.com/in?key=very-secret',
  })
  await signIn('viewer')
  await form.open(Id)
  await expect(form.name()).toHaveValue(Name)
  await expect(form.name()).not.toBeEditable()
  await expect(form.url()).toHaveValue('https://receiver.example.com/in?••••')
  await expect(form.panel(Name)).toContainText(
    'View only. To edit webhooks you need the WebHook-Edit role.',
  )
  await expect(form.save()).toBeHidden()
  await page.keyboard.press('n')
  await expect(form.panel('New webhook')).toBeHidden()
})

test('the form of a new webhook names the missing role', async ({ signIn, form }) => {
  await signIn('viewer')
  await form.openNew()
  await expect(form.panel('New webhook')).toContainText('need the WebHook-Create role')
  await expect(form.create()).toBeHidden()
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
  await expect(
    page.getByText(
      'You can view, pause and edit. To create webhooks you need the WebHook-Create role.',
    ),
  ).toBeVisible()
  await webhooksPage.activeSwitch(Name).click()
  await expect(webhooksPage.notices()).toContainText(`Paused “${Name}”.`)
  await webhooksPage.menuButton(Name).click()
  await expect(webhooksPage.menuItem('Delete…')).toContainText('need the WebHook-Delete role')
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

test('a person who may not list is told which role to ask for, and can copy the request', async ({
  page,
  context,
  signIn,
  webhooksPage,
  expectConsole,
}) => {
  expectConsole(/403/)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await signIn('norole')
  await webhooksPage.open()
  await expect(page.getByText('Your Nexudus account cannot list webhooks')).toBeVisible()
  await page.getByRole('button', { name: 'Copy this request' }).click()
  await expect(webhooksPage.notices()).toContainText('Copied the request')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(
    'give the Nexudus account norole@hookdesk.test the role WebHook-List',
  )
})
