import { useState } from 'react'
import { beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { cleanup } from 'vitest-browser-react'

import { announced, show } from '#app/test-screen.tsx'
import { ACTION } from '#contract/actions/action-numbers.ts'
import { ACTION_GROUPS, SELECTABLE_ACTIONS } from '#contract/actions/actions.ts'

import { ActionPicker } from './action-picker.tsx'

const submitted = vi.fn<(action: number) => void>()

/** A form with the picker, and a field behind it to leave for. */
function Form({ used }: { used: readonly number[] }) {
  const [action, setAction] = useState(0)
  return (
    <form
      aria-label="Form"
      onSubmit={(event) => {
        event.preventDefault()
        submitted(action)
      }}
    >
      <ActionPicker value={action} used={used} onChange={setAction} />
      <input aria-label="Next" />
    </form>
  )
}

const field = () => page.getByRole('combobox', { name: 'Action' })
const options = () => page.getByRole('option')
const input = () => field().element() as HTMLInputElement

/** The option that a screen reader reads out. */
const active = () => document.getElementById(input().getAttribute('aria-activedescendant') ?? '')

async function press(...keys: string[]) {
  for (const key of keys) await userEvent.keyboard(`{${key}}`)
}

async function choose(typed: string, label: string) {
  await field().fill(typed)
  await press('Enter')
  await expect.element(field()).toHaveValue(label)
}

beforeEach(async () => {
  submitted.mockClear()
  await show(<Form used={[]} />)
})

test('the picker is a combobox that says whether it is open', async () => {
  expect(input().getAttribute('aria-haspopup')).toBe('listbox')
  await expect.element(field()).toHaveAttribute('aria-expanded', 'false')
  await expect.element(field()).not.toHaveAttribute('aria-activedescendant')

  await field().click()
  await expect.element(field()).toHaveAttribute('aria-expanded', 'true')
  const list = page.getByRole('listbox', { name: 'Action' })
  await expect.element(field()).toHaveAttribute('aria-controls', list.element().id)
  await expect.poll(active).toBeVisible()
  await expect.element(field()).toHaveFocus()
})

test('every action of the catalogue is offered in its group', async () => {
  await field().click()
  await expect.element(options()).toHaveLength(89)
  for (const label of ACTION_GROUPS) {
    const names = SELECTABLE_ACTIONS.filter(({ group }) => group === label).map(({ name }) => name)
    const group = page.getByRole('group', { name: label }).getByRole('option')
    const texts = group.elements().map((option) => option.textContent)
    expect(texts.map((text, at) => text.includes(names[at] ?? '?'))).toEqual(names.map(() => true))
  }
})

test('actions in use come first, and in their group as well', async () => {
  await cleanup()
  await show(<Form used={[ACTION.BookingCreate]} />)
  await field().click()
  await expect.element(options().first()).toHaveTextContent('BookingCreate')
  const used = page.getByRole('group', { name: 'Used at this location' }).getByRole('option')
  await expect.element(used).toHaveTextContent('BookingCreate')
  await expect.element(options().filter({ hasText: 'BookingCreate' })).toHaveLength(2)
})

const isSeen = () => {
  const list = page.getByRole('listbox').element().getBoundingClientRect()
  const option = active()?.getBoundingClientRect()
  return option && option.top >= list.top - 1 && option.bottom <= list.bottom + 1
}

async function expectActive(name: string | undefined) {
  await expect.poll(() => active()?.textContent).toContain(name)
  await expect.poll(isSeen).toBe(true)
}

test('the arrow keys move the active option, wrap to the last, and keep it in view', async () => {
  input().focus()
  await press('ArrowDown')
  await expectActive('CoworkerCreate')
  for (let presses = 1; presses <= 12; presses += 1) await press('ArrowDown')
  await expectActive('CoworkerContractActivate')
  for (let presses = 1; presses <= 13; presses += 1) await press('ArrowUp')
  await expectActive('BusinessUpdate')
})

test('PageDown and PageUp jump ten', async () => {
  input().focus()
  await press('ArrowDown', 'PageDown')
  await expectActive(SELECTABLE_ACTIONS[10]?.name)
  await press('PageUp')
  await expectActive(SELECTABLE_ACTIONS[0]?.name)
})

test('Home and End move in the text, not in the list', async () => {
  await field().fill('invoice')
  await expect.poll(active).not.toBeNull()
  const before = active()?.id
  await press('Home')
  await userEvent.keyboard('x')
  await expect.element(field()).toHaveValue('xinvoice')
  await press('Backspace', 'End')
  await userEvent.keyboard('s')
  await expect.element(field()).toHaveValue('invoices')
  await expect.poll(() => active()?.id).toBe(before)
})

test('Enter takes the option and does not send the form', async () => {
  await field().fill('member paid')
  await expect.element(options().first()).toHaveTextContent('CoworkerInvoicePaid')
  await press('Enter')
  await expect.element(field()).toHaveValue('Invoice – fully paid')
  await expect.element(field()).toHaveAttribute('aria-expanded', 'false')
  expect(submitted).not.toHaveBeenCalled()
})

test('Escape closes the list first and clears the text second', async () => {
  await field().fill('invoice')
  await press('Escape')
  await expect.element(field()).toHaveAttribute('aria-expanded', 'false')
  await expect.element(field()).toHaveValue('invoice')
  await press('Escape')
  await expect.element(field()).toHaveValue('')
})

test('choosing the same option again keeps it', async () => {
  await choose('21', 'Invoice – fully paid')
  await field().click()
  const same = page.getByRole('option', { selected: true })
  await expect.element(same).toHaveTextContent('Invoice – fully paid')
  await same.click()
  await expect.element(field()).toHaveValue('Invoice – fully paid')
})

test('a text that matches several actions or none is replaced by the earlier choice', async () => {
  await choose('6', 'Booking – created')
  await field().click()
  await userEvent.keyboard('invoice')
  await press('Tab')
  await expect.element(field()).toHaveValue('Booking – created')
  const said = /^“invoice” matches \d+ actions\. “Booking – created” stays chosen\.$/
  await expect.element(field()).toHaveAccessibleDescription(said)
  await expect.element(announced()).toHaveTextContent(said)

  await field().fill('')
  await press('Tab')
  await expect.element(field()).toHaveValue('Booking – created')
  await field().fill('zzzz')
  await press('Tab')
  const none = '“zzzz” matches no action. “Booking – created” stays chosen.'
  await expect.element(field()).toHaveAccessibleDescription(none)
})

test('an exact name is chosen by leaving the field, even where others match', async () => {
  await field().fill('customer created')
  await press('Tab')
  await expect.element(field()).toHaveValue('Customer – created')
  await expect.element(announced()).toHaveTextContent('Customer – created is chosen')
})

test('typing replaces the choice, after a click as after a choice', async () => {
  await choose('6', 'Booking – created')
  await userEvent.keyboard('21')
  await expect.element(field()).toHaveValue('21')
  await press('Enter')
  await expect.element(field()).toHaveValue('Invoice – fully paid')
  await field().click()
  await field().click()
  await userEvent.keyboard('parcel arrived')
  await expect.element(field()).toHaveValue('parcel arrived')
})

test('a search without a match says how to browse all actions', async () => {
  await field().fill('zzzz')
  const text = 'No action matches “zzzz”. Clear the text to browse all 89'
  await expect.element(page.getByText(text)).toBeVisible()
})

test.each([
  ['recieved payment', 'CoworkerInvoiceReceivedPayment'],
  ['helpdesk', 'HelDeskMessageCreated'],
  ['HelDesk', 'HelDeskMessageCreated'],
  ['tariff', 'TariffCreate'],
  ['21', 'CoworkerInvoicePaid'],
  ['unsub', 'NewsLetterSubscriberUnSubscribed'],
])('%s finds %s', async (typed, name) => {
  await field().fill(typed)
  await expect.element(options().filter({ hasText: name }).first()).toBeVisible()
})

test('the reason for a match is shown where its label does not show it', async () => {
  await field().fill('parcel')
  await expect.element(options().first()).toHaveTextContent('Delivery – created · parcel')
})

test('the number of matches is announced', async () => {
  await field().fill('delivery created')
  await expect.element(announced()).toHaveTextContent(/^\d+ actions?$/)
})
