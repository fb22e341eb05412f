import type { Page } from '@playwright/test'

import { runProposalSchema } from '#contract/desk/run.ts'
import { ANCOATS, SHOREDITCH, uniqueName } from '#tools/network.mjs'
import { expectAccessible } from '#e2e/support/accessible.ts'
import { expect, test } from '#e2e/support/fixtures.ts'

const bar = (page: Page) => page.getByRole('region', { name: /^Selection/ })
const act = (page: Page, name: string) => bar(page).getByRole('button', { name, exact: true })

/** The next proposal sent to the desk. */
async function nextProposal(page: Page) {
  const request = await page.waitForRequest(
    (request) => request.method() === 'POST' && request.url().endsWith('/desk/runs'),
  )
  return runProposalSchema.parse(request.postDataJSON())
}

test('a selection lasts over pages and search, grows to all matches, and can be cleared', async ({
  page,
  signIn,
  webhooksPage,
}) => {
  await signIn('admin')
  await webhooksPage.open()
  const all = page.getByRole('checkbox', { name: 'Select all on this page' })
  await all.click()
  await expect(bar(page)).toHaveAccessibleName('Selection: 50 webhooks')

  const [, total = ''] = (await webhooksPage.foot().innerText()).match(/of (\d+)/) ?? []
  await act(page, `Select all ${total} that match`).click()
  await expect(bar(page)).toHaveAccessibleName(`Selection: ${total} webhooks`)
  await expect(act(page, 'Clear')).toBeFocused()

  await webhooksPage.pages().getByRole('button', { name: 'Page 2' }).click()
  await expect(webhooksPage.foot()).toContainText('Showing 51')
  await expect(all).toBeChecked()
  await webhooksPage
    .rows()
    .first()
    .getByRole('checkbox', { name: /^Select/ })
    .click()
  await expect(bar(page)).toHaveAccessibleName(`Selection: ${Number(total) - 1} webhooks`)
  await expect(all).toHaveJSProperty('indeterminate', true)

  await webhooksPage.search().fill('nothing-has-this-name')
  await expect(bar(page)).toContainText(`${Number(total) - 1} of them are not in this list`)
  await act(page, 'Clear').click()
  await expect(bar(page)).toBeHidden()
  await expect(webhooksPage.heading()).toBeFocused()
})

test('single keys move through rows and tick them, and Shift ticks a range', async ({
  page,
  signIn,
  webhooksPage,
}) => {
  await signIn('admin')
  await webhooksPage.open('?sort=name')
  const boxes = webhooksPage.table().getByRole('checkbox', { name: /^Select .*,/ })
  await expect(boxes).toHaveCount(50)

  for (const key of ['j', 'j', 'j', 'k', 'x']) await page.keyboard.press(key)
  await expect(webhooksPage.names().nth(1)).toBeFocused()
  await expect(boxes.nth(1)).toBeChecked()
  await expect(bar(page)).toHaveAccessibleName('Selection: 1 webhook')

  await boxes.nth(4).click({ modifiers: ['Shift'] })
  await expect(bar(page)).toHaveAccessibleName('Selection: 4 webhooks')
  await page.keyboard.press('x')
  await expect(boxes.nth(4)).not.toBeChecked()
  await expect(bar(page)).toHaveAccessibleName('Selection: 3 webhooks')
})

test('a pause or description of several webhooks is proposed as one run', async ({
  page,
  signIn,
  webhooksPage,
  sandbox,
}) => {
  await signIn('admin')
  const name = uniqueName()
  const [one, two] = [
    await sandbox.seedWebhook({ Name: `${name} one`, BusinessId: SHOREDITCH.id }),
    await sandbox.seedWebhook({ Name: `${name} two`, BusinessId: ANCOATS.id }),
  ]
  await webhooksPage.openFor(name)
  await expect(webhooksPage.rows()).toHaveCount(2)
  await page.getByRole('checkbox', { name: 'Select all on this page' }).click()

  let proposed = nextProposal(page)
  await act(page, 'Pause').click()
  const { title, changes } = await proposed
  expect(title).toEqual({ act: 'pause', count: 2 })
  expect(new Set(changes)).toEqual(
    new Set(
      [one, two].map(({ Id }) => ({ kind: 'change', webhookId: Id, change: { Active: false } })),
    ),
  )
  await expect(page).toHaveURL(/\/runs\/\d+$/)
  // a proposal changes nothing yet
  expect(await sandbox.readWebhook(one.Id)).toMatchObject({ Active: true })
  await page.goBack()
  await expect(bar(page)).toHaveAccessibleName('Selection: 2 webhooks')

  await webhooksPage.openFor(name)
  await page.getByRole('checkbox', { name: `Select ${two.Name}, ${ANCOATS.name}` }).click()
  await act(page, 'Change description…').click()
  await page.getByRole('dialog').getByLabel('Description').fill('Ask Ana')
  proposed = nextProposal(page)
  await page.getByRole('button', { name: 'Start dry run' }).click()
  expect(await proposed).toEqual({
    title: { act: 'describe', count: 1 },
    changes: [{ kind: 'change', webhookId: two.Id, change: { Description: 'Ask Ana' } }],
  })
  await expect(page).toHaveURL(/\/runs\/\d+$/)
})

test('a larger deletion asks for its number, and deleted webhooks leave the selection', async ({
  page,
  signIn,
  webhooksPage,
  sandbox,
}) => {
  await signIn('admin')
  const name = uniqueName()
  const seeded = await Promise.all(
    Array.from({ length: 7 }, (_, at) => sandbox.seedWebhook({ Name: `${name} ${at}` })),
  )
  await webhooksPage.openFor(name)
  await expect(webhooksPage.rows()).toHaveCount(7)
  await page.getByRole('checkbox', { name: 'Select all on this page' }).click()
  await expect(bar(page)).toHaveAccessibleName('Selection: 7 webhooks')

  await sandbox.deleteWebhook(seeded[0]?.Id ?? 0)
  await webhooksPage.refresh().click()
  await expect(webhooksPage.notices()).toContainText('1 selected webhook no longer exists')
  await expect(bar(page)).toHaveAccessibleName('Selection: 6 webhooks')

  const proposed = nextProposal(page)
  await act(page, 'Delete…').click()
  const { title, changes } = await proposed
  expect(title).toEqual({ act: 'delete', count: 6 })
  expect(changes).toHaveLength(6)
  expect(changes).toContainEqual({
    kind: 'delete',
    webhookId: seeded[6]?.Id,
    seen: {
      Name: `${name} 6`,
      URL: seeded[6]?.URL,
      BusinessId: SHOREDITCH.id,
      Action: 6,
    },
  })
  await expect(page).toHaveURL(/\/runs\/\d+$/)
  const start = page.getByRole('button', { name: 'Delete 6 webhooks' })
  const confirm = page.getByLabel(/Type 6 to confirm/)
  await confirm.fill('5')
  await start.click()
  await expect(page.getByText('Type 6 to continue')).toBeVisible()
  await expectAccessible(page)
  for (const { Id } of seeded.slice(1)) expect(await sandbox.readWebhook(Id)).toMatchObject({ Id })

  // an item left out stays left out while the person looks at something else
  await page.getByRole('checkbox', { checked: true }).last().click()
  await expect(page.getByRole('button', { name: 'Delete 5 webhooks' })).toBeVisible()
  await page.goBack()
  await page.goForward()
  await expect(page.getByRole('button', { name: 'Delete 5 webhooks' })).toBeVisible()
})

test('a person with read access only sees which rights are missing', async ({
  page,
  signIn,
  webhooksPage,
}) => {
  await signIn('viewer')
  await webhooksPage.open('?q=accounting')
  await webhooksPage
    .rows()
    .first()
    .getByRole('checkbox', { name: /^Select/ })
    .click()
  await expect(act(page, 'Pause')).toHaveAttribute('aria-disabled', 'true')
  await expect(act(page, 'Pause')).toHaveAccessibleDescription(
    /it lacks rights that Nexudus calls WebHook-Edit/,
  )
  await act(page, 'Pause').press('Enter')
  await expect(page).toHaveURL('/webhooks?q=accounting')
  await expectAccessible(page)
})
