import { createHmac } from 'node:crypto'

import { choose } from './screens-kit.mjs'

const BODY = '[{"Id":1400123456,"FullName":"Visitor Example","Arrived":true}]'
const SECRET = 'shoreditch-demo-secret'

/** The sandbox's own page, the check of an address, an error explained, and the signature helper. */
export async function toolScreens({ state, sandbox, sandboxUrl }) {
  const receiver = (name) => `${sandboxUrl}/receiver/${name}`
  const admin = (name, caption, address) => ({ account: 'admin', name, caption, address })
  const { BusinessId } = await sandbox.find('Accounting: invoice created')

  await state(admin('sandbox-empty', 'Sandbox: nothing happened yet', '/sandbox'), (page) =>
    page.getByText('Nothing sent yet').waitFor(),
  )
  await state({
    ...admin('sandbox-viewer', 'Sandbox: for who may not control it', '/sandbox'),
    account: 'viewer',
  })

  await sandbox.settings({ shortRetries: true })
  const fresh = { BusinessId, Action: 6, Name: 'Try me', URL: receiver('try-me'), Active: true }
  const { Id } = (await sandbox.create(fresh)).Value
  await sandbox.tell('broken', '500')
  const broken = { ...fresh, Name: 'Broken one', URL: receiver('broken'), Action: 42 }
  await sandbox.create(broken)
  await sandbox.raise({ BusinessId, Action: 42 })

  await state(admin('try-it', 'Webhook: tried, and delivered', `/webhooks/${Id}`), async (page) => {
    await page.getByRole('button', { name: 'Try it' }).click()
    await page
      .getByText(/^Delivered in/)
      .first()
      .waitFor()
  })
  await state(
    admin('payload-sample', 'Webhook: what its action sends', `/webhooks/${Id}`),
    async (page) => {
      await page.getByText('Data it sends').click()
      await page.getByRole('region', { name: 'Fields in the delivery' }).waitFor()
    },
  )
  await state(admin('sandbox-full', 'Sandbox: things have happened', '/sandbox'), async (page) => {
    await choose(page, 'Location', 'Shoreditch')
    await choose(page, 'Action', 'visitor registered')
    await page.getByRole('button', { name: 'Trigger' }).click()
    await page.getByText('Delivered', { exact: true }).first().waitFor()
    await page.getByText('Body and headers').first().click()
    await page.getByRole('region', { name: 'Body' }).first().waitFor()
  })

  for (const [name, url, caption] of [
    ['good', receiver('door-access'), 'an address that answers'],
    ['broken', receiver('broken'), 'a receiver that is broken'],
    ['refused', 'https://10.0.0.7/in', 'an address that is not called'],
    ['no-name', 'https://nobody.example.invalid/in', 'a name that does not exist'],
  ]) {
    const address = `/webhooks/new?url=${encodeURIComponent(url)}`
    await state(admin(`probe-${name}`, `Check: ${caption}`, address), async (page) => {
      await page.getByRole('button', { name: 'Check this URL' }).click()
      await page.getByText('Checked from the Hookdesk server').waitFor()
    })
  }
  await state(
    admin('probe-sample', 'Check: before a sample is sent', `/webhooks/${Id}`),
    async (page) => {
      await page.getByRole('button', { name: 'Send a sample …' }).click()
      await page.getByLabel('I want to send it').check()
    },
  )

  const signed = createHmac('sha256', SECRET).update(BODY).digest('hex').toUpperCase()
  const bare = createHmac('sha256', SECRET).update(BODY.slice(1, -1)).digest('hex').toUpperCase()
  await state(admin('signature-empty', 'Signature: nothing pasted', '/tools/signature'))
  for (const [name, signature, caption] of [
    ['valid', signed, 'a good one'],
    ['trap', bare, 'a known mistake'],
  ]) {
    const about = admin(`signature-${name}`, `Signature: ${caption}`, '/tools/signature')
    await state(about, async (page) => {
      await page.getByLabel('Body').fill(BODY)
      await page.getByLabel('Shared secret').fill(SECRET)
      await page.getByLabel('X-Nexudus-Hook-Signature').fill(signature)
      await page.getByRole('button', { name: 'Check', exact: true }).click()
      await page.getByRole('alert').waitFor()
    })
  }
}
