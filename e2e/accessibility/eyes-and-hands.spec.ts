import type { Locator } from '@playwright/test'

import { expect, test } from '#e2e/support/fixtures.ts'

test.beforeEach(({ signIn }) => signIn('admin'))

test.describe('in high contrast', () => {
  test.use({ forcedColors: 'active', colorScheme: 'dark' })

  const background = (target: Locator, part?: string) =>
    target.evaluate((element, pseudo) => getComputedStyle(element, pseudo).backgroundColor, part)

  test('a chosen filter looks different from the others', async ({ page, webhooksPage }) => {
    await webhooksPage.open()
    const chips = page.getByRole('group', { name: 'Health' }).getByRole('link')
    await chips.filter({ hasText: 'Stopped' }).click()
    const pressed = chips.filter({ hasText: 'Stopped' })
    await expect(pressed).toHaveAttribute('aria-current', 'true')
    const isHidden = background(chips.filter({ hasText: 'Working' }))
    expect(await background(pressed)).not.toBe(await isHidden)

    const ways = page.getByRole('navigation', { name: 'Main' }).getByRole('link')
    expect(await background(ways.filter({ hasText: 'Webhooks' }))).not.toBe(
      await background(ways.filter({ hasText: 'Activity' })),
    )
  })

  test('a switch shows its thumb, and a failure count its bar', async ({ page, webhooksPage }) => {
    await webhooksPage.open()
    for (const checked of [true, false]) {
      const one = page.getByRole('switch', { checked }).first()
      expect(await background(one, '::before')).not.toBe(await background(one))
    }
    const bar = webhooksPage.rows().first().locator('[style*="--share"]')
    expect(await background(bar, '::before')).not.toBe(await background(bar))
  })

  test('a ticked box looks ticked', async ({ page }) => {
    await page.goto('/coverage')
    const box = page.getByRole('checkbox', { name: 'Only actions used somewhere' })
    await expect(box).toBeChecked()
    const ticked = await background(box)
    await box.click()
    await expect(box).not.toBeChecked()
    expect(await background(box)).not.toBe(ticked)
  })

  test('the sign-in button has an edge, as other buttons have', async ({ page, context }) => {
    await context.clearCookies()
    await page.goto('/sign-in')
    const edge = (name: string) =>
      page
        .getByRole('button', { name })
        .first()
        .evaluate((element) => {
          const { borderTopWidth, borderTopStyle, borderTopColor } = getComputedStyle(element)
          return [borderTopWidth, borderTopStyle, borderTopColor]
        })
    expect(await edge('Sign in')).toEqual(await edge('admin@hookdesk.test'))
  })
})

test.describe('in a low window, as at 400 % zoom', () => {
  test.use({ viewport: { width: 320, height: 225 } })

  /** True if the element is in the window, with nothing over it. */
  const isSeen = (target: Locator) =>
    target.evaluate((element) => {
      const { left, top, width, height, bottom } = element.getBoundingClientRect()
      const there = document.elementFromPoint(left + width / 2, top + height / 2)
      return top >= 0 && bottom <= window.innerHeight && there !== null && element.contains(there)
    })
  const expectSeen = (target: Locator, what: string) =>
    expect.poll(() => isSeen(target), what).toBe(true)

  test('an open picker shows its field and the active option', async ({ page, form }) => {
    const active = page.locator('[role=option][data-active]')
    await form.openNew()
    for (const field of [form.location(), form.action()]) {
      await field.focus()
      await page.keyboard.press('ArrowDown')
      for (let at = 0; at < 4; at += 1) {
        await expectSeen(active, 'the option')
        await expectSeen(field, 'the field')
        await page.keyboard.press('ArrowDown')
      }
      await page.keyboard.press('Escape')
    }
    await page.goto('/activity')
    await page.getByRole('search').getByText('Filters').click()
    const location = page.getByRole('combobox', { name: 'Location' })
    await location.click()
    await expectSeen(active, 'the option in the activity')
    await expectSeen(location, 'the field in the activity')
  })

  test('the focused element is visible, in menus and down the page', async ({
    page,
    webhooksPage,
  }) => {
    await webhooksPage.open()
    await webhooksPage.sheetButton().click()
    await webhooksPage.sheetFold('Location').click()
    const boxes = webhooksPage.sheet().getByRole('checkbox')
    for (const at of [0, 6, 10]) {
      await boxes.nth(at).focus()
      await expectSeen(boxes.nth(at), `box ${at}`)
    }
    await page.keyboard.press('Escape')
    const more = page.getByRole('button', { name: /^More for/ }).first()
    await more.focus()
    await page.keyboard.press('Enter')
    const focused = page.locator('[role=menuitem]:focus')
    for (let at = 0; at < (await page.getByRole('menuitem').count()); at += 1) {
      await expectSeen(focused, `item ${at}`)
      await page.keyboard.press('ArrowDown')
    }
  })

  test('the header scrolls away with the page', async ({ page, webhooksPage }) => {
    await webhooksPage.open()
    await expect(webhooksPage.rows().first()).toBeVisible()
    await page.getByRole('banner').evaluate(() => window.scrollBy(0, 600))
    await expect(page.getByRole('banner')).not.toBeInViewport()
  })
})

for (const viewport of [
  { width: 320, height: 568 },
  { width: 1280, height: 700 },
]) {
  test.describe(`at ${viewport.width} × ${viewport.height}`, () => {
    test.use({ viewport })

    test('a notice does not cover Save', async ({ form, webhooksPage, sandbox }) => {
      const { Id, Name } = await sandbox.seedWebhook()
      await form.open(Id)
      for (const text of ['One.', 'Two.', 'Three.']) {
        await form.description().fill(text)
        await form.save().click()
        await expect(webhooksPage.notices()).toContainText(`Saved “${Name}”.`)
        // as the focus does it: clear of what stands at the top and the bottom
        await form.save().evaluate((button) => button.scrollIntoView({ block: 'nearest' }))
        await expect
          .poll(() =>
            form.save().evaluate((button) => {
              const { left, top, width, height } = button.getBoundingClientRect()
              const above = document.elementFromPoint(left + width / 2, top + height / 2)
              return above !== null && button.contains(above)
            }),
          )
          .toBe(true)
      }
    })
  })
}

test('single keys work on a Russian layout and with Caps Lock', async ({ page, webhooksPage }) => {
  await webhooksPage.open()
  await expect(webhooksPage.rows().first()).toBeVisible()
  const press = (key: string, code: string) =>
    page.evaluate((init) => document.body.dispatchEvent(new KeyboardEvent('keydown', init)), {
      key,
      code,
      bubbles: true,
      cancelable: true,
    })
  await press('о', 'KeyJ')
  await expect(webhooksPage.names().first()).toBeFocused()
  await press('N', 'KeyN')
  await expect(page).toHaveURL(/\/webhooks\/new/)
})

test.describe('on paper', () => {
  test('the list has all its columns and none of its controls', async ({ page, webhooksPage }) => {
    await webhooksPage.open()
    await expect(webhooksPage.rows()).toHaveCount(50)
    await page.emulateMedia({ media: 'print' })
    await expect(page.getByRole('banner')).toBeHidden()
    await expect(webhooksPage.search()).toBeHidden()
    await expect(webhooksPage.newButton()).toBeHidden()
    for (const name of ['Name', 'Destination', 'Health', 'Last triggered', 'Active']) {
      await expect(webhooksPage.columnHeader(name)).toBeVisible()
    }
    const first = webhooksPage.rows().first()
    await expect(first.getByRole('time').or(first.locator('time'))).toBeVisible()
  })

  test('coverage is printed as a list of all locations', async ({ page }) => {
    await page.goto('/coverage')
    await expect(page.getByRole('grid', { name: 'Coverage' })).toBeVisible()
    await page.emulateMedia({ media: 'print' })
    await expect(page.getByRole('list', { name: 'Coverage' }).locator('> li')).toHaveCount(12)
  })
})

test('a person who sees two locations is not told what most others have', async ({ newPerson }) => {
  const page = await newPerson('manager')
  await page.goto('/coverage')
  await expect(page.getByRole('grid', { name: 'Coverage' })).toBeVisible()
  await expect(page.getByText(/most others/i)).toHaveCount(0)
  await expect(page.getByRole('checkbox', { name: 'Only gaps' })).toHaveCount(0)
})
