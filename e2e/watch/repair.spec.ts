import { randomUUID } from 'node:crypto'

import { expectAccessible } from '#e2e/support/accessible.ts'
import { expect, testWith } from '#e2e/support/fixtures.ts'
import { deskClient, signInToDesk } from '#tools/desk-session.mjs'
import { NO_LIMITS } from '#tools/product.mjs'

const test = testWith({ ...NO_LIMITS, WATCH: '1', WATCH_SECONDS: '30' })

test('what stopped at a receiver is checked URL by URL, and switched on where it answers', async ({
  page,
  signIn,
  newPerson,
  sandbox,
  product,
}) => {
  // it waits for looks, as long as a busy machine needs
  test.setTimeout(600_000)
  const [good, broken] = [`good-${randomUUID()}`, `broken-${randomUUID()}`]
  await sandbox.setSwitches({ retries: 'short' })
  const url = (name: string) => `${product.sandboxUrl}/receiver/${name}?key=s3cret`
  const mended = await sandbox.seedWebhook({ Action: 57, URL: url(good) })
  const dead = await sandbox.seedWebhook({ Action: 57, URL: url(broken) })
  for (const name of [good, broken]) await sandbox.tell(name, '500')
  const desk = deskClient(product.url, await signInToDesk(product.url))
  // the watch has seen both work, or it could not tell that they stopped
  for (const { Id } of [mended, dead]) {
    const isKnown = () => desk('GET', `/desk/timeline/${Id}`).then(Boolean, () => false)
    await expect.poll(isKnown, { timeout: 90_000 }).toBe(true)
  }
  for (let times = 0; times < 10; times += 1) await sandbox.raise(mended.BusinessId, 57)
  const isStopped = async () => {
    const both = await Promise.all([mended, dead].map(({ Id }) => sandbox.readWebhook(Id)))
    return both.every(({ Active }) => !Active)
  }
  await expect.poll(isStopped, { timeout: 120_000 }).toBe(true)
  await sandbox.tell(good, '200')

  await signIn('admin')
  const host = new URL(product.sandboxUrl).host
  await page.goto('/')
  const card = page.getByRole('article').filter({ hasText: 'Team – created' })
  await expect(card).toContainText('have stopped', { timeout: 120_000 })
  // who may not switch on is led to the list, not to a refusal
  const viewer = await newPerson('viewer')
  await viewer.goto('/')
  const theirs = viewer.getByRole('article').filter({ hasText: 'Team – created' })
  await theirs.getByRole('link', { name: /^Look at \d+ webhooks$/ }).click()
  await expect(viewer).toHaveURL(/\/webhooks\?.*health=stopped/)
  await expect(viewer.getByRole('row').filter({ hasText: mended.Name })).toBeVisible()

  await card.getByRole('link', { name: /^Check and switch on \d+ webhooks$/ }).click()
  await expect(page).toHaveURL(/\/destinations\?repair=/)
  await expect(page.getByRole('heading', { name: `Repair ${host}`, level: 1 })).toBeVisible()
  await expectAccessible(page)
  await page.setViewportSize({ width: 1280, height: 900 })
  const urls = page.getByRole('list', { name: 'URLs' }).locator('> li')
  const [goodUrl, brokenUrl] = [urls.filter({ hasText: good }), urls.filter({ hasText: broken })]
  await expect(goodUrl.getByRole('checkbox')).not.toBeChecked()
  await expect(page.getByText('s3cret')).toHaveCount(0)
  await page.getByRole('button', { name: /^Check \d+ URLs$/ }).click()
  await expect(goodUrl).toContainText(/Answered in \d+ ms/)
  await expect(brokenUrl).toContainText('Answer: 500')
  await expect(goodUrl.getByRole('checkbox')).toBeChecked()
  await expect(brokenUrl.getByRole('checkbox')).not.toBeChecked()

  await page.getByRole('button', { name: /^Switch on \d+ webhooks?…$/ }).click()
  await expect(page).toHaveURL(/\/runs\/\d+$/)
  const dryRun = page.getByRole('region', { name: 'Dry run' })
  await dryRun.getByRole('button', { name: /^(Change|Switch on|Resume) \d+ webhooks?$/ }).click()
  await expect
    .poll(async () => (await sandbox.readWebhook(mended.Id)).Active, { timeout: 60_000 })
    .toBe(true)
  expect((await sandbox.readWebhook(dead.Id)).Active).toBe(false)

  // the destination's past tells of both
  await page.goto('/destinations')
  await page.getByRole('link', { name: `Timeline of ${host}` }).click()
  const seen = page.getByRole('list', { name: 'Seen, newest first' })
  const stops = seen.getByRole('listitem').filter({ hasText: 'Stopped, probably by Nexudus' })
  await expect(stops).toHaveCount(2)
  const ofDead = stops.filter({ hasText: dead.Name })
  await expect(ofDead).toHaveText(new RegExp(`${dead.Name}: Stopped, probably by Nexudus`))
  await expectAccessible(page)
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export as CSV' }).click()
  expect((await saved).suggestedFilename()).toMatch(/^hookdesk-timeline-localhost-\d+-[\d-]+\.csv$/)

  // the person who can mend the receiver is a click away from its card
  await page.getByLabel('Name').fill('Jo Smith')
  await page.getByLabel('E-mail').fill('jo@')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Enter an e-mail address')).toBeVisible()
  await page.getByLabel('E-mail').fill('jo@example.com')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Entered by')).toBeVisible()
  await page.goto('/')
  const letter = page.getByRole('article').getByRole('link', { name: 'jo@example.com' }).first()
  await expect(letter).toHaveAttribute('href', /^mailto:jo%40example\.com\?subject=/)
  expect(await letter.getAttribute('href')).not.toContain('s3cret')

  // what stays broken may be left to Hookdesk
  await page.goto(`/webhooks/${dead.Id}`)
  const byItself = page.getByRole('checkbox', { name: 'After a stop, switch on again by itself' })
  await byItself.check()
  await expect(page.getByText('Not checked yet.')).toBeVisible()
  await page.reload()
  await expect(byItself).toBeChecked()
  await expectAccessible(page)
  await byItself.uncheck()
  await expect(page.getByText('Not checked yet.')).toBeHidden()

  await page.goto(`/webhooks/${dead.Id}?tab=history`)
  await expect(page.getByText(/^Since about .+ events were probably not delivered\./)).toBeVisible()
})
