import { expect, test } from '#e2e/support/fixtures.ts'
import { prefillLink } from '#e2e/support/prefill.ts'

const POST = { method: 'POST', path: '/api/sys/webhooks' }
const GET = { method: 'GET', path: '/api/sys/webhooks' }

test('a create whose answer is lost creates one webhook, and says so', async ({
  form,
  signIn,
  sandbox,
}) => {
  await signIn('admin')
  const { name, search } = prefillLink()
  await form.openNew(search)
  await sandbox.fault({ ...POST, kind: 'lost_answer' })
  await form.create().click()
  await expect(form.panel(name)).toContainText('Created. It is now in the list.')
  expect(await sandbox.webhooksNamed(name)).toHaveLength(1)
})

for (const kind of ['drop_mid_body', 'broken_json', 'wrong_length']) {
  test(`a create whose answer is damaged (${kind}) creates one webhook`, async ({
    form,
    signIn,
    sandbox,
  }) => {
    await signIn('admin')
    const { name, search } = prefillLink()
    await form.openNew(search)
    await sandbox.fault({ ...POST, kind })
    await form.create().click()
    await expect(form.panel(name)).toContainText('Created. It is now in the list.')
    expect(await sandbox.webhooksNamed(name)).toHaveLength(1)
  })
}

for (const kind of ['drop', 'error', 'html', 'empty']) {
  test(`a create that never happened (${kind}) says so, and can be sent again`, async ({
    page,
    form,
    signIn,
    sandbox,
    expectConsole,
  }) => {
    expectConsole(/502/)
    await signIn('admin')
    const { name, search } = prefillLink()
    await form.openNew(search)
    await sandbox.fault({ ...POST, kind })
    await form.create().click()
    await expect(form.alert()).toContainText('Hookdesk looked again: it has not been saved so far.')
    await expect(form.alert()).toContainText('What you typed is kept.')
    await expect(form.name()).toHaveValue(name)

    await page.getByRole('button', { name: 'Check and save again' }).click()
    await expect(form.panel(name)).toContainText('Created. It is now in the list.')
    expect(await sandbox.webhooksNamed(name)).toHaveLength(1)
  })
}

test('a create that is lost and cannot be looked up still happens only once', async ({
  page,
  form,
  signIn,
  sandbox,
  expectConsole,
}) => {
  expectConsole(/502/)
  await signIn('admin')
  const { name, search } = prefillLink()
  await form.openNew(search)
  // the list has been read: later faults are meant for the form
  await expect(page.getByText(/^No webhook matches (these filters|“.*”)\.$/)).toBeVisible()
  // the look before the create succeeds, the three after it fail
  await sandbox.fault({ ...GET, kind: 'slow', delayMs: 0 })
  await sandbox.fault({ ...POST, kind: 'lost_answer' })
  await sandbox.fault({ ...GET, kind: 'error', times: 6 })
  await form.create().click()
  await expect(form.alert()).toContainText('Hookdesk does not know whether this was saved.')

  await page.getByRole('button', { name: 'Check and save again' }).click()
  await expect(form.panel(name)).toContainText('Created. It is now in the list.')
  expect(await sandbox.webhooksNamed(name)).toHaveLength(1)
})

test('a lost create that was altered before it was sent again is not confused with it', async ({
  page,
  form,
  signIn,
  sandbox,
  expectConsole,
}) => {
  expectConsole(/502|409/)
  await signIn('admin')
  const { name, search } = prefillLink()
  await form.openNew(search)
  // the list has been read: later faults are meant for the form
  await expect(page.getByText(/^No webhook matches (these filters|“.*”)\.$/)).toBeVisible()
  await sandbox.fault({ ...GET, kind: 'slow', delayMs: 0 })
  await sandbox.fault({ ...POST, kind: 'lost_answer' })
  await sandbox.fault({ ...GET, kind: 'error', times: 6 })
  await form.create().click()
  await expect(form.alert()).toContainText('Hookdesk does not know whether this was saved.')

  await form.name().fill(`${name} altered`)
  await form.create().click()
  await expect(form.alert()).toContainText('Your first attempt created this webhook')
  expect(await sandbox.webhooksNamed(name)).toHaveLength(1)
  expect(await sandbox.webhooksNamed(`${name} altered`)).toEqual([])
})

test('a throttled create waits as asked, and is saved without another press', async ({
  form,
  signIn,
  sandbox,
  expectConsole,
}) => {
  expectConsole(/429/)
  // Nexudus throttles accounts one by one, so no other test uses this one meanwhile
  await signIn('totp')
  const { name, search } = prefillLink()
  await form.openNew(search)
  await sandbox.fault({ ...POST, kind: 'throttle', retryAfter: 3 })
  await form.create().click()
  await expect(form.form().getByRole('status')).toContainText(/Trying again in [123] s/)
  await expect(form.panel(name)).toContainText('Created. It is now in the list.')
  expect(await sandbox.webhooksNamed(name)).toHaveLength(1)
})

test('a change whose answer is lost happens once, and the page says so', async ({
  form,
  signIn,
  webhooksPage,
  sandbox,
}) => {
  await signIn('admin')
  const webhook = await sandbox.seedWebhook()
  await form.open(webhook.Id)
  await form.description().fill('Written once')
  await sandbox.fault({ method: 'PUT', path: '/api/sys/webhooks', kind: 'lost_answer' })
  await form.save().click()
  await expect(webhooksPage.notices()).toContainText(`Saved “${webhook.Name}”.`)
  expect((await sandbox.readWebhook(webhook.Id)).Description).toBe('Written once')
  expect((await sandbox.calls()).filter(({ method }) => method === 'PUT')).toHaveLength(1)
})

test('without a network the form says that nothing was sent', async ({
  page,
  context,
  form,
  signIn,
  sandbox,
  expectConsole,
}) => {
  expectConsole(/ERR_INTERNET_DISCONNECTED/)
  await signIn('admin')
  const { name, search } = prefillLink()
  await form.openNew(search)
  await expect(form.name()).toHaveValue(name)
  await context.setOffline(true)
  await form.create().click()
  await expect(form.alert()).toContainText('You are offline. Nothing has been sent.')

  await context.setOffline(false)
  await page.getByRole('button', { name: 'Check and save again' }).click()
  await expect(form.panel(name)).toContainText('Created. It is now in the list.')
  expect(await sandbox.webhooksNamed(name)).toHaveLength(1)
})
