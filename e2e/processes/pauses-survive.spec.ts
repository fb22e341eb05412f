import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { expect, test } from '#e2e/support/fixtures.ts'
import { deskClient, signInToDesk } from '#tools/desk-session.mjs'
import { startProduct } from '#tools/product.mjs'
import { openSandbox } from '#tools/sandbox-controls.mjs'

test('a pause ends at its time although the desk was killed meanwhile', async () => {
  test.slow()
  const DATA_DIR = await mkdtemp(path.join(tmpdir(), 'hookdesk-pauses-'))
  const env = { DATA_DIR, WATCH: '1', WATCH_SECONDS: '30' }
  const before = await startProduct(env)
  const sandbox = await openSandbox(before.sandboxUrl)
  const { Id } = await sandbox.seedWebhook({})
  const ask = deskClient(before.url, await signInToDesk(before.url))
  const until = new Date(Date.now() + 15_000).toISOString()
  await ask('POST', '/desk/pauses', { webhookIds: [Id], until, reason: 'CRM migration' })
  const change = { seen: { Active: true }, change: { Active: false } }
  await ask('PATCH', `/desk/webhooks/${Id}`, change)
  expect((await sandbox.readWebhook(Id)).Active).toBe(false)
  await before.kill('SIGKILL')

  const SANDBOX_PORT = new URL(before.sandboxUrl).port
  const after = await startProduct({ ...env, PORT: new URL(before.url).port, SANDBOX_PORT })
  const isOn = async () => (await sandbox.readWebhook(Id)).Active
  await expect.poll(isOn, { timeout: 120_000 }).toBe(true)
  await after.stop()
  await rm(DATA_DIR, { recursive: true, force: true })
})
