// the picker by itself is tested beside its component: src/pickers/action-picker.browser.test.tsx

import type { WebhookForm } from '#tools/pages/webhook-form.mjs'
import { ANCOATS, SHOREDITCH } from '#tools/network.mjs'
import { expect, test } from '#e2e/support/fixtures.ts'

test.beforeEach(async ({ signIn, form }) => {
  await signIn('admin')
  await form.openNew()
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

test('Escape closes the list first, clears the text second, and closes the panel third', async ({
  page,
  form,
}) => {
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

test('leaving the field chooses the exact name, or the only match', async ({
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
  // several are found, one is called so
  await form.action().fill('customer created')
  await page.keyboard.press('Tab')
  await expect(form.action()).toHaveValue('Customer – created')
})

for (const way of ['click', 'Control+Enter'] as const) {
  test(`${way} saves the choice that is shown, without leaving the field first`, async ({
    page,
    form,
    sandbox,
  }) => {
    const save = () => (way === 'click' ? form.create().click() : page.keyboard.press(way))
    await form.location().fill('shored')
    await page.keyboard.press('Enter')
    await choose(form, '6', 'Booking – created')
    await form.url().fill('https://hooks.example.com/picker')

    // means twelve of them: it must not save the one that was chosen before
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
  // as Safari has it: the composition is over, and only the key code tells
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

test('a location is chosen in the same way', async ({ page, form }) => {
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
