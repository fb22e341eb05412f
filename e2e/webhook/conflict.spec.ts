import { WebhookForm } from '#tools/pages/webhook-form.mjs'
import { expect, test } from '#e2e/support/fixtures.ts'

const LIST = { method: 'GET', path: '/api/sys/webhooks' }

test.beforeEach(({ expectConsole, signIn }) => {
  expectConsole(/409/)
  return signIn('admin')
})

test('if two people edit the same webhook, the second is shown both versions', async ({
  form,
  newPerson,
  sandbox,
}) => {
  const webhook = await sandbox.seedWebhook({ Description: 'Before' })
  await form.open(webhook.Id)
  await expect(form.description()).toHaveValue('Before')

  const other = new WebhookForm(await newPerson('manager'))
  await other.open(webhook.Id)
  await other.description().fill('Theirs')
  await other.save().click()
  await expect(other.page.getByText(`Saved “${webhook.Name}”.`).last()).toBeVisible()

  await form.description().fill('Mine')
  await form.save().click()
  await expect(form.alert()).toContainText(
    'manager@hookdesk.test changed this webhook while you were editing',
  )
  await expect(form.alert()).toContainText('Nothing was saved.')
  const choice = form.choice('Description')
  await expect(choice.getByLabel('Theirs: Theirs')).not.toBeChecked()
  await expect(choice.getByLabel('Mine: Mine')).toBeChecked()
  expect((await sandbox.readWebhook(webhook.Id)).Description).toBe('Theirs')
})

test('my version is saved over theirs only after I choose it', async ({ page, form, sandbox }) => {
  const webhook = await sandbox.seedWebhook({ Description: 'Before' })
  await form.open(webhook.Id)
  await form.description().fill('Mine')
  await sandbox.changeWebhook(webhook.Id, { Description: 'Theirs' })
  await form.save().click()
  await expect(form.choice('Description')).toBeVisible()

  await form.save().click()
  await expect(page.getByText(`Saved “${webhook.Name}”.`).last()).toBeVisible()
  expect((await sandbox.readWebhook(webhook.Id)).Description).toBe('Mine')
  await expect(form.choice('Description')).toBeHidden()
})

test('their version can be chosen field by field', async ({ page, form, sandbox }) => {
  const webhook = await sandbox.seedWebhook({ Description: 'Before' })
  await form.open(webhook.Id)
  await form.description().fill('Mine')
  await form.url().fill('https://receiver.example.com/mine')
  await sandbox.changeWebhook(webhook.Id, {
    Description: 'Theirs',
    URL: 'https://receiver.example.com/theirs',
  })
  await form.save().click()
  await form.choice('Description').getByLabel('Theirs: Theirs').click()
  await expect(form.description()).toHaveValue('Theirs')
  await form.save().click()
  await expect(page.getByText(`Saved “${webhook.Name}”.`).last()).toBeVisible()
  expect(await sandbox.readWebhook(webhook.Id)).toMatchObject({
    Description: 'Theirs',
    URL: 'https://receiver.example.com/mine',
  })
})

test('fields that only the other person changed stay theirs', async ({ page, form, sandbox }) => {
  const webhook = await sandbox.seedWebhook({ Description: 'Before' })
  await form.open(webhook.Id)
  await form.description().fill('Mine')
  await sandbox.changeWebhook(webhook.Id, { Action: 21 })
  await form.save().click()
  await expect(form.choice('Action').getByLabel('Theirs: Invoice – fully paid')).toBeChecked()
  await expect(form.action()).toHaveValue('Invoice – fully paid')

  await form.save().click()
  await expect(page.getByText(`Saved “${webhook.Name}”.`).last()).toBeVisible()
  expect(await sandbox.readWebhook(webhook.Id)).toMatchObject({ Action: 21, Description: 'Mine' })
})

test('another change made meanwhile is not overwritten either', async ({ form, sandbox }) => {
  const webhook = await sandbox.seedWebhook({ Description: 'Before' })
  await form.open(webhook.Id)
  await form.description().fill('Mine')
  await sandbox.changeWebhook(webhook.Id, { Description: 'Theirs' })
  await form.save().click()
  await expect(form.choice('Description').getByLabel('Theirs: Theirs')).toBeVisible()

  await sandbox.changeWebhook(webhook.Id, { Description: 'Theirs again' })
  await form.save().click()
  await expect(form.choice('Description').getByLabel('Theirs: Theirs again')).toBeVisible()
  expect((await sandbox.readWebhook(webhook.Id)).Description).toBe('Theirs again')
})

test('a webhook that fired meanwhile is not a conflict', async ({ page, form, sandbox }) => {
  const webhook = await sandbox.seedWebhook()
  await form.open(webhook.Id)
  await form.description().fill('Mine')
  // moves UpdatedOn, and changes nothing that people edit
  await sandbox.changeWebhook(webhook.Id, {})
  await form.save().click()
  await expect(page.getByText(`Saved “${webhook.Name}”.`).last()).toBeVisible()
})

test('a webhook deleted meanwhile can be created again with the typed values', async ({
  page,
  form,
  sandbox,
  expectConsole,
}) => {
  expectConsole(/404/)
  const webhook = await sandbox.seedWebhook({ Description: 'Before' })
  await form.open(webhook.Id)
  await form.description().fill('Typed')
  await sandbox.deleteWebhook(webhook.Id)
  await form.save().click()
  await expect(form.alert()).toContainText('This webhook has been deleted')
  await page.getByRole('button', { name: 'Create it again with these values' }).click()
  await expect(form.panel(webhook.Name)).toContainText('Created. It is now in the list.')
  const [again] = await sandbox.webhooksNamed(webhook.Name)
  expect(again).toMatchObject({ Description: 'Typed', URL: webhook.URL })
})

test('Create again creates one webhook, however often it is pressed', async ({
  page,
  form,
  sandbox,
  expectConsole,
}) => {
  expectConsole(/404|502/)
  const webhook = await sandbox.seedWebhook({ Description: 'Before' })
  await form.open(webhook.Id)
  await form.description().fill('Typed')
  await sandbox.deleteWebhook(webhook.Id)
  await form.save().click()
  const again = page.getByRole('button', { name: 'Create it again with these values' })
  await expect(again).toBeVisible()

  // the first never arrives, the answer to the second is lost, and every look takes a while
  await sandbox.fault({ ...LIST, kind: 'slow', delayMs: 1500, times: 1000 })
  await sandbox.fault({ kind: 'drop', method: 'POST', path: LIST.path })
  await sandbox.fault({ kind: 'lost_answer', method: 'POST', path: LIST.path })
  await sandbox.clearCalls()
  const pressTwice = () =>
    again.evaluate((button: HTMLElement) => {
      button.click()
      button.click()
    })
  await pressTwice()
  await expect(again).toHaveAttribute('data-loading', 'true')
  await expect(again).toBeDisabled()
  await expect(page.getByText('Hookdesk looked again: it has not been saved so far.')).toBeVisible()
  expect(await sandbox.webhooksNamed(webhook.Name)).toEqual([])

  await expect(again).toBeEnabled()
  await pressTwice()
  await expect(again).toBeDisabled()
  await expect(form.panel(webhook.Name)).toContainText('Created. It is now in the list.')
  const found = await sandbox.webhooksNamed(webhook.Name)
  expect(found).toMatchObject([{ Description: 'Typed', URL: webhook.URL }])
  const posts = (await sandbox.calls()).filter(({ method }) => method === 'POST')
  expect(posts.filter(({ path }) => path === LIST.path)).toHaveLength(2)
})

test('pausing a webhook that is already paused is not a conflict', async ({ page, sandbox }) => {
  const { Id, Name } = await sandbox.seedWebhook()
  await page.goto(`/webhooks?q=${encodeURIComponent(Name)}`)
  const toggle = page.getByRole('switch')
  await expect(toggle).toBeChecked()
  await sandbox.changeWebhook(Id, { Active: false })
  await toggle.click()
  await expect(page.getByText(`Paused “${Name}”.`).last()).toBeVisible()
  await expect(toggle).not.toBeChecked()
})
