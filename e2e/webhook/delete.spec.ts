import { expect, test } from '#e2e/support/fixtures.ts'

test.beforeEach(({ signIn }) => signIn('admin'))

test('the dialog before a deletion names what stops, and starts on Cancel', async ({
  page,
  webhooksPage,
  sandbox,
}) => {
  const { Id, Name } = await sandbox.seedWebhook()
  await webhooksPage.openFor(Name)
  await webhooksPage.menuButton(Name).click()
  await webhooksPage.menuItem('Delete…').click()

  const question = webhooksPage.question(`Delete “${Name}”?`)
  await expect(question).toContainText(
    'Northlight Shoreditch will no longer send “Booking – created” to receiver.example.com.',
  )
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(question).toBeHidden()
  await expect(webhooksPage.menuButton(Name)).toBeFocused()
  expect(await sandbox.readWebhook(Id)).toMatchObject({ Name })
})

test('a deleted webhook is gone, a notice says so, and the focus is on the list', async ({
  webhooksPage,
  sandbox,
}) => {
  const { Name } = await sandbox.seedWebhook()
  await webhooksPage.openFor(Name)
  await webhooksPage.menuButton(Name).click()
  await webhooksPage.menuItem('Delete…').click()
  await webhooksPage
    .question(`Delete “${Name}”?`)
    .getByRole('button', { name: 'Delete webhook' })
    .click()

  await expect(webhooksPage.link(Name)).toBeHidden()
  await expect(webhooksPage.status()).toHaveText(`Deleted “${Name}”.`)
  await expect(webhooksPage.heading()).toBeFocused()
  expect(await sandbox.webhooksNamed(Name)).toEqual([])
})

test('a deleted webhook is restored from the notice, switched off and with a new id', async ({
  webhooksPage,
  sandbox,
}) => {
  const { Id, Name, URL } = await sandbox.seedWebhook()
  await webhooksPage.openFor(Name)
  await webhooksPage.menuButton(Name).click()
  await webhooksPage.menuItem('Delete…').click()
  const question = webhooksPage.question(`Delete “${Name}”?`)
  await expect(question).toContainText('Hookdesk can restore it from the history')
  await question.getByRole('button', { name: 'Delete webhook' }).click()
  await webhooksPage.notices().getByRole('button', { name: 'Restore' }).click()

  await expect(webhooksPage.notices()).toContainText(`Restored “${Name}”, switched off.`)
  await expect(webhooksPage.row(Name)).toContainText('Created switched off by admin@hookdesk.test')
  const [restored] = await sandbox.webhooksNamed(Name)
  expect(restored).toMatchObject({ URL, Active: false })
  expect(restored?.Id).not.toBe(Id)
})

test('the dialog offers to pause instead', async ({ webhooksPage, sandbox }) => {
  const { Id, Name } = await sandbox.seedWebhook()
  await webhooksPage.openFor(Name)
  await webhooksPage.menuButton(Name).click()
  await webhooksPage.menuItem('Delete…').click()
  const question = webhooksPage.question(`Delete “${Name}”?`)
  await question.getByRole('button', { name: 'Pause instead' }).click()
  await expect(question).toBeHidden()
  await expect(webhooksPage.activeSwitch(Name)).not.toBeChecked()
  await expect(webhooksPage.notices()).toContainText(`Paused “${Name}”.`)
  expect(await sandbox.readWebhook(Id)).toMatchObject({ Active: false })
})

test('a webhook that is off is not offered to be paused', async ({ webhooksPage, sandbox }) => {
  const { Name } = await sandbox.seedWebhook({ Active: false })
  await webhooksPage.openFor(Name)
  await webhooksPage.menuButton(Name).click()
  await webhooksPage.menuItem('Delete…').click()
  const question = webhooksPage.question(`Delete “${Name}”?`)
  await expect(question.getByRole('button')).toHaveText(['Cancel', 'Delete webhook'])
})

test('a deletion that Nexudus refuses is explained in its dialog', async ({
  webhooksPage,
  sandbox,
  expectConsole,
}) => {
  expectConsole(/422/)
  const { Id, Name } = await sandbox.seedWebhook()
  await webhooksPage.openFor(Name)
  await webhooksPage.menuButton(Name).click()
  await webhooksPage.menuItem('Delete…').click()
  await sandbox.fault({ kind: 'unsuccessful', method: 'DELETE' })
  const question = webhooksPage.question(`Delete “${Name}”?`)
  await question.getByRole('button', { name: 'Delete webhook' }).click()
  await expect(question.getByRole('alert')).toContainText(
    'You must delete all the bookings using this record before deleting it.',
  )
  await expect(question.getByRole('alert')).toContainText('Nothing was changed.')
  expect(await sandbox.readWebhook(Id)).toMatchObject({ Name })
})

test('a deletion whose answer is lost is found to have happened', async ({
  webhooksPage,
  sandbox,
}) => {
  const { Name } = await sandbox.seedWebhook()
  await webhooksPage.openFor(Name)
  await webhooksPage.menuButton(Name).click()
  await webhooksPage.menuItem('Delete…').click()
  await sandbox.fault({ kind: 'lost_answer', method: 'DELETE' })
  await webhooksPage
    .question(`Delete “${Name}”?`)
    .getByRole('button', { name: 'Delete webhook' })
    .click()
  await expect(webhooksPage.status()).toHaveText(`Deleted “${Name}”.`)
  expect(await sandbox.webhooksNamed(Name)).toEqual([])
})

test('a deletion that never arrived can be sent again', async ({
  webhooksPage,
  sandbox,
  expectConsole,
}) => {
  expectConsole(/502/)
  const { Name } = await sandbox.seedWebhook()
  await webhooksPage.openFor(Name)
  await webhooksPage.menuButton(Name).click()
  await webhooksPage.menuItem('Delete…').click()
  await sandbox.fault({ kind: 'drop', method: 'DELETE' })
  const question = webhooksPage.question(`Delete “${Name}”?`)
  await question.getByRole('button', { name: 'Delete webhook' }).click()
  await expect(question.getByRole('alert')).toContainText(
    'Hookdesk looked again: it has not been saved so far.',
  )
  await question.getByRole('button', { name: 'Delete webhook' }).click()
  await expect(question).toBeHidden()
  expect(await sandbox.webhooksNamed(Name)).toEqual([])
})

test('an open webhook closes when it is deleted', async ({ page, form, webhooksPage, sandbox }) => {
  const { Name } = await sandbox.seedWebhook()
  await webhooksPage.openFor(Name)
  await webhooksPage.link(Name).click()
  await expect(form.name()).toHaveValue(Name)
  await webhooksPage.menuButton(Name).click()
  await webhooksPage.menuItem('Delete…').click()
  await webhooksPage
    .question(`Delete “${Name}”?`)
    .getByRole('button', { name: 'Delete webhook' })
    .click()
  await expect(form.panel(Name)).toBeHidden()
  await expect(page).toHaveURL(/\/webhooks\?q=/)
  expect(await sandbox.webhooksNamed(Name)).toEqual([])
})
