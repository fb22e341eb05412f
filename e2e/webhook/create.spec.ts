import { ANCOATS, SHOREDITCH, uniqueName } from '#tools/network.mjs'
import { expect, test } from '#e2e/support/fixtures.ts'
import { prefillLink } from '#e2e/support/prefill.ts'

test.beforeEach(({ signIn }) => signIn('admin'))

test('a webhook is created as typed, and appears in the table', async ({
  form,
  webhooksPage,
  sandbox,
}) => {
  const name = uniqueName()
  await webhooksPage.open()
  await webhooksPage.newButton().click()

  await form.location().fill('ancoats')
  await form.option(ANCOATS.name).click()
  await form.action().fill('member paid')
  await form.option('Invoice – fully paid').first().click()
  await form.url().fill('https://receiver.example.com/Paid//%7e?a=1&b')
  await form.name().fill(name)
  await form.description().fill('For the books.\nAsk Ana.')
  await form.active().click()
  await form.create().click()

  await expect(form.panel(name)).toContainText('Created. It is now in the list.')
  await webhooksPage.search().fill(name)
  await expect(webhooksPage.row(name)).toContainText('Invoice – fully paid')
  const [made, ...others] = await sandbox.webhooksNamed(name)
  expect(others).toEqual([])
  expect(made).toMatchObject({
    BusinessId: ANCOATS.id,
    Action: 21,
    URL: 'https://receiver.example.com/Paid//%7e?a=1&b',
    Description: 'For the books.\nAsk Ana.',
    Active: false,
  })
})

test('invisible characters are removed around a pasted URL, and cause a warning inside it', async ({
  form,
  page,
  sandbox,
}) => {
  const name = uniqueName()
  await form.openNew(`?location=${SHOREDITCH.id}&action=6`)
  await form.url().fill('\u200b\ufeffhttps://\u0430pple.com/{{id}}/a\u00adb#top,\u200b')
  await form.name().fill(name)
  await expect(form.url()).toHaveValue('https://\u0430pple.com/{{id}}/a\u00adb#top,')
  await expect(page.getByText('Hookdesk removed invisible characters around it.')).toBeVisible()
  const about = page.getByRole('list', { name: 'About this URL' }).getByRole('listitem')
  await expect(about).toHaveText([
    /mixes look-alike letters.*xn--pple-43d\.com/,
    /a soft hyphen \(U\+00AD\)/,
    'The URL seems to contain a placeholder. Nexudus uses it as it is.',
    /ends with a comma/,
    /after # is not sent/,
  ])
  await form.create().click()
  await expect(form.panel(name)).toContainText('Created. It is now in the list.')
  expect(await sandbox.webhooksNamed(name)).toMatchObject([
    { URL: 'https://\u0430pple.com/{{id}}/a\u00adb#top,' },
  ])

  await form.openNew(`?location=${SHOREDITCH.id}&action=6`)
  await form.url().fill('https://example.com:99999')
  await form.name().fill('x')
  await expect(form.url()).toHaveAccessibleDescription(/Port 99999 does not exist/)
})

test('a name is suggested until the person writes one', async ({ form }) => {
  await form.openNew(`?location=${SHOREDITCH.id}`)
  await form.action().fill('check-in')
  await form.option('CoworkerCheckin').first().click()
  await expect(form.name()).toHaveValue(/ – Northlight Shoreditch$/)

  await form.name().fill('My own')
  await form.location().fill('ancoats')
  await form.option(ANCOATS.name).click()
  await expect(form.name()).toHaveValue('My own')
})

test('all missing values are named in a summary that leads to their fields', async ({ form }) => {
  await form.openNew()
  await form.create().click()

  await expect(form.summary()).toBeFocused()
  await expect(form.summary()).toContainText('Fix 4 problems before you continue')
  await expect(form.location()).toHaveAccessibleDescription(/Choose a location/)
  await expect(form.action()).toHaveAccessibleDescription(/Choose an action/)
  await expect(form.url()).toHaveAccessibleDescription(/Enter the URL that receives the data/)
  await expect(form.name()).toHaveAccessibleDescription(/Enter a name/)

  const leadsTo = { Location: form.location(), Action: form.action(), URL: form.url() }
  for (const [label, field] of Object.entries({ ...leadsTo, Name: form.name() })) {
    await form.summary().getByRole('link', { name: label }).click()
    await expect(field).toBeFocused()
  }
})

test('an error disappears as soon as its field is corrected', async ({ form }) => {
  await form.openNew()
  await form.create().click()
  await expect(form.summary()).toContainText('Enter a name')

  await form.name().fill('Mended')
  await expect(form.summary()).not.toContainText('Enter a name')
  await expect(form.summary()).toContainText('Fix 3 problems before you continue')
})

test('a URL that cannot work prevents saving', async ({ form, sandbox }) => {
  const blocked = {
    'not an address': 'Enter a full URL that starts with https://',
    'ftp://files.example.com/x': 'Enter a full URL that starts with https://',
    'https:receiver.example.com': 'Enter a full URL that starts with https://',
    'https://localhost/hook': 'Nexudus cannot reach this URL over the internet.',
    'https://10.1.2.3/hook': 'Nexudus cannot reach this URL over the internet.',
    'https://[::1]/hook': 'Nexudus cannot reach this URL over the internet.',
    'https://crm.internal/hook': 'Nexudus cannot reach this URL over the internet.',
  }
  await form.openNew(prefillLink().search)
  for (const [address, words] of Object.entries(blocked)) {
    await form.url().fill(address)
    await form.create().click()
    await expect(form.summary(), address).toContainText(`URL: ${words}`)
    await expect(form.url(), address).toHaveAccessibleDescription(new RegExp(words))
  }
  expect(await sandbox.writes()).toEqual([])
})

test('warnings about a URL appear below its field and do not prevent saving', async ({
  page,
  form,
  webhooksPage,
}) => {
  const findings = {
    'http://receiver.example.com/a': 'not encrypted',
    'https://user:pass@receiver.example.com/a': 'contains a password',
    'https://n8n.example.com/webhook-test/a': 'looks like a test URL',
    'https://webhook.site/a': 'looks like a test URL',
    'https://abc.ngrok-free.app/a': 'looks like a test URL',
    'https://hooks.zapier.com/hooks/catch/1/a': 'Looks like a Zap',
    'https://hook.eu1.make.com/a': 'Looks like a Make scenario',
    'https://prod-1.westeurope.logic.azure.com/a': 'Looks like a Power Automate flow',
    'https://mine.app.n8n.cloud/webhook/a': 'Looks like an n8n workflow',
    'https://hooks.slack.com/services/a': 'Slack will probably not understand',
  }
  const { name, search } = prefillLink()
  await form.openNew(search)
  for (const [address, words] of Object.entries(findings)) {
    await form.url().fill(address)
    await expect(form.findings(), address).toContainText(words)
  }
  await form.create().click()
  await expect(page.getByText('Created. It is now in the list.')).toBeVisible()
  await expect(webhooksPage.link(name)).toBeAttached()
})

test('a duplicate is pointed out, with a link to the first webhook', async ({ form, sandbox }) => {
  const duplicate = await sandbox.seedWebhook()
  await form.openNew(prefillLink({ url: duplicate.URL }).search)
  await expect(form.findings()).toContainText('is a duplicate')
  await expect(form.findings().getByRole('link', { name: duplicate.Name })).toHaveAttribute(
    'href',
    new RegExp(`/webhooks/${duplicate.Id}`),
  )
})

test('a URL whose host has stopped webhooks comes with advice to check it first', async ({
  form,
  sandbox,
}) => {
  const stopped = await sandbox.findStopped()
  const { origin } = new URL(stopped.URL)
  await form.openNew(prefillLink({ url: `${origin}/another` }).search)
  await expect(form.findings()).toContainText(/to this host (has|have) stopped/)
})

test('spaces around a URL are removed, and the page says so', async ({ form }) => {
  await form.openNew()
  await form.url().fill('  https://receiver.example.com/a ')
  await form.url().blur()
  await expect(form.url()).toHaveValue('https://receiver.example.com/a')
  await expect(form.form()).toContainText('Hookdesk removed spaces around it.')
})

test('a link fills in the form and never saves', async ({ form, sandbox }) => {
  const { name, url, search } = prefillLink({ action: 21 })
  await form.openNew(search)
  await expect(form.location()).toHaveValue(SHOREDITCH.name)
  await expect(form.action()).toHaveValue('Invoice – fully paid')
  await expect(form.url()).toHaveValue(url)
  await expect(form.name()).toHaveValue(name)
  expect(await sandbox.webhooksNamed(name)).toEqual([])
})

test('a link with a password in its URL does not fill that in', async ({ page, form }) => {
  await form.openNew(prefillLink({ url: 'https://ana:s3cr3t@receiver.example.com/' }).search)
  await expect(page.getByText('Ignored the URL in the link: it contains a password.')).toBeVisible()
  await expect(form.url()).toHaveValue('')
})

test('Create pressed twice creates one webhook', async ({ form, sandbox }) => {
  const { name, search } = prefillLink()
  await sandbox.fault({ kind: 'slow', method: 'POST', path: '/api/sys/webhooks', delayMs: 800 })
  await form.openNew(search)
  await form.create().dblclick()
  await expect(form.panel(name)).toContainText('Created. It is now in the list.')
  expect(await sandbox.webhooksNamed(name)).toHaveLength(1)
})

test('Ctrl and Enter save from within a field', async ({ form, sandbox }) => {
  const { name, search } = prefillLink()
  await form.openNew(search)
  await form.description().fill('Typed')
  await form.description().press('Control+Enter')
  await expect(form.panel(name)).toContainText('Created. It is now in the list.')
  expect(await sandbox.webhooksNamed(name)).toHaveLength(1)
})

test('duplicating a webhook opens a copy that is switched off', async ({
  form,
  webhooksPage,
  sandbox,
}) => {
  const original = await sandbox.seedWebhook({ Description: 'Copied, too' })
  await webhooksPage.openFor(original.Name)
  await webhooksPage.menuButton(original.Name).click()
  await webhooksPage.menuItem('Duplicate').click()

  await expect(form.name()).toHaveValue(`${original.Name} (copy)`)
  await expect(form.location()).toHaveValue(SHOREDITCH.name)
  await expect(form.url()).toHaveValue(original.URL)
  await expect(form.description()).toHaveValue('Copied, too')
  await expect(form.active()).not.toBeChecked()
  await form.create().click()
  await expect(form.panel(`${original.Name} (copy)`)).toBeVisible()

  const [copy] = await sandbox.webhooksNamed(`${original.Name} (copy)`)
  expect(copy).toMatchObject({ Active: false, Action: 6, Description: 'Copied, too' })
  expect(await sandbox.readWebhook(original.Id)).toMatchObject({ Active: true })
})

test('a new webhook’s typed values survive a reload, except a URL with a key', async ({
  page,
  form,
  webhooksPage,
}) => {
  await form.openNew()
  await form.location().fill('shoreditch')
  await form.options().first().click()
  await form.name().fill('Typed before a reload')
  await form.url().fill('https://receiver.example.com/in?key=s3cr3t')
  await page.reload()
  await expect(form.name()).toHaveValue('Typed before a reload')
  await expect(form.location()).toHaveValue(SHOREDITCH.name)
  await expect(form.url()).toHaveValue('')
  await expect(page.getByText('The page was reloaded.')).toBeVisible()
  expect(await page.evaluate(() => JSON.stringify(Object.entries(sessionStorage)))).not.toContain(
    's3cr3t',
  )

  // closing the form discards it
  await form.close().click()
  const question = webhooksPage.question('Leave without saving?')
  await question.getByRole('button', { name: 'Leave' }).click()
  await expect(question).toBeHidden()
  await form.openNew()
  await expect(form.name()).toHaveValue('')
})
