import { useState } from 'react'
import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'

import { show } from '#app/test-screen.tsx'

import { TickList, type TickGroup } from './tick-list.tsx'

const PLACES = ['Ancoats', 'Brixton', 'Shoreditch', 'Shoreham'].map((label, value) => ({
  value,
  label,
}))

const search = (query: string): TickGroup[] => [
  {
    label: null,
    options: PLACES.filter(({ label }) => label.toLowerCase().includes(query.trim().toLowerCase())),
  },
]

function Locations() {
  const [ticked, setTicked] = useState<ReadonlySet<number>>(new Set())
  return (
    <TickList
      id="places"
      label="Locations"
      noun={{ one: 'location', many: 'locations' }}
      search={search}
      nothingFound={(query) => `No location matches “${query}”.`}
      ticked={ticked}
      error={undefined}
      onChange={setTicked}
    />
  )
}

const field = () => page.getByRole('textbox', { name: 'Locations' })
const box = (name: string) => page.getByRole('checkbox', { name })

beforeEach(async () => {
  await show(<Locations />)
})

test('a tick and its number follow each press', async () => {
  await box('Brixton').click()
  await box('Ancoats').click()
  await expect.element(page.getByText('2 ticked')).toBeVisible()
  await box('Brixton').click()
  await expect.element(page.getByText('1 ticked')).toBeVisible()
  await expect.element(box('Ancoats')).toBeChecked()
})

test('Enter ticks the only match and selects the text for the next one', async () => {
  await field().fill('brix')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText('1 ticked')).toBeVisible()
  await userEvent.keyboard('ancoats{Enter}')
  await expect.element(page.getByText('2 ticked')).toBeVisible()
  await expect.element(field()).toHaveValue('ancoats')
})

test('Enter ticks nothing where several match', async () => {
  await field().fill('shore')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText('0 ticked')).toBeVisible()
})

test('all matches are ticked and unticked together, and the others stay', async () => {
  await box('Ancoats').click()
  await field().fill('shore')
  await page.getByRole('button', { name: 'Tick all 2 found' }).click()
  await field().fill('')
  await expect.element(page.getByText('3 ticked')).toBeVisible()
  await expect.element(box('Brixton')).not.toBeChecked()
  await field().fill('shore')
  await page.getByRole('button', { name: 'Untick all 2 found' }).click()
  await expect.element(page.getByText('1 ticked')).toBeVisible()
})

test('a search without a match is explained, and offers no “all”', async () => {
  await field().fill('zzz')
  await expect.element(page.getByText('No location matches “zzz”.')).toBeVisible()
  await expect.element(page.getByRole('button')).toHaveLength(0)
})
