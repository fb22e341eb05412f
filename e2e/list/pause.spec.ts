import { expect, test } from '#e2e/support/fixtures.ts'

const PUT = { method: 'PUT', path: '/api/sys/webhooks' }

test.beforeEach(({ signIn }) => signIn('admin'))

test('a pause shows before Nexudus has answered', async ({ page, webhooksPage, sandbox }) => {
  const { Id, Name } = await sandbox.seedWebhook()
  await webhooksPage.openFor(Name)
  await sandbox.fault({ ...PUT, kind: 'slow', delayMs: 4_000 })
  let isAnswered = false
  const answer = page
    .waitForResponse((response) => response.request().method() === 'PATCH')
    .then(() => (isAnswered = true))

  await webhooksPage.activeSwitch(Name).click()
  await expect(webhooksPage.activeSwitch(Name)).not.toBeChecked()
  await expect(webhooksPage.row(Name)).toContainText('Paused')
  expect(isAnswered).toBe(false)

  await answer
  await expect(webhooksPage.notices()).toContainText(`Paused “${Name}”.`)
  expect(await sandbox.readWebhook(Id)).toMatchObject({ Active: false })
})

test('a confirmed pause lasts over a reload', async ({ page, webhooksPage, sandbox }) => {
  const { Name } = await sandbox.seedWebhook()
  await webhooksPage.openFor(Name)
  await webhooksPage.activeSwitch(Name).click()
  await expect(webhooksPage.notices()).toContainText(
    'Events that happen while it is off are probably lost',
  )
  await page.reload()
  await expect(webhooksPage.activeSwitch(Name)).not.toBeChecked()
})

test('list, panel and coverage name the person who paused a webhook, also after a reload', async ({
  page,
  form,
  webhooksPage,
  sandbox,
}) => {
  const { Id, Name } = await sandbox.seedWebhook()
  await webhooksPage.openFor(Name)
  await webhooksPage.activeSwitch(Name).click()
  const paused = 'Paused by admin@hookdesk.test, just now'
  await expect(webhooksPage.row(Name)).toContainText(paused)
  await page.reload()
  await expect(webhooksPage.row(Name)).toContainText(paused)
  await expect(webhooksPage.healthChip('Paused')).toContainText('1')
  await form.open(Id)
  await expect(form.panel(Name)).toContainText(`${paused}. Nothing is sent`)
  await page.goto('/coverage?health=paused')
  const legend = page.getByRole('group', { name: 'Health' })
  await expect(legend.getByRole('button', { name: /^Paused/ })).toBeVisible()
})

test('a stopped webhook is on watch once it is resumed, in list, panel and chips', async ({
  page,
  form,
  webhooksPage,
  sandbox,
}) => {
  const { Id, Name } = await sandbox.findStopped()
  await webhooksPage.openFor(String(Id))
  await webhooksPage.activeSwitch(Name).click()
  const question = webhooksPage.question(`Resume “${Name}”?`)
  await question.getByRole('button', { name: 'Resume webhook' }).click()
  const row = webhooksPage.row(Name)
  await expect(row).toContainText('On watch')
  await expect(row).toContainText('Switched on again')
  await expect(row).not.toContainText('of 10')
  await expect(webhooksPage.healthChip('On watch')).toContainText('1')
  await page.reload()
  await expect(row).toContainText('On watch')
  await form.open(Id)
  const panel = form.panel(Name)
  await expect(panel).toContainText('No event since, so it is not known to work.')
  await expect(panel).toContainText('from before it was switched on again')
})

test('a failed pause is reverted in its row, without reading the list again', async ({
  webhooksPage,
  sandbox,
  expectConsole,
}) => {
  expectConsole(/502/)
  const { Id, Name } = await sandbox.seedWebhook()
  await webhooksPage.openFor(Name)
  await expect(webhooksPage.activeSwitch(Name)).toBeChecked()

  // the record can be read; the list, which would repair the screen, is delayed
  const record = `/api/sys/webhooks/${Id}`
  await sandbox.fault({ method: 'GET', path: record, kind: 'slow', delayMs: 0, times: 20 })
  await sandbox.fault({ method: 'GET', path: '/api/sys/webhooks', kind: 'hang', times: 20 })
  await sandbox.fault({ ...PUT, kind: 'error' })
  await webhooksPage.activeSwitch(Name).click()

  await expect(webhooksPage.problem(Name)).toContainText('Could not pause:')
  await expect(webhooksPage.problem(Name)).toContainText('It is still on.')
  await expect(webhooksPage.activeSwitch(Name)).toBeChecked()
  const reads = (await sandbox.calls()).filter(
    ({ method, path, status }) =>
      method === 'GET' && path === '/api/sys/webhooks' && status === null,
  )
  expect(reads.length, 'the list was not what put it back').toBeLessThanOrEqual(1)
  expect(await sandbox.readWebhook(Id)).toMatchObject({ Active: true })
})

test('a refused resume explains why in its row', async ({
  webhooksPage,
  sandbox,
  expectConsole,
}) => {
  expectConsole(/422/)
  const { Name } = await sandbox.seedWebhook({ Active: false })
  await webhooksPage.openFor(Name)
  await sandbox.fault({ ...PUT, kind: 'unsuccessful', message: 'Not while an import runs.' })
  await webhooksPage.activeSwitch(Name).click()
  await expect(webhooksPage.problem(Name)).toContainText(
    'Could not resume: Nexudus refused this: Not while an import runs. It is still off.',
  )
  await expect(webhooksPage.activeSwitch(Name)).not.toBeChecked()
})

test('the error of a row disappears when the next try works', async ({
  webhooksPage,
  sandbox,
  expectConsole,
}) => {
  expectConsole(/502/)
  const { Name } = await sandbox.seedWebhook()
  await webhooksPage.openFor(Name)
  await sandbox.fault({ ...PUT, kind: 'error' })
  await webhooksPage.activeSwitch(Name).click()
  await expect(webhooksPage.problem(Name)).toBeVisible()

  await webhooksPage.activeSwitch(Name).click()
  await expect(webhooksPage.notices()).toContainText(`Paused “${Name}”.`)
  await expect(webhooksPage.problem(Name)).toBeHidden()
})

test('an error in one row leaves a pause in another alone', async ({
  webhooksPage,
  sandbox,
  expectConsole,
}) => {
  expectConsole(/502/)
  const first = await sandbox.seedWebhook()
  const second = await sandbox.seedWebhook({ Name: `${first.Name} second` })
  await webhooksPage.openFor(first.Name)
  await sandbox.fault({ ...PUT, kind: 'error' })
  await webhooksPage.activeSwitch(first.Name).click()
  await webhooksPage.activeSwitch(second.Name).click()

  await expect(webhooksPage.problem(first.Name)).toBeVisible()
  await expect(webhooksPage.activeSwitch(first.Name)).toBeChecked()
  await expect(webhooksPage.activeSwitch(second.Name)).not.toBeChecked()
  await expect.poll(async () => (await sandbox.readWebhook(second.Id)).Active).toBe(false)
})

test('Undo after a pause is a change of its own', async ({ webhooksPage, sandbox }) => {
  const { Id, Name } = await sandbox.seedWebhook()
  await webhooksPage.openFor(Name)
  await webhooksPage.activeSwitch(Name).click()
  await expect(webhooksPage.notices()).toContainText(`Paused “${Name}”.`)
  expect(await sandbox.readWebhook(Id)).toMatchObject({ Active: false })

  await webhooksPage.undo().click()
  await expect(webhooksPage.activeSwitch(Name)).toBeChecked()
  await expect(webhooksPage.status()).toHaveText('Resumed again')
  expect(await sandbox.readWebhook(Id)).toMatchObject({ Active: true })
  expect((await sandbox.calls()).filter(({ method }) => method === 'PUT')).toHaveLength(2)
})

test('the row menu pauses and resumes, too', async ({ webhooksPage, sandbox }) => {
  const { Id, Name } = await sandbox.seedWebhook()
  await webhooksPage.openFor(Name)
  await webhooksPage.menuButton(Name).click()
  await webhooksPage.menuItem('Pause').click()
  await expect(webhooksPage.activeSwitch(Name)).not.toBeChecked()
  await webhooksPage.menuButton(Name).click()
  await webhooksPage.menuItem('Resume').click()
  await expect(webhooksPage.activeSwitch(Name)).toBeChecked()
  await expect(webhooksPage.notices()).toContainText(`Resumed “${Name}”.`)
  expect(await sandbox.readWebhook(Id)).toMatchObject({ Active: true })
})

test('quick presses are saved in their order', async ({ webhooksPage, sandbox }) => {
  const { Id, Name } = await sandbox.seedWebhook()
  await webhooksPage.openFor(Name)
  await sandbox.fault({ ...PUT, kind: 'slow', delayMs: 700 })
  const toggle = webhooksPage.activeSwitch(Name)
  await toggle.click()
  await expect(toggle).not.toBeChecked()
  await toggle.click()
  await expect(toggle).toBeChecked()
  await toggle.click()
  await expect(toggle).not.toBeChecked()

  const written = async () =>
    (await sandbox.calls()).filter(({ method }) => method === 'PUT').map(({ body }) => body)
  await expect.poll(written).toMatchObject([{ Active: false }, { Active: true }, { Active: false }])
  await expect(toggle).not.toBeChecked()
  expect(await sandbox.readWebhook(Id)).toMatchObject({ Active: false })
})

test('a pause keeps the description and every other field', async ({ webhooksPage, sandbox }) => {
  const before = await sandbox.seedWebhook({ Description: 'Must survive', Action: 97 })
  await webhooksPage.openFor(before.Name)
  await webhooksPage.activeSwitch(before.Name).click()
  await expect(webhooksPage.notices()).toContainText('Paused')
  const { BusinessId, Action, URL, Description } = before
  expect(await sandbox.readWebhook(before.Id)).toMatchObject({
    BusinessId,
    Action,
    URL,
    Description,
    Active: false,
  })
})

test('a stopped webhook is resumed only after a dialog with the reason it stopped', async ({
  page,
  webhooksPage,
  sandbox,
}) => {
  const { Id, Name } = await sandbox.findStopped()
  await webhooksPage.openFor(String(Id))
  await webhooksPage.activeSwitch(Name).click()

  const question = webhooksPage.question(`Resume “${Name}”?`)
  await expect(question).toContainText('Probably stopped by Nexudus')
  await expect(question).toContainText('Last error:')
  await expect(question).not.toContainText(/<|System\.|\(\d{3}\) [A-Z]/)
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(question).toBeHidden()
  await expect(webhooksPage.activeSwitch(Name)).not.toBeChecked()
  expect(await sandbox.readWebhook(Id)).toMatchObject({ Active: false })

  await webhooksPage.activeSwitch(Name).click()
  await question.getByRole('button', { name: 'Resume webhook' }).click()
  await expect(webhooksPage.activeSwitch(Name)).toBeChecked()
  await expect.poll(async () => (await sandbox.readWebhook(Id)).Active).toBe(true)
})

test('a paused webhook open beside the list can be edited and saved', async ({
  form,
  webhooksPage,
  sandbox,
}) => {
  const { Id, Name } = await sandbox.seedWebhook()
  await webhooksPage.openFor(Name)
  await webhooksPage.link(Name).click()
  await expect(form.name()).toHaveValue(Name)
  await webhooksPage.activeSwitch(Name).click()
  await expect(webhooksPage.notices()).toContainText(`Paused “${Name}”.`)
  await expect(form.active()).not.toBeChecked()

  await form.description().fill('Written while paused')
  await form.save().click()
  await expect(webhooksPage.notices()).toContainText(`Saved “${Name}”.`)
  expect(await sandbox.readWebhook(Id)).toMatchObject({
    Active: false,
    Description: 'Written while paused',
  })
})
