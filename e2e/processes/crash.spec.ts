import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { startProduct } from '#tools/product.mjs'
import { addSession } from '#tools/desk-session.mjs'
import { WebhookForm } from '#tools/pages/webhook-form.mjs'
import { WebhooksPage } from '#tools/pages/webhooks-page.mjs'
import { openSandbox } from '#tools/sandbox-controls.mjs'
import { expect, test } from '#e2e/support/fixtures.ts'
import { prefillLink } from '#e2e/support/prefill.ts'

test('after kill -9 every acknowledged change is there, and the session still works', async ({
  browser,
  consoleWatch,
}) => {
  test.slow()
  const DATA_DIR = await mkdtemp(path.join(tmpdir(), 'hookdesk-crash-'))
  const before = await startProduct({ DATA_DIR })
  const context = await browser.newContext({ baseURL: before.url })
  await consoleWatch.watch(context)
  await addSession(context, before.url)
  const page = await context.newPage()
  const form = new WebhookForm(page)
  const webhooksPage = new WebhooksPage(page)

  const { name, search } = prefillLink()
  await form.openNew(search)
  await form.create().click()
  await expect(form.panel(name)).toContainText('Created. It is now in the list.')
  const answered = page.waitForResponse((response) => response.request().method() === 'PATCH')
  await form.description().fill('Written a moment before')
  await form.save().click()
  const answer = await answered
  expect(answer.ok()).toBe(true)
  // read to its last byte: an answer cut off by the kill would be another problem
  await answer.finished()
  await before.kill('SIGKILL')

  const { port } = new URL(before.url)
  const sandboxPort = new URL(before.sandboxUrl).port
  const after = await startProduct({ DATA_DIR, PORT: port, SANDBOX_PORT: sandboxPort })
  await webhooksPage.openFor(name)
  await expect(page.getByRole('button', { name: 'Account: Ana Admin' })).toBeVisible()
  await webhooksPage.link(name).click()
  await expect(form.description()).toHaveValue('Written a moment before')
  await webhooksPage.activeSwitch(name).click()
  await expect(webhooksPage.notices()).toContainText(`Paused “${name}”.`)
  const [kept, ...others] = await (await openSandbox(after.sandboxUrl)).webhooksNamed(name)
  expect(others).toEqual([])
  expect(kept).toMatchObject({ Description: 'Written a moment before', Active: false })

  await context.close()
  await after.stop()
  await rm(DATA_DIR, { recursive: true, force: true })
})

test('a second start on the same data folder is refused in one line', async ({ product }) => {
  await expect(startProduct({ DATA_DIR: product.dataDir })).rejects.toThrow(
    /Hookdesk did not start\. .*\n?$/,
  )
})
