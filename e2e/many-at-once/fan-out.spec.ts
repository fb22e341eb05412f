import type { Locator, Page } from '@playwright/test'

import { runProposalSchema } from '#contract/desk/run.ts'
import { ANCOATS, LISBON, SHOREDITCH, uniqueName } from '#tools/network.mjs'
import { expectAccessible } from '#e2e/support/accessible.ts'
import { expect, test } from '#e2e/support/fixtures.ts'

const locations = (page: Page) => page.getByRole('group', { name: 'Locations' })
const actions = (page: Page) => page.getByRole('group', { name: 'Actions' })
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
const plan = (page: Page) => page.getByRole('region', { name: 'Plan' })
const lines = (page: Page) => plan(page).getByRole('checkbox')
const line = (page: Page, name: string) => plan(page).getByRole('checkbox', { name })
const numbers = (page: Page) => page.getByRole('list', { name: 'The plan in numbers' })
const check = (page: Page, count: number) =>
  plan(page).getByRole('button', {
    name: count === 1 ? 'Start dry run for 1 webhook' : `Start dry run for ${count} webhooks`,
  })

async function nextProposal(page: Page) {
  const request = await page.waitForRequest(
    (request) => request.method() === 'POST' && request.url().endsWith('/desk/runs'),
  )
  return runProposalSchema.parse(request.postDataJSON())
}

const isFocused = (target: Locator) =>
  target.evaluate((element) => element === document.activeElement)

test.beforeEach(({ signIn }) => signIn('admin'))

test('three locations and two actions create five webhooks if one exists already', async ({
  page,
  sandbox,
}) => {
  const there = await sandbox.seedWebhook({ BusinessId: ANCOATS.id, Action: 83 })
  await page.goto('/webhooks/fan-out')
  for (const { name } of [SHOREDITCH, ANCOATS, LISBON]) {
    await locations(page).getByRole('checkbox', { name }).click()
  }
  await field(page, 'Actions').fill('ProductUpdate')
  await actions(page).getByRole('checkbox').first().click()
  await field(page, 'Actions').fill('unsub')
  await actions(page).getByRole('checkbox').first().click()
  await field(page, 'URL').fill(there.URL)
  await field(page, 'Names').fill('{number} at {location}')
  await expect(numbers(page)).toContainText('5 to create')
  await expect(numbers(page)).toContainText('1 existing')
  await expect(plan(page).getByRole('link', { name: `“${there.Name}”` })).toBeVisible()
  await expectAccessible(page)

  // the person unticks one again
  await line(page, `33 at ${LISBON.name}`).click()
  const proposed = nextProposal(page)
  await check(page, 4).click()
  const { title, changes } = await proposed
  expect(title).toEqual({ act: 'create', count: 4 })
  const made = changes.map((change) => change.kind === 'create' && change.input)
  expect(made.map((input) => input && input.Name).toSorted()).toEqual([
    `33 at ${ANCOATS.name}`,
    `33 at ${SHOREDITCH.name}`,
    `83 at ${LISBON.name}`,
    `83 at ${SHOREDITCH.name}`,
  ])
  expect(made[0]).toMatchObject({ URL: there.URL, Description: '', Active: true })
  await expect(page).toHaveURL(/\/runs\/\d+$/)
  await expect(page.getByRole('heading', { name: 'Create 4 webhooks' })).toBeVisible()

  // Back from a dry run finds the form as it was
  await page.goBack()
  await expect(numbers(page)).toContainText('4 to create')
  await expect(field(page, 'URL')).toHaveValue(there.URL)
  await expect(line(page, `33 at ${LISBON.name}`)).not.toBeChecked()
})

test('a webhook is copied to a location by keyboard only', async ({
  page,
  webhooksPage,
  sandbox,
}) => {
  const URL = 'https://receiver.example.com/copy?key=very-secret'
  const name = uniqueName()
  const Description = 'Ask Ana'
  await sandbox.seedWebhook({ Name: `${name} ${SHOREDITCH.name}`, URL, Description, Action: 85 })
  await webhooksPage.openFor(name)
  const press = (key: string) => page.keyboard.press(key)
  const tabTo = async (target: Locator) => {
    await expect(target).toBeVisible()
    while (!(await isFocused(target))) await press('Tab')
  }

  await tabTo(webhooksPage.menuButton(`${name} ${SHOREDITCH.name}`))
  await press('Enter')
  while (!(await isFocused(webhooksPage.menuItem('Copy to locations…')))) await press('ArrowDown')
  await press('Enter')
  await expect(page.getByRole('heading', { name: 'Copy to locations' })).toBeFocused()
  await expect(page.getByText('copy?key=••••')).toBeVisible()
  await expect(page.getByText('very-secret')).toHaveCount(0)

  await tabTo(field(page, 'Locations'))
  await page.keyboard.type('príncipe')
  await tabTo(page.getByRole('button', { name: 'Tick all 1 found' }))
  await press('Space')
  await tabTo(page.getByRole('radio', { name: 'From a pattern' }))
  await press('ArrowDown')
  await expect(line(page, `${name} ${LISBON.name}`)).toBeChecked()
  const proposed = nextProposal(page)
  await press('Control+Enter')
  expect((await proposed).changes).toEqual([
    {
      kind: 'create',
      input: {
        BusinessId: LISBON.id,
        Action: 85,
        Name: `${name} ${LISBON.name}`,
        URL,
        Description,
        Active: true,
      },
    },
  ])
  await expect(page).toHaveURL(/\/runs\/\d+$/)
})

test('the form for one webhook leads here with its typed values, and leaving asks', async ({
  page,
  form,
  webhooksPage,
}) => {
  await form.openNew(`?location=${SHOREDITCH.id}&action=6&name=Mine`)
  await form.url().fill('https://receiver.example.com/in?key=very-secret')
  await form.several().click()
  await expect(page).toHaveURL(`/webhooks/fan-out?locations=${SHOREDITCH.id}&actions=6`)
  await expect(field(page, 'URL')).toHaveValue('https://receiver.example.com/in?key=very-secret')
  await expect(lines(page)).toHaveCount(1)

  await page.getByRole('link', { name: 'Webhooks', exact: true }).click()
  const question = webhooksPage.question('Leave without creating?')
  await question.getByRole('button', { name: 'Stay' }).click()
  await expect(lines(page)).toHaveCount(1)
  await page.getByRole('link', { name: 'Webhooks', exact: true }).click()
  await question.getByRole('button', { name: 'Leave' }).click()
  await expect(webhooksPage.heading()).toBeVisible()
})

test('typed and ticked values survive a reload, except a URL with a key', async ({ page }) => {
  page.on('dialog', (dialog) => void dialog.accept())
  await page.goto(`/webhooks/fan-out?actions=86`)
  await locations(page).getByRole('checkbox', { name: SHOREDITCH.name }).click()
  await locations(page).getByRole('checkbox', { name: LISBON.name }).click()
  await field(page, 'URL').fill('https://receiver.example.com/all')
  await field(page, 'Names').fill('{number} kept')
  await line(page, '86 kept').first().click()
  const ticked = await lines(page).evaluateAll((boxes) =>
    boxes.map((box) => box instanceof HTMLInputElement && box.checked),
  )
  expect(ticked.toSorted()).toEqual([false, true])
  await page.reload()
  await expect(page.getByText('The page was reloaded.')).toBeVisible()
  await expect(field(page, 'URL')).toHaveValue('https://receiver.example.com/all')
  await expect(field(page, 'Names')).toHaveValue('{number} kept')
  await expect(lines(page)).toHaveCount(2)
  for (const [at, checked] of ticked.entries()) {
    await expect(lines(page).nth(at)).toBeChecked({ checked })
  }

  await field(page, 'URL').fill('https://receiver.example.com/all?key=s3cr3t')
  await page.reload()
  await expect(field(page, 'Names')).toHaveValue('{number} kept')
  await expect(field(page, 'URL')).toHaveValue('')
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('s3cr3t')
})

test('given cells are the plan, errors are shown, and typed text survives', async ({
  page,
  context,
  expectConsole,
}) => {
  const cells = `${SHOREDITCH.id}:86,${LISBON.id}:87,${LISBON.id}:1,999:6`
  const url = encodeURIComponent('https://desk:secret@receiver.example.com/')
  await page.goto(`/webhooks/fan-out?cells=${cells}&url=${url}`)
  await expect(page.getByText(/Ignored the URL in the link/)).toContainText(`(${LISBON.id}:1)`)
  await expect(lines(page)).toHaveCount(2)
  await expect(locations(page)).toHaveCount(0)

  await check(page, 2).click()
  const summary = page.getByRole('group', { name: 'Fix 1 problem before you continue' })
  await expect(summary).toBeFocused()
  await field(page, 'Names').fill('{town} {action}')
  await expect(field(page, 'Names')).toHaveAccessibleDescription(/\{town\} is not a placeholder/)
  await expectAccessible(page)
  await field(page, 'Names').fill('{name}')
  await field(page, 'URL').fill('https://receiver.example.com/gaps')

  expectConsole(/ERR_INTERNET_DISCONNECTED/)
  await context.setOffline(true)
  await check(page, 2).click()
  await expect(plan(page).getByRole('alert')).toContainText('You are offline')
  await expect(field(page, 'URL')).toHaveValue('https://receiver.example.com/gaps')
  await context.setOffline(false)
  await check(page, 2).click()
  await expect(page).toHaveURL(/\/runs\/\d+$/)
})
