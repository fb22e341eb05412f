import { ACTION_GROUPS, SELECTABLE_ACTIONS } from '#contract/actions/actions.ts'
import type { WebhookForm } from '#tools/pages/webhook-form.mjs'
import { ANCOATS, SHOREDITCH } from '#tools/network.mjs'
import { expect, test } from '#e2e/support/fixtures.ts'

/** The option that a screen reader would read out now. */
async function activeOption(form: WebhookForm) {
  const id = await form.action().getAttribute('aria-activedescendant')
  return form.page.locator(`[id="${id}"]`)
}

test.beforeEach(async ({ signIn, form }) => {
  await signIn('admin')
  await form.openNew()
})

test('the picker is a combobox that says whether it is open', async ({ page, form }) => {
  const action = form.action()
  await expect(action).toHaveAttribute('aria-haspopup', 'listbox')
  await expect(action).toHaveAttribute('aria-expanded', 'false')
  await expect(action).not.toHaveAttribute('aria-activedescendant')

  await action.click()
  await expect(action).toHaveAttribute('aria-expanded', 'true')
  const list = page.getByRole('listbox', { name: 'Action' })
  await expect(action).toHaveAttribute('aria-controls', (await list.getAttribute('id')) ?? '')
  await expect(await activeOption(form)).toBeVisible()
  await expect(action).toBeFocused()
})

test('the picker offers every action of the catalogue, each in its group', async ({
  page,
  form,
}) => {
  await form.action().click()
  await expect(form.options()).toHaveCount(89)
  for (const label of ACTION_GROUPS) {
    const expected = SELECTABLE_ACTIONS.filter(({ group }) => group === label)
    const options = page.getByRole('group', { name: label }).getByRole('option')
    await expect(options).toHaveText(expected.map((action) => new RegExp(escape(action.name))))
  }
})

test('actions in use at the location come first, and in their group as well', async ({
  page,
  form,
}) => {
  await form.location().fill('ancoats')
  await form.option(ANCOATS.name).click()
  await form.action().click()
  const used = page.getByRole('group', { name: 'Used at this location' }).getByRole('option')
  await expect(used.first()).toBeVisible()
  expect(await used.count()).toBeLessThanOrEqual(5)
  const [first = ''] = await used.allTextContents()
  await expect(form.options().filter({ hasText: first })).toHaveCount(2)
})

test('the arrow keys move the active option and keep it in view', async ({ page, form }) => {
  await form.action().focus()
  await page.keyboard.press('ArrowDown')
  const first = await activeOption(form)
  await expect(first).toContainText('CoworkerCreate')
  for (let presses = 1; presses <= 12; presses += 1) await page.keyboard.press('ArrowDown')
  const later = await activeOption(form)
  await expect(later).toContainText('CoworkerContractActivate')
  await expect(later).toBeInViewport()

  for (let presses = 1; presses <= 13; presses += 1) await page.keyboard.press('ArrowUp')
  const last = await activeOption(form)
  await expect(last).toContainText('BusinessUpdate')
  await expect(last).toBeInViewport()
})

test('PageDown and PageUp jump ten', async ({ page, form }) => {
  await form.action().focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('PageDown')
  await expect(await activeOption(form)).toContainText(SELECTABLE_ACTIONS[10]?.name ?? '')
  await expect(await activeOption(form)).toBeInViewport()
  await page.keyboard.press('PageUp')
  await expect(await activeOption(form)).toContainText(SELECTABLE_ACTIONS[0]?.name ?? '')
})

test('Home and End move in the text, not in the list', async ({ page, form }) => {
  await form.action().fill('invoice')
  await expect(form.action()).toHaveAttribute('aria-activedescendant', /./)
  const before = await form.action().getAttribute('aria-activedescendant')
  await page.keyboard.press('Home')
  await page.keyboard.type('x')
  await expect(form.action()).toHaveValue('xinvoice')
  await page.keyboard.press('Backspace')
  await page.keyboard.press('End')
  await page.keyboard.type('s')
  await expect(form.action()).toHaveValue('invoices')
  await expect(form.action()).toHaveAttribute('aria-activedescendant', before ?? '')
})

test('Enter chooses the option, and does not submit the form', async ({ page, form, sandbox }) => {
  await form.action().fill('member paid')
  await expect(form.options().first()).toContainText('CoworkerInvoicePaid')
  await page.keyboard.press('Enter')
  await expect(form.action()).toHaveValue('Invoice – fully paid')
  await expect(form.action()).toHaveAttribute('aria-expanded', 'false')
  await expect(form.summary()).toBeHidden()
  expect(await sandbox.writes()).toEqual([])
})

test('Escape first closes the list, then clears the text, then leaves', async ({ page, form }) => {
  await form.action().fill('invoice')
  await page.keyboard.press('Escape')
  await expect(form.action()).toHaveAttribute('aria-expanded', 'false')
  await expect(form.action()).toHaveValue('invoice')
  await page.keyboard.press('Escape')
  await expect(form.action()).toHaveValue('')
  await expect(form.panel('New webhook')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(form.panel('New webhook')).toBeHidden()
})

test('choosing the same option again does not clear it', async ({ form }) => {
  await form.action().fill('21')
  await form.option('Invoice – fully paid').first().click()
  await form.action().click()
  await expect(form.option('Invoice – fully paid').first()).toHaveAttribute('aria-selected', 'true')
  await form.option('Invoice – fully paid').first().click()
  await expect(form.action()).toHaveValue('Invoice – fully paid')
})

test('a text that does not mean one action is replaced, and the page says so', async ({
  page,
  form,
  webhooksPage,
}) => {
  await choose(form, '6', 'Booking – created')
  await form.action().click()
  await page.keyboard.type('invoice')
  await page.keyboard.press('Tab')
  await expect(form.action()).toHaveValue('Booking – created')
  const said = /^“invoice” matches \d+ actions\. “Booking – created” stays chosen\.$/
  await expect(form.action()).toHaveAccessibleDescription(said)
  await expect(webhooksPage.status()).toHaveText(said)

  await form.action().fill('')
  await page.keyboard.press('Tab')
  await expect(form.action()).toHaveValue('Booking – created')
  await form.action().fill('zzzz')
  await page.keyboard.press('Tab')
  await expect(form.action()).toHaveAccessibleDescription(
    '“zzzz” matches no action. “Booking – created” stays chosen.',
  )
})

test('leaving the field chooses the option with that exact name, or the only match', async ({
  page,
  form,
  webhooksPage,
}) => {
  await form.create().click()
  await expect(form.form()).toContainText('Choose a location')
  for (const [typed, chosen] of [
    ['northlight shoreditch', SHOREDITCH.name],
    ['ancoats', ANCOATS.name],
  ] as const) {
    await form.location().fill(typed)
    await page.keyboard.press('Tab')
    await expect(form.location()).toHaveValue(chosen)
    await expect(webhooksPage.status()).toHaveText(`${chosen} is chosen`)
    await expect(form.location()).not.toHaveAttribute('aria-invalid', 'true')
  }
  // several match, one has this name
  await form.action().fill('customer created')
  await page.keyboard.press('Tab')
  await expect(form.action()).toHaveValue('Customer – created')
})

test('typing replaces the chosen option, after a click or a choice', async ({ page, form }) => {
  await choose(form, '6', 'Booking – created')
  await page.keyboard.type('21')
  await expect(form.action()).toHaveValue('21')
  await page.keyboard.press('Enter')
  await expect(form.action()).toHaveValue('Invoice – fully paid')
  await form.action().click()
  await form.action().click()
  await page.keyboard.type('parcel arrived')
  await expect(form.action()).toHaveValue('parcel arrived')
})

for (const way of ['click', 'Control+Enter'] as const) {
  test(`saving by ${way} saves the shown option, without leaving the field first`, async ({
    page,
    form,
    sandbox,
  }) => {
    const save = () => (way === 'click' ? form.create().click() : page.keyboard.press(way))
    await form.location().fill('shored')
    await page.keyboard.press('Enter')
    await choose(form, '6', 'Booking – created')
    await form.url().fill('https://hooks.example.com/picker')

    // matches twelve actions: it must not save the one chosen before
    await form.action().fill('invoice')
    await save()
    await expect(form.action()).toHaveValue('Booking – created')
    await expect(form.action()).toBeFocused()
    await expect(form.action()).toHaveAccessibleDescription(/“Booking – created” stays chosen/)
    expect(await sandbox.writes()).toEqual([])

    await form.action().fill('invoice paid fully')
    await save()
    await expect(form.panel('New webhook')).toBeHidden()
    await expect(form.action()).toHaveValue('Invoice – fully paid')
    const [{ body } = {}] = await sandbox.writes()
    expect(body).toMatchObject({ BusinessId: SHOREDITCH.id, Action: 21 })
  })
}

test('an Enter that ends a composition chooses nothing', async ({ page, form }) => {
  const client = await page.context().newCDPSession(page)
  await form.location().fill('shored')
  // as in Safari: the composition is over, and only the key code shows it
  await client.send('Input.dispatchKeyEvent', {
    type: 'rawKeyDown',
    key: 'Enter',
    code: 'Enter',
    windowsVirtualKeyCode: 229,
  })
  await expect(form.location()).toHaveAttribute('aria-expanded', 'true')
  await expect(form.location()).toHaveValue('shored')
  await page.keyboard.press('Enter')
  await expect(form.location()).toHaveValue(SHOREDITCH.name)
})

test('a search without matches says how to browse all', async ({ form }) => {
  await form.action().fill('zzzz')
  await expect(form.form()).toContainText(
    'No action matches “zzzz”. Clear the text to browse all 89',
  )
})

const searches = {
  'recieved payment': 'CoworkerInvoiceReceivedPayment',
  helpdesk: 'HelDeskMessageCreated',
  HelDesk: 'HelDeskMessageCreated',
  '21': 'CoworkerInvoicePaid',
  tariff: 'TariffCreate',
  unsub: 'NewsLetterSubscriberUnSubscribed',
}

test('actions are found in people’s own words', async ({ form }) => {
  for (const [typed, name] of Object.entries(searches)) {
    await form.action().fill(typed)
    await expect(form.options().filter({ hasText: name }).first(), typed).toBeVisible()
  }
})

test('the reason an action was found is shown if its label does not show it', async ({ form }) => {
  await form.action().fill('parcel')
  await expect(form.options().first()).toContainText('Delivery – created · parcel')
})

test('the number of matches is announced', async ({ form, webhooksPage }) => {
  await form.action().fill('delivery created')
  await expect(webhooksPage.status()).toHaveText(/^\d+ actions?$/)
})

test('the location is chosen in the same way', async ({ page, form }) => {
  await form.location().fill('SHOREDITCH')
  await expect(form.options()).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(form.location()).toHaveValue(SHOREDITCH.name)
})

async function choose(form: WebhookForm, typed: string, label: string) {
  await form.action().fill(typed)
  await form.page.keyboard.press('Enter')
  await expect(form.action()).toHaveValue(label)
}

const escape = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
