import { endSession } from '#tools/desk-session.mjs'
import { ANCOATS, PASSWORD, SHOREDITCH, uniqueName } from '#tools/network.mjs'
import { expect, test } from '#e2e/support/fixtures.ts'

test.beforeEach(({ signIn }) => signIn('admin'))

test('a change is saved, and all other fields stay as they were', async ({
  form,
  webhooksPage,
  sandbox,
}) => {
  const before = await sandbox.seedWebhook({ Description: 'Kept', Action: 97 })
  await webhooksPage.openFor(before.Name)
  await webhooksPage.link(before.Name).click()
  await expect(form.action()).toHaveValue('Action 97 (unknown to Hookdesk)')
  const name = uniqueName()
  await form.name().fill(name)
  await form.save().click()
  await expect(webhooksPage.notices()).toContainText(`Saved “${name}”.`)
  await expect(form.heading(name)).toBeVisible()
  const { Action, BusinessId, URL, Description, Active } = before
  expect(await sandbox.readWebhook(before.Id)).toMatchObject({
    Action,
    BusinessId,
    URL,
    Description,
    Active,
    Name: name,
  })
})

test('every field can be changed', async ({ form, webhooksPage, sandbox }) => {
  const { Id } = await sandbox.seedWebhook()
  const name = uniqueName()
  await form.open(Id)
  await form.location().fill('ancoats')
  await form.option(ANCOATS.name).click()
  await form.action().fill('21')
  await form.option('Invoice – fully paid').first().click()
  await form.url().fill('https://receiver.example.com/changed')
  await form.name().fill(name)
  await form.description().fill('Changed')
  await form.active().click()
  await form.save().click()
  await expect(webhooksPage.notices()).toContainText(`Saved “${name}”.`)
  expect(await sandbox.readWebhook(Id)).toMatchObject({
    BusinessId: ANCOATS.id,
    Action: 21,
    URL: 'https://receiver.example.com/changed',
    Name: name,
    Description: 'Changed',
    Active: false,
  })
})

test('a URL that was already saved may stay, even if it is not allowed', async ({
  form,
  webhooksPage,
  sandbox,
}) => {
  const { Id, Name } = await sandbox.seedWebhook({ URL: 'https://10.0.0.7/hook' })
  await form.open(Id)
  await form.description().fill('Reached through a tunnel')
  await form.save().click()
  await expect(webhooksPage.notices()).toContainText(`Saved “${Name}”.`)
})

test('leaving unsaved changes asks first', async ({ page, form, webhooksPage, sandbox }) => {
  const { Id, Name } = await sandbox.seedWebhook()
  await form.open(Id)
  await form.description().fill('Not saved')
  const question = webhooksPage.question('Leave without saving?')

  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: 'Webhooks' })
    .click()
  await expect(question.getByRole('button', { name: 'Stay' })).toBeFocused()
  await question.getByRole('button', { name: 'Stay' }).click()
  await expect(form.description()).toHaveValue('Not saved')

  await form.close().click()
  await question.getByRole('button', { name: 'Leave' }).click()
  await expect(form.panel(Name)).toBeHidden()
  expect((await sandbox.readWebhook(Id)).Description).toBeFalsy()
})

test('the browser asks, too, before unsaved changes are lost', async ({ page, form, sandbox }) => {
  const { Id } = await sandbox.seedWebhook()
  await form.open(Id)
  await form.description().fill('Not saved')
  const asked = page.waitForEvent('dialog')
  await page.close({ runBeforeUnload: true })
  const dialog = await asked
  expect(dialog.type()).toBe('beforeunload')
  await dialog.dismiss()
  await expect(form.description()).toHaveValue('Not saved')
})

test('after a successful save, leaving does not ask', async ({ form, webhooksPage, sandbox }) => {
  const { Id, Name } = await sandbox.seedWebhook()
  await form.open(Id)
  await form.description().fill('Saved')
  await form.save().click()
  await expect(webhooksPage.notices()).toContainText(`Saved “${Name}”.`)
  await form.close().click()
  await expect(form.panel(Name)).toBeHidden()
  await expect(webhooksPage.question('Leave without saving?')).toBeHidden()
})

test('a filter beside an unsaved form loses nothing, and does not ask', async ({
  form,
  webhooksPage,
  sandbox,
}) => {
  const { Id } = await sandbox.seedWebhook()
  await form.open(Id)
  await form.description().fill('Not saved')
  await webhooksPage.healthChip('Working').click()
  await expect(webhooksPage.chosenFilters()).toBeVisible()
  await expect(form.description()).toHaveValue('Not saved')
})

test('a session that ends during an edit does not lose typed text', async ({
  page,
  context,
  product,
  form,
  signInPage,
  webhooksPage,
  sandbox,
  expectConsole,
}) => {
  expectConsole(/401/)
  const { Id, Name } = await sandbox.seedWebhook()
  await form.open(Id)
  await form.description().fill('Typed before')
  await endSession(context, product.url)
  await form.save().click()

  await expect(signInPage.sessionOver()).toContainText('what you typed is kept')
  await signInPage.password().fill(PASSWORD)
  await signInPage.submit().click()
  await expect(signInPage.sessionOver()).toBeHidden()
  await expect(page).toHaveURL(`/webhooks/${Id}`)
  await expect(form.description()).toHaveValue('Typed before')

  await form.save().click()
  await expect(webhooksPage.notices()).toContainText(`Saved “${Name}”.`)
  expect((await sandbox.readWebhook(Id)).Description).toBe('Typed before')
})

test('a token that Nexudus no longer renews ends the session in the same way', async ({
  form,
  signInPage,
  webhooksPage,
  sandbox,
  expectConsole,
}) => {
  expectConsole(/401/)
  const { Id, Name } = await sandbox.seedWebhook()
  await form.open(Id)
  await form.description().fill('Typed before')
  await sandbox.fault({ kind: 'unauthorized', path: `/api/sys/webhooks/${Id}` })
  await sandbox.fault({ kind: 'unauthorized', path: '/api/token' })
  await form.save().click()
  await expect(signInPage.sessionOver()).toBeVisible()
  await signInPage.password().fill(PASSWORD)
  await signInPage.submit().click()
  await expect(signInPage.sessionOver()).toBeHidden()
  await expect(form.description()).toHaveValue('Typed before')
  await form.save().click()
  await expect(webhooksPage.notices()).toContainText(`Saved “${Name}”.`)
})

test('a renewed token goes unnoticed', async ({ form, webhooksPage, sandbox }) => {
  const { Id, Name } = await sandbox.seedWebhook()
  await form.open(Id)
  await form.description().fill('Saved all the same')
  await sandbox.fault({ kind: 'unauthorized', method: 'PUT', path: '/api/sys/webhooks' })
  await form.save().click()
  await expect(webhooksPage.notices()).toContainText(`Saved “${Name}”.`)
  expect((await sandbox.readWebhook(Id)).Description).toBe('Saved all the same')
})

test('a webhook that does not exist is reported as gone', async ({ page, form, expectConsole }) => {
  expectConsole(/404/)
  await form.open(999)
  await expect(page.getByText('Webhook not found')).toBeVisible()
})

test('a webhook that cannot be read can be asked for again', async ({
  page,
  form,
  sandbox,
  expectConsole,
}) => {
  expectConsole(/502/)
  const { Id, Name } = await sandbox.seedWebhook()
  await sandbox.fault({ kind: 'error', path: `/api/sys/webhooks/${Id}`, times: 6 })
  await form.open(Id)
  await expect(page.getByText('Hookdesk could not read the webhook')).toBeVisible()
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(form.name()).toHaveValue(Name)
})

test('an open webhook shows its state, and who saved it last', async ({ form, sandbox }) => {
  const webhook = await sandbox.findStopped()
  await form.open(webhook.Id)
  const panel = form.panel(webhook.Name)
  await expect(panel).toContainText('Stopped')
  await expect(panel).toContainText(`this one has ${webhook.ErrorCount}`)
  await expect(panel).toContainText('Last error:')
  await expect(panel).toContainText(`by ${webhook.UpdatedBy}`)
})

test('the location of a webhook is found by its name', async ({ form, sandbox }) => {
  const { Id } = await sandbox.seedWebhook()
  await form.open(Id)
  await expect(form.location()).toHaveValue(SHOREDITCH.name)
})
