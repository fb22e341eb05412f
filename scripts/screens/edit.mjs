import { listShown } from '#tools/pages/webhooks-page.mjs'

/**
 * @import { Page } from '@playwright/test'
 * @import { FaultOrder } from '#tools/sandbox-controls.mjs'
 * @import { Kit } from './kit.mjs'
 */

const LONG_NAME =
  'The webhook that tells the accounting system, the door access control and three more systems ' +
  'at once that_somebody_has_chosen_a_name_without_a_single_space_in_it_for_sixty_characters'

/**
 * Pictures of the form of an existing webhook.
 *
 * @param {Kit} kit
 */
export async function editScreens({ state, sandbox }) {
  const save = (/** @type {Page} */ page) => page.getByRole('button', { name: 'Save changes' })
  const shown = (/** @type {Page} */ page) => save(page).waitFor()
  const address = async (/** @type {string} */ name) =>
    `/webhooks/${(await sandbox.findWebhook(name)).Id}`

  const { BusinessId } = await sandbox.findWebhook('Accounting: invoice created')
  await sandbox.seedWebhook({
    BusinessId,
    Action: 16,
    Name: LONG_NAME,
    Active: true,
    URL: `https://hooks.example.com/${'a-long-path/'.repeat(20)}?key=nl_live_4f9a7c1e2b8d`,
    Description: LONG_NAME,
  })

  for (const [name, webhook, caption] of /** @type {const} */ ([
    ['working', 'Door access: new booking', 'one that works'],
    ['failing', 'Lead scoring: new customer', 'one that fails'],
    ['about-to-stop', 'Onboarding: contract created', 'one that is about to stop'],
    ['stopped', 'GDPR: customer deleted', 'one that stopped'],
    ['off', 'Event calendar → website', 'one that is off'],
    ['unknown-action', 'Pilot: resource availability changed', 'an action we do not know'],
    ['right-to-left', 'אורח נרשם — הודעה לקבלה', 'a name that is read from right to left'],
    ['long-name', LONG_NAME, 'a long name and address'],
  ])) {
    const about = { name: `edit-${name}`, caption: `Webhook: ${caption}` }
    await state({ ...about, account: 'admin', address: await address(webhook) }, shown)
  }
  await state(
    {
      account: 'viewer',
      name: 'edit-viewer',
      caption: 'Webhook: who may only look',
      address: await address('Lead scoring: new customer'),
    },
    (page) => page.getByText('View only').last().waitFor(),
  )
  await state(
    {
      account: 'admin',
      name: 'edit-saved',
      caption: 'Webhook: saved',
      address: await address('CRM: customer changed'),
    },
    async (page) => {
      await page.getByRole('textbox', { name: 'Description' }).fill('Ask Ana before you change it.')
      await save(page).click()
      await page.getByRole('group').getByText('Saved “').waitFor()
    },
  )
  await state(
    {
      account: 'admin',
      name: 'edit-conflict',
      caption: 'Webhook: changed by two at once',
      address: await address('Empfang: Besucher ist da'),
    },
    async (page) => {
      await page.getByRole('textbox', { name: 'Name' }).fill('Empfang: Besuch (neu)')
      await page.getByRole('textbox', { name: 'URL' }).fill('https://empfang.example.com/besuch')
      const { Id } = await sandbox.findWebhook('Empfang: Besucher ist da')
      await sandbox.changeWebhook(Id, {
        Name: 'Empfang: Gast',
        URL: 'https://gast.example.com/?key=9',
      })
      await save(page).click()
      await page.getByText('changed this webhook while you were editing').waitFor()
    },
  )
  await state(
    {
      account: 'admin',
      name: 'edit-deleted',
      caption: 'Webhook: deleted meanwhile',
      address: await address('Kalendarz: nowa rezerwacja'),
    },
    async (page) => {
      await page.getByRole('textbox', { name: 'Name' }).fill('Kalendarz')
      await sandbox.deleteWebhook((await sandbox.findWebhook('Kalendarz: nowa rezerwacja')).Id)
      await save(page).click()
      await page.getByText('has been deleted').waitFor()
    },
  )
  await state(
    {
      account: 'admin',
      name: 'edit-not-there',
      caption: 'Webhook: there is none',
      address: '/webhooks/1',
    },
    (page) => page.getByText('Webhook not found').waitFor(),
  )

  const stopped = await address('GDPR: customer deleted')
  const fault = (/** @type {FaultOrder} */ order) =>
    sandbox.fault({ ...order, method: 'GET', path: '/api/sys/webhooks/' })
  await state(
    {
      account: 'admin',
      name: 'edit-loading',
      caption: 'Webhook: being read',
      address: '/webhooks',
    },
    async (page) => {
      await listShown(page)
      await fault({ kind: 'slow', delayMs: 6000 })
      await page.goto(new URL(stopped, page.url()).href)
      await page.getByText('Loading webhook').last().waitFor({ state: 'attached' })
    },
  )
  await state(
    { account: 'admin', name: 'edit-failed', caption: 'Webhook: could not be read' },
    async (page) => {
      await listShown(page)
      await fault({ kind: 'html' })
      await page.goto(new URL(stopped, page.url()).href)
      await page.getByText('Hookdesk could not read the webhook').waitFor()
    },
  )
}
