import { createHmac } from 'node:crypto'

import { choose } from '#tools/pages/choose.mjs'

import { asAdmin } from './kit.mjs'

/** @import { Kit } from './kit.mjs' */

const BODY = '[{"Id":1400123456,"FullName":"Visitor Example","Arrived":true}]'
const SECRET = 'shoreditch-demo-secret'

/**
 * Pictures of the sandbox's page, the check of a URL, an explained error, and the signature helper.
 *
 * @param {Kit} kit
 */
export async function toolScreens({ state, sandbox, sandboxUrl }) {
  const receiver = (/** @type {string} */ name) => `${sandboxUrl}/receiver/${name}`
  const { BusinessId } = await sandbox.findWebhook('Accounting: invoice created')

  await state(asAdmin('sandbox-empty', 'Sandbox: nothing happened yet', '/sandbox'), (page) =>
    page.getByText('Nothing sent yet').waitFor(),
  )
  await state({
    ...asAdmin('sandbox-viewer', 'Sandbox: for who may not control it', '/sandbox'),
    account: 'viewer',
  })

  await sandbox.setSwitches({ retries: 'short' })
  const fresh = { BusinessId, Action: 6, Name: 'Try me', URL: receiver('try-me'), Active: true }
  const { Id } = await sandbox.seedWebhook(fresh)
  await sandbox.tell('broken', '500')
  const broken = { ...fresh, Name: 'Broken one', URL: receiver('broken'), Action: 42 }
  await sandbox.seedWebhook(broken)
  await sandbox.raise(BusinessId, 42)

  await state(
    asAdmin('try-it', 'Webhook: tried, and delivered', `/webhooks/${Id}`),
    async (page) => {
      await page.getByRole('button', { name: 'Try it' }).click()
      await page
        .getByText(/^Delivered in/)
        .first()
        .waitFor()
    },
  )
  await state(
    asAdmin('payload-sample', 'Webhook: what its action sends', `/webhooks/${Id}`),
    async (page) => {
      await page.getByText('Data it sends').click()
      await page.getByRole('region', { name: 'Fields in the delivery' }).waitFor()
    },
  )
  await state(
    asAdmin('sandbox-full', 'Sandbox: things have happened', '/sandbox'),
    async (page) => {
      await choose(page, 'Location', 'Shoreditch')
      await choose(page, 'Action', 'visitor registered')
      await page.getByRole('button', { name: 'Trigger' }).click()
      await page.getByText('Delivered', { exact: true }).first().waitFor()
      await page.getByText('Body and headers').first().click()
      await page.getByRole('region', { name: 'Body' }).first().waitFor()
    },
  )

  for (const [name, url, caption] of /** @type {const} */ ([
    ['good', receiver('door-access'), 'an address that answers'],
    ['broken', receiver('broken'), 'a receiver that is broken'],
    ['refused', 'https://10.0.0.7/in', 'an address that is not called'],
    ['no-name', 'https://nobody.example.invalid/in', 'a name that does not exist'],
  ])) {
    const address = `/webhooks/new?url=${encodeURIComponent(url)}`
    await state(asAdmin(`probe-${name}`, `Check: ${caption}`, address), async (page) => {
      await page.getByRole('button', { name: 'Check this URL' }).click()
      await page.getByText('Checked from the Hookdesk server').waitFor()
    })
  }
  await state(
    asAdmin('probe-sample', 'Check: before a sample is sent', `/webhooks/${Id}`),
    async (page) => {
      await page.getByRole('button', { name: 'Send a sample …' }).click()
      await page.getByLabel('I want to send it').check()
    },
  )

  const signed = createHmac('sha256', SECRET).update(BODY).digest('hex').toUpperCase()
  const bare = createHmac('sha256', SECRET).update(BODY.slice(1, -1)).digest('hex').toUpperCase()
  await state(asAdmin('signature-empty', 'Signature: nothing pasted', '/tools/signature'))
  for (const [name, signature, caption] of /** @type {const} */ ([
    ['valid', signed, 'a good one'],
    ['trap', bare, 'a known mistake'],
  ])) {
    const about = asAdmin(`signature-${name}`, `Signature: ${caption}`, '/tools/signature')
    await state(about, async (page) => {
      await page.getByLabel('Body').fill(BODY)
      await page.getByLabel('Shared secret').fill(SECRET)
      await page.getByLabel('X-Nexudus-Hook-Signature').fill(signature)
      await page.getByRole('button', { name: 'Check', exact: true }).click()
      await page.getByRole('alert').waitFor()
    })
  }
}
