import { expectAccessible } from '#e2e/support/accessible.ts'
import { expect, testWith } from '#e2e/support/fixtures.ts'

// the sample network as it is; the test changes one webhook of it
const test = testWith({})

test.beforeEach(({ signIn }) => signIn('admin'))

test('a large dry run is grouped by location and searched, and what was left out stays so', async ({
  page,
}) => {
  await page.goto('/webhooks?sort=name')
  await page.getByRole('checkbox', { name: 'Select all on this page' }).click()
  await page
    .getByRole('region', { name: /^Selection/ })
    .getByRole('button', { name: 'Pause', exact: true })
    .click()
  await expect(page).toHaveURL(/\/runs\/\d+$/)
  const ready = page.getByRole('group').filter({ has: page.getByText('Will change') })
  const place = (name: string) =>
    page
      .getByRole('group')
      .filter({ has: page.getByRole('heading', { level: 3, name }) })
      .last()
  const start = page.getByRole('button', { name: /^Pause \d+ webhooks?$/ })
  const before = Number(/\d+/.exec(await start.innerText())?.[0])
  expect(before).toBeGreaterThan(30)

  // one location is left out by one tick
  const dublin = place('Northlight Dublin')
  const inDublin = await dublin.getByRole('listitem').count()
  expect(inDublin).toBeGreaterThan(1)
  await dublin.getByRole('checkbox', { name: /^Northlight Dublin: \d+ of \d+ ticked$/ }).click()
  await expect(start).toHaveText(`Pause ${before - inDublin} webhooks`)

  // the search narrows what is seen, not what is chosen
  const search = page.getByRole('searchbox', { name: 'Search the items of this run' })
  await search.fill('dublin')
  await expect(page.getByText(/^\d+ of 50 items$/)).toBeVisible()
  await expect(ready.first().getByRole('heading', { level: 3 })).toHaveCount(0)
  await expect(start).toHaveText(`Pause ${before - inDublin} webhooks`)
  const one = ready.first().getByRole('listitem').first()
  await one.getByRole('checkbox').click()
  await expect(start).toHaveText(`Pause ${before - inDublin + 1} webhooks`)
  await expectAccessible(page)
  await search.fill('no such thing')
  await expect(page.getByText('0 of 50 items')).toBeVisible()
  await search.press('Escape')
  await expect(dublin).toContainText(`1 of ${inDublin}`)
  await expectAccessible(page)

  // an item takes one line where there is room
  await page.setViewportSize({ width: 1280, height: 900 })
  const line = await place('Northlight Shoreditch').getByRole('listitem').first().boundingBox()
  expect(line?.height).toBeLessThan(48)
  await page.setViewportSize({ width: 320, height: 800 })
  await expect(search).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
})
