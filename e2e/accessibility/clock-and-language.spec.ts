import type { Page } from '@playwright/test'

import { DUMBO } from '#tools/network.mjs'
import { expect, test } from '#e2e/support/fixtures.ts'

const HOUR = 3_600_000

/** All texts for readers, including placeholders, labels and tips. */
const textOf = (page: Page) =>
  page.evaluate(() => {
    const said = [...document.querySelectorAll('[aria-label], [title], [placeholder]')].flatMap(
      (node) => ['aria-label', 'title', 'placeholder'].map((name) => node.getAttribute(name) ?? ''),
    )
    return `${document.body.innerText}\n${said.join('\n')}`
  })

const AGO = /^(just now|\d+ (min|h|days?) ago|[\w ,./-]*\b20\d\d\b[\w ,./-]*)$/
const WEEKDAY = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/

for (const [locale, timezoneId] of [
  ['de-DE', 'Europe/Berlin'],
  ['ja-JP', 'Asia/Tokyo'],
  ['ar', 'Africa/Cairo'],
] as const) {
  test.describe(`in a browser in ${locale}`, () => {
    test.use({ locale, timezoneId })

    test('times, dates and numbers are written in the language of the interface', async ({
      page,
      signIn,
      sandbox,
      webhooksPage,
    }) => {
      await signIn('admin')
      const { Id, Name } = await sandbox.seedWebhook()
      await webhooksPage.openFor(Name)
      await webhooksPage.activeSwitch(Name).click()
      await expect(webhooksPage.row(Name)).toContainText('Paused by admin@hookdesk.test, just now')
      for (const path of [
        '/webhooks?sort=triggered&dir=desc',
        '/webhooks?health=stopped',
        `/webhooks/${Id}`,
        '/activity',
      ]) {
        await page.goto(path)
        await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
        if (path.startsWith('/webhooks?')) await expect(webhooksPage.rows().first()).toBeVisible()
        if (path === '/activity') await expect(page.locator('time').first()).toBeVisible()
        await expect(page.locator('html')).toHaveAttribute('lang', 'en')
        expect(await page.evaluate(() => getComputedStyle(document.body).direction)).toBe('ltr')
        const times = await page.locator('time').allInnerTexts()
        expect(times.filter((text) => !AGO.test(text.trim()))).toEqual([])
        const text = await textOf(page)
        // digits of other scripts, and words of the reader's own language
        expect(text.match(/(?![0-9])\p{Nd}/gu) ?? []).toEqual([])
        expect(text.match(/\bvor \d+|Uhr\b|[前日月年]|منذ/gu) ?? []).toEqual([])
      }
      const at = page.locator('time').first()
      await at.hover()
      await expect(page.getByRole('tooltip').first()).toHaveText(WEEKDAY)
    })
  })
}

for (const hours of [-3, 3]) {
  test(`a clock that is ${hours} hours off shows the same times as a correct one`, async ({
    page,
    signIn,
    newPerson,
    sandbox,
    webhooksPage,
  }) => {
    const right = await newPerson('admin')
    await signIn('admin')
    await page.clock.install({ time: Date.now() + hours * HOUR })
    const { Name } = await sandbox.seedWebhook()

    const timesOf = async (of: Page) => {
      const times = await of.locator('time').allInnerTexts()
      return times.slice(0, 12)
    }
    const search = '/webhooks?sort=triggered'
    await Promise.all([page.goto(search), right.goto(search)])
    await expect(webhooksPage.rows().first()).toBeVisible()
    await expect(right.locator('time').first()).toBeVisible()
    expect((await timesOf(right)).some((text) => /\d+ (min|h) ago/.test(text))).toBe(true)
    await expect
      .poll(async () => {
        const [told, wanted] = await Promise.all([timesOf(page), timesOf(right)])
        return told.join() === wanted.join() ? 'the same' : `${told.join()} for ${wanted.join()}`
      })
      .toBe('the same')
    await expect(page.getByText(/^Checked /)).toHaveText('Checked just now')

    await webhooksPage.openFor(Name)
    // delayed, so that the page's own optimistic texts are tested too
    await sandbox.fault({ method: 'PUT', path: '/api/sys/webhooks', kind: 'slow', delayMs: 3_000 })
    await webhooksPage.activeSwitch(Name).click()
    await expect(webhooksPage.row(Name)).toContainText(/Paused.*, just now/, { timeout: 2_500 })
    await expect(webhooksPage.notices()).toContainText(`Paused “${Name}”.`)
    await expect(webhooksPage.row(Name)).toContainText('Paused by admin@hookdesk.test, just now')
  })
}

test('an exact time says the time of day at the webhook’s location, too', async ({
  page,
  signIn,
  sandbox,
  webhooksPage,
}) => {
  await signIn('admin')
  const { Name } = await sandbox.seedWebhook({ BusinessId: DUMBO.id })
  await webhooksPage.openFor(Name)
  await webhooksPage.activeSwitch(Name).click()
  await expect(webhooksPage.row(Name)).toContainText('Paused by admin@hookdesk.test')
  await webhooksPage.openFor('QuickBooks: invoice paid')
  await page.getByRole('row').filter({ hasText: DUMBO.name }).locator('time').first().hover()
  const there = `at ${DUMBO.name} (America/New_York)`
  await expect(page.getByRole('tooltip')).toContainText(there)
  // a cell that cuts its text must not cut the tip
  await expect(page.getByRole('tooltip')).toBeInViewport({ ratio: 0.99 })

  await page.goto('/activity')
  const entry = page.getByRole('listitem').filter({ hasText: Name }).first()
  await entry
    .getByRole('button')
    .filter({ has: page.locator('time') })
    .first()
    .focus()
  await expect(page.getByRole('tooltip')).toContainText(there)
  // five hours before London, or four while only New York has its summer time
  const hours = (await page.getByRole('tooltip').innerText())
    .split(' · ')
    .map((text) => Number(/(\d\d):\d\d/.exec(text)?.[1]))
  expect([4, 5]).toContain(((hours[0] ?? 0) - (hours.at(-1) ?? 0) + 24) % 24)
})
