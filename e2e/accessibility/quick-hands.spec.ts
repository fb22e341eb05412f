import type { Locator, Page } from '@playwright/test'

import { ANCOATS, LISBON, SHOREDITCH } from '#tools/network.mjs'
import { expect, test } from '#e2e/support/fixtures.ts'
import { openKeyboard, type Keyboard } from '#e2e/support/keys.ts'

// People do not wait for a list to be drawn: the typed text is what they choose, at any speed.

type Wanted = readonly (readonly [typed: string, chosen: string])[]

const LOCATIONS: Wanted = [
  ['Shoreditch', SHOREDITCH.name],
  ['ancoats', ANCOATS.name],
  ['principe', LISBON.name],
]
const ACTIONS: Wanted = [
  ['invoice paid', 'Invoice – fully paid'],
  ['parcel arr', 'Delivery – created'],
  ['recieved payment', 'Invoice – payment received'],
  ['new booking', 'Booking – created'],
]

const EVERY_MS = [0, 5, 20, 50, 110, 200]
const SLOWED = [1, 5]

/** Types and pastes each wanted text in turn, with Enter at once, at every speed. */
async function tryAll(field: Locator, keyboard: Keyboard, wanted: Wanted, every = EVERY_MS) {
  let round = 0
  const next = () => wanted[round++ % wanted.length] ?? ['', '']
  for (const everyMs of every) {
    const [typed, chosen] = next()
    await field.click()
    await keyboard.type(typed, everyMs, 'Enter')
    await expect(field, `“${typed}”, a key every ${everyMs} ms`).toHaveValue(chosen)
  }
  const [pasted, chosen] = next()
  await field.click()
  await keyboard.paste(pasted, 'Enter')
  await expect(field, `“${pasted}” pasted`).toHaveValue(chosen)
}

const locationIn = (page: Page) => page.getByRole('combobox', { name: 'Location' })
const actionIn = (page: Page) => page.getByRole('combobox', { name: 'Action' })

test.beforeEach(async ({ signIn }) => {
  // a slowed computer takes its time; the test is not about how long
  test.slow()
  await signIn('admin')
})

for (const rate of SLOWED) {
  test(`Enter chooses the typed location, ${rate} times slower`, async ({ page, form }) => {
    await form.openNew()
    const keyboard = await openKeyboard(page)
    await keyboard.slowDown(rate)
    await tryAll(form.location(), keyboard, LOCATIONS)
  })

  test(`Enter chooses the typed action, ${rate} times slower`, async ({ page, form }) => {
    await form.openNew()
    const keyboard = await openKeyboard(page)
    await keyboard.slowDown(rate)
    await tryAll(form.action(), keyboard, ACTIONS)
  })
}

test('Enter chooses the typed text in the history’s filters and on the sandbox’s page', async ({
  page,
}) => {
  const keyboard = await openKeyboard(page)
  await keyboard.slowDown(5)
  await page.goto('/activity')
  await tryAll(locationIn(page), keyboard, LOCATIONS, [0, 20])
  await page.goto('/sandbox')
  await tryAll(locationIn(page), keyboard, LOCATIONS, [0])
  await tryAll(actionIn(page), keyboard, ACTIONS, [0])
})

test('the first text typed into a form just opened is found', async ({ page, form }) => {
  for (const rate of SLOWED) {
    await form.openNew()
    const keyboard = await openKeyboard(page)
    await keyboard.slowDown(rate)
    await form.action().click()
    await keyboard.paste('parcel arrived', 'Enter')
    await expect(form.action()).toHaveValue('Delivery – created')
  }
})

// in the order of the search: the first is “Invoice – created”
const SECOND_INVOICE = 'Invoice – first one created'

test('the arrow keys move through the matches of the typed text', async ({ page, form }) => {
  await form.openNew()
  const keyboard = await openKeyboard(page)
  for (const rate of SLOWED) {
    await keyboard.slowDown(rate)
    for (const everyMs of [0, 20]) {
      await form.action().fill('')
      await keyboard.type('invoice', everyMs, 'ArrowDown', 'Enter')
      await expect(form.action()).toHaveValue(SECOND_INVOICE)
    }
  }
})

test('Tab chooses the typed text if it means one option', async ({ page, form }) => {
  await form.openNew()
  const keyboard = await openKeyboard(page)
  for (const rate of SLOWED) {
    await keyboard.slowDown(rate)
    for (const [typed, chosen] of LOCATIONS) {
      await form.location().click()
      await keyboard.type(typed, 0, 'Tab')
      await expect(form.location()).toHaveValue(chosen)
      await expect(form.action()).toBeFocused()
    }
  }
})

test('a text typed before the locations are read takes effect once they are', async ({
  page,
  form,
}) => {
  let letThrough = () => {}
  let isThrough = Promise.resolve()
  await page.route('**/api/sys/businesses*', async (route) => {
    await isThrough
    await route.continue()
  })
  const openHeldUp = async () => {
    isThrough = new Promise((resolve) => (letThrough = resolve))
    await form.openNew()
    await form.location().click()
  }
  const keyboard = await openKeyboard(page)
  for (const [key, [typed, chosen]] of [
    ['Enter', ['Shoreditch', SHOREDITCH.name]],
    ['Tab', ['principe', LISBON.name]],
  ] as const) {
    await openHeldUp()
    await keyboard.type(typed, 0, key)
    await expect(form.location()).toHaveValue(typed)
    letThrough()
    await expect(form.location()).toHaveValue(chosen)
  }

  // a person who goes on typing after Enter means the later text
  await openHeldUp()
  await keyboard.type('Shoreditch', 0, 'Enter')
  await form.location().fill('ancoats')
  letThrough()
  await expect(form.options()).toHaveCount(1)
  await expect(form.location()).toHaveValue('ancoats')
  await keyboard.type('', 0, 'Enter')
  await expect(form.location()).toHaveValue(ANCOATS.name)
})
