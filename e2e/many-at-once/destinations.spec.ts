import type { Page } from '@playwright/test'

import { expectAccessible } from '#e2e/support/accessible.ts'
import { expect, testWith } from '#e2e/support/fixtures.ts'

// the sample network as it is; no test changes it
const test = testWith({})

test.beforeEach(({ signIn }) => signIn('admin'))

const hosts = (page: Page) =>
  page.getByRole('table', { name: 'Destinations' }).getByRole('rowheader')
const order = (page: Page) => page.getByRole('combobox', { name: 'Order' })

test('a destination shows its webhooks in trouble, their share, and when it last fired', async ({
  page,
  product,
}) => {
  const { host } = new URL(product.sandboxUrl)
  await page.goto('/destinations')
  const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: host }) })
  for (const text of ['28 webhooks', '7 of 28', '25 %', '1 stopped', '5 failing', '15 working']) {
    await expect(row).toContainText(text)
  }
  await expect(row.getByRole('cell').nth(3)).toHaveText(/ago|now/)
  await expect(page.getByRole('row').filter({ hasText: 'Not yet' }).first()).toContainText('None')
  await expectAccessible(page)
})

test('destinations are most urgent first; another order lasts over a reload and a search', async ({
  page,
  product,
}) => {
  const { host } = new URL(product.sandboxUrl)
  await page.goto('/destinations')
  await expect(hosts(page).first()).toHaveText(host)
  await expect(page.getByText('3 of 3 come before 20 of 1,200')).toBeVisible()
  // one stopped webhook of eight is less urgent than a host that is wholly down
  const urgent = await hosts(page).allTextContents()
  expect(urgent.indexOf('hooks.example.com')).toBeGreaterThan(
    urgent.indexOf('privacy.example.test'),
  )

  await order(page).selectOption('Most webhooks first')
  await expect(page).toHaveURL('/destinations?sort=webhooks')
  await expect(hosts(page).nth(1)).toHaveText('hooks.example.com')
  await order(page).selectOption('By name')
  await expect(page).toHaveURL('/destinations?sort=name')
  await page.reload()
  await expect(order(page)).toHaveValue('name')
  await page.getByRole('searchbox', { name: 'Search destinations' }).fill('hooks')
  await expect(page).toHaveURL('/destinations?sort=name&q=hooks')
  const found = await hosts(page).allTextContents()
  expect(found.length).toBeGreaterThan(1)
  expect(found).toEqual(found.toSorted((a, b) => a.localeCompare(b)))
  await expect(page.getByRole('columnheader', { name: 'Host' })).toHaveAttribute(
    'aria-sort',
    'ascending',
  )

  await page.goto('/destinations?sort=size')
  await expect(page.getByRole('note')).toContainText('sort=size')
})
