import type { Page } from '@playwright/test'

import { endSession } from '#tools/desk-session.mjs'
import { expect, test } from '#e2e/support/fixtures.ts'
import { prefillLink } from '#e2e/support/prefill.ts'

test.use({ viewport: { width: 320, height: 640 } })

/** Lines can be read without scrolling sideways: WCAG 1.4.10. */
async function expectNoSidewaysScroll(page: Page) {
  const { scrollWidth, clientWidth } = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return { scrollWidth, clientWidth }
  })
  expect(scrollWidth).toBeLessThanOrEqual(clientWidth)
}

test('signing in fits 320 px', async ({ page, signInPage }) => {
  await signInPage.open()
  await expect(signInPage.submit()).toBeVisible()
  await expectNoSidewaysScroll(page)
})

test.describe('for a signed-in person', () => {
  test.beforeEach(({ signIn }) => signIn('admin'))

  test('the whole list fits 320 px', async ({ page, webhooksPage }) => {
    await webhooksPage.open()
    await expect(webhooksPage.rows().first()).toBeVisible()
    await expectNoSidewaysScroll(page)
    await webhooksPage.pages().getByRole('button', { name: 'Page 2' }).click()
    await expect(webhooksPage.foot()).toContainText('Showing 51')
    await expectNoSidewaysScroll(page)
  })

  test('the cards are still a table', async ({ page, webhooksPage, sandbox }) => {
    const { Name } = await sandbox.seedWebhook()
    await webhooksPage.openFor(Name)
    const row = page.getByRole('table', { name: 'Webhooks' }).getByRole('row').nth(1)
    await expect(row.getByRole('rowheader', { name: Name })).toBeVisible()
    await expect(row.getByRole('cell').first()).toBeVisible()
    await expect(row.getByRole('switch')).toBeVisible()
    await expect(webhooksPage.table().getByRole('columnheader')).not.toHaveCount(0)
  })

  test('the sandbox’s page, the signature helper and the header fit 320 px', async ({ page }) => {
    for (const [address, heading] of [
      ['/sandbox', 'Sandbox'],
      ['/tools/signature', 'Check a signature'],
      ['/docs/events', 'Events for programs'],
      ['/help', 'Help'],
      ['/activity', 'Activity'],
      ['/developers', 'Developers'],
    ] as const) {
      await page.goto(address)
      await expect(page.getByRole('heading', { name: heading, level: 1 })).toBeVisible()
      await expectNoSidewaysScroll(page)
      const last = page.getByRole('navigation', { name: 'Main' }).getByRole('link').last()
      await last.scrollIntoViewIfNeeded()
      await expect(last).toBeInViewport()
      await expect(page.getByRole('button', { name: /^Account/ })).toBeInViewport()
    }
  })

  test('menus and filters fit 320 px', async ({ page, webhooksPage, sandbox }) => {
    const { Name } = await sandbox.seedWebhook()
    await webhooksPage.openFor(Name)
    await webhooksPage.menuButton(Name).click()
    await expect(webhooksPage.menuItem('Edit')).toBeInViewport()
    await expectNoSidewaysScroll(page)
    await page.keyboard.press('Escape')
    await webhooksPage.sheetButton().click()
    await webhooksPage.sheetFold('Action').click()
    await expect(webhooksPage.sheet().getByRole('checkbox').last()).toBeVisible()
    await expectNoSidewaysScroll(page)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^Account/ }).click()
    await expect(page.getByRole('menu')).toBeInViewport()
    await expectNoSidewaysScroll(page)
  })

  test('an open webhook replaces the list, and fits', async ({
    page,
    form,
    webhooksPage,
    sandbox,
  }) => {
    const { Name } = await sandbox.seedWebhook({
      URL: `https://receiver.example.com/${'long-'.repeat(60)}`,
    })
    await webhooksPage.openFor(Name)
    await webhooksPage.link(Name).click()
    await expect(form.name()).toHaveValue(Name)
    await expect(webhooksPage.table()).toBeHidden()
    await expectNoSidewaysScroll(page)
    await form.close().click()
    await expect(webhooksPage.link(Name)).toBeFocused()
  })

  test('a new webhook with errors, and the open picker, fit', async ({ page, form }) => {
    await form.openNew()
    await form.create().click()
    await expect(form.summary()).toBeFocused()
    await expectNoSidewaysScroll(page)
    await form.action().click()
    await expect(form.options()).not.toHaveCount(0)
    await expectNoSidewaysScroll(page)
  })

  test('a conflict fits 320 px', async ({ page, form, sandbox, expectConsole }) => {
    expectConsole(/409/)
    const { Id } = await sandbox.seedWebhook()
    await form.open(Id)
    await form.description().fill('Mine')
    await sandbox.changeWebhook(Id, { Description: 'theirs'.repeat(40) })
    await form.save().click()
    await expect(form.choice('Description')).toBeVisible()
    await expectNoSidewaysScroll(page)
  })

  test('dialogs fit 320 px', async ({
    page,
    context,
    product,
    form,
    signInPage,
    webhooksPage,
    sandbox,
    expectConsole,
  }) => {
    expectConsole(/401/)
    const { Name } = await sandbox.seedWebhook()
    await webhooksPage.openFor(Name)
    await webhooksPage.menuButton(Name).click()
    // by keyboard: on a busy machine the menu may still be moving under the mouse
    await webhooksPage.menuItem('Delete…').press('Enter')
    const question = webhooksPage.question(/^Delete/)
    await expect(question.getByRole('button', { name: 'Delete webhook' })).toBeInViewport()
    await expectNoSidewaysScroll(page)
    await page.keyboard.press('Escape')

    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
    await expectNoSidewaysScroll(page)
    await page.keyboard.press('Escape')

    await form.openNew(prefillLink().search)
    await endSession(context, product.url)
    await form.create().click()
    await expect(signInPage.sessionOver()).toBeVisible()
    await expectNoSidewaysScroll(page)
  })

  test('errors fit 320 px', async ({ page, webhooksPage, sandbox, expectConsole }) => {
    expectConsole(/502/)
    await sandbox.fault({ kind: 'error', method: 'GET', path: '/api/sys/webhooks', times: 20 })
    await webhooksPage.open()
    await expect(page.getByRole('alert')).toBeVisible()
    await expectNoSidewaysScroll(page)
  })
})
