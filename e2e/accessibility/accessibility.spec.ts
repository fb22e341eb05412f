import { endSession } from '#tools/desk-session.mjs'
import { emailOf, SHOREDITCH } from '#tools/network.mjs'
import { expectAccessible, LOOKS } from '#e2e/support/accessible.ts'
import { expect, test } from '#e2e/support/fixtures.ts'
import { prefillLink } from '#e2e/support/prefill.ts'

const LIST = { method: 'GET', path: '/api/sys/webhooks' }

for (const colorScheme of ['light', 'dark'] as const) {
  test(`signing in is accessible, with errors and the second factor, ${colorScheme}`, async ({
    page,
    signInPage,
    expectConsole,
  }) => {
    expectConsole(/401/)
    const looks = LOOKS.filter((look) => look.colorScheme === colorScheme)
    await page.emulateMedia({ colorScheme })
    await signInPage.open()
    await signInPage.submit().click()
    await expect(signInPage.email()).toHaveAccessibleDescription(/Enter your e-mail address/)
    await expectAccessible(page, looks)
    await signInPage.demoAccount(emailOf('totp')).click()
    await signInPage.submit().click()
    await expect(signInPage.code()).toBeVisible()
    await expectAccessible(page, looks)
  })
}

test.describe('for a signed-in person', () => {
  test.beforeEach(({ signIn }) => signIn('admin'))

  test('the whole list is accessible', async ({ page, webhooksPage }) => {
    test.slow()
    await webhooksPage.open()
    await expect(webhooksPage.table()).toBeVisible()
    await expectAccessible(page, LOOKS.slice(0, 1))
  })

  test('a filtered list with every health is accessible', async ({ page, webhooksPage }) => {
    await webhooksPage.open('?q=accounting&health=working,stopped,off,failing,about-to-stop&x=1')
    await expect(webhooksPage.table()).toBeVisible()
    await expectAccessible(page)
  })

  test('a list without matches is accessible', async ({ page, webhooksPage }) => {
    await webhooksPage.open('?q=nothing-has-this-name&health=brokn')
    await expect(page.getByText(/^No webhook matches (these filters|“.*”)\.$/)).toBeVisible()
    await expectAccessible(page)
  })

  test('a list during its first reading is accessible', async ({ page, webhooksPage, sandbox }) => {
    await sandbox.fault({ ...LIST, kind: 'hang' })
    await webhooksPage.open()
    await expect(page.getByText('Loading webhooks …')).toBeAttached()
    await expectAccessible(page, LOOKS.slice(0, 1))
  })

  test('a list that could not be read is accessible', async ({
    page,
    webhooksPage,
    sandbox,
    expectConsole,
  }) => {
    expectConsole(/502/)
    await sandbox.fault({ ...LIST, kind: 'error', times: 20 })
    await webhooksPage.open()
    await expect(page.getByRole('alert')).toBeVisible()
    await expectAccessible(page)
  })

  test('a new webhook is accessible, with warnings and errors', async ({ page, form }) => {
    const { search } = prefillLink({ url: 'http://n8n.example.com/webhook-test/' })
    await form.openNew(search)
    await expect(form.findings()).toBeVisible()
    await form.location().fill('nowhere')
    await form.name().fill('')
    await form.url().fill('https://localhost/')
    await form.create().click()
    await expect(form.summary()).toBeFocused()
    await expectAccessible(page)
  })

  test('an open webhook is accessible, with a warning below its URL', async ({
    page,
    form,
    sandbox,
  }) => {
    const duplicate = await sandbox.seedWebhook({ URL: 'http://hooks.zapier.com/hooks/catch/1/2' })
    const { Id, Name } = await sandbox.seedWebhook({ URL: duplicate.URL })
    await page.goto(`/webhooks/${Id}?q=${encodeURIComponent(Name)}`)
    await expect(form.findings()).toContainText('is a duplicate')
    await expectAccessible(page)
  })

  test('a stopped webhook is accessible', async ({ page, form, sandbox }) => {
    const { Id, Name } = await sandbox.findStopped()
    await page.goto(`/webhooks/${Id}?q=${Id}`)
    await expect(form.panel(Name)).toContainText('Stopped')
    await expectAccessible(page)
  })

  test('a conflict is accessible', async ({ page, form, sandbox, expectConsole }) => {
    expectConsole(/409/)
    const { Id, Name } = await sandbox.seedWebhook({ Description: 'Before' })
    await page.goto(`/webhooks/${Id}?q=${encodeURIComponent(Name)}`)
    await form.description().fill('Mine')
    await sandbox.changeWebhook(Id, { Description: 'Theirs' })
    await form.save().click()
    await expect(form.choice('Description')).toBeVisible()
    await expectAccessible(page)
  })

  test('a save without an answer is accessible', async ({ page, form, sandbox, expectConsole }) => {
    expectConsole(/502/)
    await form.openNew(prefillLink().search)
    await sandbox.fault({ kind: 'drop', method: 'POST', path: '/api/sys/webhooks' })
    await form.create().click()
    await expect(form.alert()).toBeVisible()
    await expectAccessible(page)
  })

  test('the open picker is accessible', async ({ page, form }) => {
    await form.openNew(prefillLink().search)
    await form.action().click()
    await expect(form.options()).not.toHaveCount(0)
    await expectAccessible(page)
  })

  test('a picker without matches is accessible', async ({ page, form }) => {
    await form.openNew(prefillLink().search)
    await form.action().fill('zzzz')
    await expect(form.form()).toContainText('No action matches')
    await expectAccessible(page)
  })

  test('the menu of a row is accessible', async ({ page, webhooksPage, sandbox }) => {
    const { Name } = await sandbox.seedWebhook()
    await webhooksPage.openFor(Name)
    await webhooksPage.menuButton(Name).click()
    await expect(webhooksPage.menuItem('Edit')).toBeVisible()
    await expectAccessible(page)
  })

  test('the menu of the person is accessible', async ({ page, webhooksPage }) => {
    await webhooksPage.open('?q=nothing-has-this-name')
    await page.getByRole('button', { name: /^Account/ }).click()
    await expectAccessible(page)
  })

  test('a filter menu is accessible', async ({ page, webhooksPage }) => {
    await webhooksPage.open('?q=nothing-has-this-name')
    await webhooksPage.filterButton('Location').click()
    await expect(webhooksPage.filterMenu('Location')).toBeVisible()
    await expectAccessible(page)
  })

  test('the sandbox’s page is accessible, with and without deliveries', async ({
    page,
    sandbox,
    product,
  }) => {
    await page.goto('/sandbox')
    await expect(page.getByRole('heading', { name: 'What arrived' })).toBeVisible()
    await expectAccessible(page)
    await sandbox.seedWebhook({ URL: `${product.sandboxUrl}/receiver/axe`, Action: 86 })
    await sandbox.raise(SHOREDITCH.id, 86)
    await page.getByText('Body and headers').first().click()
    await page.getByText('locations sign').click()
    await expectAccessible(page)
  })

  test('the signature helper is accessible, with its findings', async ({ page }) => {
    await page.goto('/tools/signature')
    await page.getByRole('button', { name: 'Check', exact: true }).click()
    await expectAccessible(page)
    await page.getByLabel('Body').fill('[{}]')
    await page.getByLabel('Shared secret').fill('secret')
    await page.getByRole('button', { name: 'Check', exact: true }).click()
    await expect(page.getByRole('alert')).toBeVisible()
    await expectAccessible(page)
  })

  test('the check of a URL, a sample and an explained error are accessible', async ({
    page,
    form,
    sandbox,
    product,
  }) => {
    await sandbox.tell('axe-broken', '500')
    const URL = `${product.sandboxUrl}/receiver/axe-broken`
    const { Id } = await sandbox.seedWebhook({ URL, Action: 87 })
    await sandbox.raise(SHOREDITCH.id, 87)
    await expect.poll(async () => (await sandbox.readWebhook(Id)).ErrorCount).toBe(1)
    await form.open(Id)
    await page.getByText('Original message', { exact: true }).click()
    await page.getByText('Data it sends').click()
    await page.getByRole('button', { name: 'Check this URL' }).click()
    await expect(page.getByText('Checked from the Hookdesk server')).toBeVisible()
    await page.getByRole('button', { name: 'Send a sample …' }).click()
    await expectAccessible(page)
  })

  test('the dialog before a deletion is accessible', async ({ page, webhooksPage, sandbox }) => {
    const { Name } = await sandbox.seedWebhook()
    await webhooksPage.openFor(Name)
    await webhooksPage.menuButton(Name).click()
    await webhooksPage.menuItem('Delete…').click()
    await expect(webhooksPage.question(/^Delete/)).toBeVisible()
    await expectAccessible(page)
  })

  test('the dialog before leaving a form is accessible', async ({ page, form, webhooksPage }) => {
    await form.openNew(prefillLink().search)
    await form.description().fill('Not saved')
    await form.close().click()
    await expect(webhooksPage.question('Leave without saving?')).toBeVisible()
    await expectAccessible(page)
  })

  test('the list of keys is accessible', async ({ page, webhooksPage }) => {
    await webhooksPage.open('?q=nothing-has-this-name')
    await expect(webhooksPage.foot()).toBeVisible()
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
    await expectAccessible(page)
  })

  test('the sign-in dialog over a page is accessible', async ({
    page,
    context,
    product,
    signInPage,
    webhooksPage,
    expectConsole,
  }) => {
    expectConsole(/401/)
    await webhooksPage.open('?q=nothing-has-this-name')
    await expect(webhooksPage.foot()).toBeVisible()
    await endSession(context, product.url)
    await webhooksPage.refresh().click()
    await expect(signInPage.sessionOver()).toBeVisible()
    await expectAccessible(page)
  })

  test('a notice and a row with an error are accessible', async ({
    page,
    webhooksPage,
    sandbox,
    expectConsole,
  }) => {
    expectConsole(/502/)
    const { Name } = await sandbox.seedWebhook()
    await webhooksPage.openFor(Name)
    await webhooksPage.activeSwitch(Name).click()
    await expect(webhooksPage.notices()).toBeVisible()
    await sandbox.fault({ kind: 'error', method: 'PUT' })
    await webhooksPage.activeSwitch(Name).click()
    await expect(webhooksPage.problem(Name)).toBeVisible()
    await webhooksPage.notices().hover()
    await expectAccessible(page)
  })

  test('the exact time is accessible', async ({ page, webhooksPage }) => {
    await webhooksPage.open('?q=scoring')
    await webhooksPage.rows().first().getByRole('cell').getByRole('button').first().focus()
    await expect(page.getByRole('tooltip')).toBeVisible()
    await expectAccessible(page)
  })
})

test('acts that the account may not use are accessible', async ({
  page,
  signIn,
  webhooksPage,
  sandbox,
}) => {
  const { Name } = await sandbox.seedWebhook()
  await signIn('viewer')
  await webhooksPage.openFor(Name)
  await webhooksPage.menuButton(Name).click()
  await expect(webhooksPage.menuItem('Delete…')).toContainText('You need the right')
  for (const look of LOOKS) {
    // an open menu stays where its button was, so it is opened anew in each width
    await page.keyboard.press('Escape')
    await page.setViewportSize({ width: look.width, height: 900 })
    await webhooksPage.openMenu(Name)
    await expectAccessible(page, [look])
  }
})

test('a missing right to list webhooks is accessible', async ({
  page,
  signIn,
  webhooksPage,
  expectConsole,
}) => {
  expectConsole(/403/)
  await signIn('norole')
  await webhooksPage.open()
  await expect(page.getByText('rights that Nexudus calls WebHook-List')).toBeVisible()
  await expectAccessible(page)
})

test('the page for unknown addresses is accessible', async ({ page, signIn }) => {
  await signIn('admin')
  await page.goto('/nowhere')
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible()
  await expectAccessible(page)
})
