import { randomUUID } from 'node:crypto'

import { SHOREDITCH } from '#tools/network.mjs'
import { expect, test } from '#e2e/support/fixtures.ts'
import { prefillLink } from '#e2e/support/prefill.ts'

/** An action that the seeded network has no webhook for, so that a test's webhook is alone. */
const QUIET_ACTION = 79

test.beforeEach(({ signIn }) => signIn('admin'))

test('a new webhook is tried with one click, and its row changes to Working', async ({
  page,
  form,
  webhooksPage,
  product,
}) => {
  const url = `${product.sandboxUrl}/receiver/${randomUUID()}`
  const { name, search } = prefillLink({ url, action: QUIET_ACTION })
  await form.openNew(search)
  await form.create().click()
  await expect(form.panel(name)).toContainText('Created. It is now in the list.')
  await expect(webhooksPage.row(name)).toContainText('Not triggered yet')

  await page.getByRole('button', { name: 'Try it' }).click()
  await expect(webhooksPage.row(name)).toContainText('Working')
  await expect(form.panel(name)).toContainText(/Delivered in \d+ ms, answered 200\./)

  await page.getByRole('link', { name: 'See what arrived' }).click()
  const arrivals = page.getByRole('list', { name: 'Arrivals, newest first' })
  const arrival = arrivals.getByRole('listitem').filter({ hasText: url.split('/').at(-1) ?? '' })
  await expect(arrival).toContainText('Signature valid')
  await arrival.getByText('Body and headers').click()
  await expect(arrival.getByRole('region', { name: 'Body' })).toContainText(
    '"BusinessId": 1400000002',
  )
  await expect(arrival.getByRole('table', { name: 'Headers' })).toContainText(
    'x-nexudus-hook-signature',
  )
  const delivery = page.getByRole('list', { name: /^Deliveries/ }).getByRole('listitem')
  await expect(delivery.filter({ hasText: name })).toContainText('Delivered')
})

test('a receiver that fails ten times takes its webhook from Failing to Stopped, and back after repair', async ({
  page,
  form,
  webhooksPage,
  sandbox,
  product,
}) => {
  const receiver = randomUUID()
  const URL = `${product.sandboxUrl}/receiver/${receiver}`
  // 410 is final: each event fails once, and no retry adds to the count during the test
  await sandbox.tell(receiver, '410')
  const { Id, Name } = await sandbox.seedWebhook({ URL, Action: QUIET_ACTION })
  const row = webhooksPage.row(Name)
  const fail = async (times: number) => {
    for (let time = 0; time < times; time += 1) await sandbox.raise(SHOREDITCH.id, QUIET_ACTION)
  }
  const countIs = (count: number) =>
    expect.poll(async () => (await sandbox.readWebhook(Id)).ErrorCount).toBe(count)

  await fail(4)
  await countIs(4)
  await webhooksPage.openFor(Name)
  await expect(row).toContainText('Failing')
  await expect(row).toContainText('4 of 10')
  await fail(5)
  await countIs(9)
  await webhooksPage.refresh().click()
  await expect(row).toContainText('About to stop')
  await expect(row).toContainText('9 of 10')
  await fail(1)
  await countIs(10)
  await webhooksPage.refresh().click()
  await expect(row).toContainText('Stopped')
  await expect(webhooksPage.activeSwitch(Name)).not.toBeChecked()

  await webhooksPage.link(Name).click()
  const error = page.getByRole('region', { name: 'Last error' })
  await expect(error).toContainText('The receiver says this URL is gone for good.')
  await expect(error).toContainText('Replace the URL, or delete the webhook.')
  await error.getByText('Original message', { exact: true }).click()
  await expect(error).toContainText('(410) Gone')

  await sandbox.tell(receiver, '200')
  await webhooksPage.activeSwitch(Name).click()
  const question = webhooksPage.question(`Resume “${Name}”?`)
  await question.getByRole('button', { name: 'Resume webhook' }).click()
  await expect(webhooksPage.activeSwitch(Name)).toBeChecked()
  await form.panel(Name).getByRole('button', { name: 'Try it' }).click()
  await expect(row).toContainText('Working')
  expect(await sandbox.readWebhook(Id)).toMatchObject({ ErrorCount: 0, Active: true })
})

test('a URL is checked in its form, and the result stays until the URL changes', async ({
  page,
  form,
  product,
  sandbox,
}) => {
  const receiver = randomUUID()
  await form.openNew(prefillLink({ url: `${product.sandboxUrl}/receiver/${receiver}` }).search)
  const check = page.getByRole('region', { name: 'Check of the URL' })
  await expect(check).toContainText('Checks the URL you typed, not the saved one')
  await check.getByRole('button', { name: 'Check this URL' }).click()
  await expect(check).toContainText(
    'This does not prove that the receiver understands Nexudus data.',
  )
  const stages = check.getByRole('list', { name: 'Steps of the check' })
  await expect(stages).toContainText('Name (good) leads to 127.0.0.1')
  await expect(stages).toContainText('Answer (good) 200 to OPTIONS')
  await expect(check).toContainText(
    'Checked from the Hookdesk server; Nexudus may see something else.',
  )

  await form.name().fill('Another name')
  await expect(stages).toBeVisible()
  await form.url().press('End')
  await form.url().pressSequentially('x')
  await expect(stages).toBeHidden()

  await sandbox.tell(`${receiver}x`, '500')
  await check.getByRole('button', { name: 'Check this URL' }).click()
  await expect(stages).toContainText('Answer (problem) 500 to HEAD')

  await form.url().fill('https://10.0.0.1/in')
  await check.getByRole('button', { name: 'Check this URL' }).click()
  await expect(check).toContainText('This URL is not on the public internet. Nothing was sent.')
})

test('a press that leaves the URL field works although an error appears below the field', async ({
  page,
  form,
}) => {
  await form.openNew(prefillLink().search)
  const check = page.getByRole('region', { name: 'Check of the URL' })
  await form.url().fill('https://10.0.0.1/in')
  // as long as a person holds a button down: time enough for an error to push it away
  await check.getByRole('button', { name: 'Check this URL' }).click({ delay: 300 })
  await expect(check).toContainText('This URL is not on the public internet. Nothing was sent.')
  await expect(form.url()).toHaveAccessibleDescription(/cannot reach/)

  await form.url().fill(' no address ')
  await form.create().click({ delay: 300 })
  await expect(form.summary()).toBeFocused()
})

test('a press works although a part that arrives late moves the button away', async ({
  page,
  form,
  sandbox,
}) => {
  const { Id } = await sandbox.seedWebhook()
  await form.open(Id)
  const button = page.getByRole('button', { name: 'Check this URL' })
  // parts of the panel may still arrive: until the button itself is pressed, it was not this test
  const pressDown = async () => {
    await button.hover()
    await page.mouse.down()
    const isPressed = await button.evaluate((element) => element === document.activeElement)
    if (!isPressed) await page.mouse.up()
    expect(isPressed).toBe(true)
  }
  const push = () =>
    form.form().evaluate((part) => {
      part.style.marginBlockStart = '8rem'
    })
  await expect(pressDown).toPass()
  await push()
  await page.mouse.up()
  await expect(page.getByRole('list', { name: 'Steps of the check' })).toBeVisible()
  // a pointer that is drawn away gives the press up, as everywhere
  await form.open(Id)
  let checks = 0
  page.on('request', (request) => (checks += request.url().endsWith('/desk/probes') ? 1 : 0))
  await expect(pressDown).toPass()
  await push()
  await page.mouse.move(5, 5)
  await page.mouse.up()
  await button.click()
  await expect(page.getByRole('list', { name: 'Steps of the check' })).toBeVisible()
  expect(checks).toBe(1)
})

test('a sample is sent only after a second step, signed with the typed secret', async ({
  page,
  form,
  product,
  sandbox,
}) => {
  const receiver = randomUUID()
  const URL = `${product.sandboxUrl}/receiver/${receiver}`
  const { Id } = await sandbox.seedWebhook({ URL })
  await form.open(Id)
  const check = page.getByRole('region', { name: 'Check of the URL' })
  await expect(check).toContainText('Checks the saved URL')
  await check.getByRole('button', { name: 'Send a sample …' }).click()
  await expect(check).toContainText('may start the automation behind this URL')
  await check.getByLabel(/^Shared secret/).fill('shoreditch-demo-secret')
  const send = check.getByRole('button', { name: 'Send the sample' })
  await send.click()
  await expect(check).toContainText('Tick this box first')
  await check.getByLabel('I want to send it').check()
  await send.click()
  await expect(check).toContainText('The receiver took the sample in')

  await page.goto('/sandbox')
  const arrivals = page.getByRole('list', { name: 'Arrivals, newest first' })
  const arrived = arrivals.getByRole('listitem').filter({ hasText: receiver })
  await expect(arrived).toHaveCount(1)
  await expect(arrived).toContainText('Signature valid')
})

test('an error from before a change of URL is said to be about the earlier URL', async ({
  page,
  form,
  product,
  sandbox,
}) => {
  const receiver = randomUUID()
  await sandbox.tell(receiver, '404')
  const URL = `${product.sandboxUrl}/receiver/${receiver}`
  const { Id, Name } = await sandbox.seedWebhook({ URL, Action: QUIET_ACTION })
  await sandbox.raise(SHOREDITCH.id, QUIET_ACTION)
  await expect.poll(async () => (await sandbox.readWebhook(Id)).ErrorCount).toBe(1)
  await form.open(Id)
  const error = page.getByRole('region', { name: 'Last error' })
  await expect(error).toContainText('Nothing listens at this path.')
  await expect(error).not.toContainText('Earlier error')
  await form.url().fill(`${URL}-new`)
  await form.save().click()
  await expect(page.getByRole('region', { name: /^Notices/ })).toContainText(`Saved “${Name}”.`)
  await expect(error).toContainText('Earlier error, of the URL before')
  // on a slow machine a failed delivery is tried again meanwhile
  await expect(form.panel(Name)).toContainText(/The count of \d+ is still from the old URL\./)
})

test('the form shows the fields that the chosen action sends, and how they are known', async ({
  page,
  form,
}) => {
  await form.openNew(prefillLink({ action: 6 }).search)
  await form.form().getByText('Data it sends').click()
  const fields = page.getByRole('region', { name: 'Fields in the delivery' })
  await expect(fields.getByRole('row', { name: /^MinutesToStart/ })).toContainText('seen')
  await form.openNew(prefillLink({ action: 61 }).search)
  await form.form().getByText('Data it sends').click()
  await expect(fields.getByRole('row', { name: /^FullName/ })).toContainText('unknown')
})

test('an action fired from the sandbox’s page fails, and is sent again after repair', async ({
  page,
  product,
  sandbox,
}) => {
  const receiver = randomUUID()
  await sandbox.tell(receiver, '410')
  const { Name } = await sandbox.seedWebhook({
    URL: `${product.sandboxUrl}/receiver/${receiver}`,
    Action: QUIET_ACTION,
  })
  await page.goto('/sandbox')
  await page.getByRole('button', { name: 'Trigger' }).click()
  await expect(page.getByText('Choose a location')).toBeVisible()
  await page.getByRole('combobox', { name: 'Location' }).fill('shoreditch')
  await page.getByRole('option').first().click()
  await page.getByRole('combobox', { name: 'Action' }).fill('floor plan deleted')
  await page.getByRole('option').first().click()
  await page.getByRole('button', { name: 'Trigger' }).click()
  const deliveries = page.getByRole('list', { name: /^Deliveries/ })
  const delivery = deliveries.getByRole('listitem').filter({ hasText: Name }).first()
  await expect(delivery).toContainText('Given up')
  await expect(delivery).toContainText('The receiver says it is gone.')
  await page.getByLabel(receiver).selectOption('200')
  await delivery.getByRole('button', { name: /^Send again/ }).click()
  await expect(delivery).toContainText('Delivered')
})

test('the sandbox’s page explains that it needs a full administrator', async ({ newPerson }) => {
  const page = await newPerson('manager')
  await page.goto('/sandbox')
  await expect(page.getByText('Only full administrators of the sandbox')).toBeVisible()
})
