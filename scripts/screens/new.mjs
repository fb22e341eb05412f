import { listShown, WebhooksPage } from '#tools/pages/webhooks-page.mjs'
import { choose } from '#tools/pages/choose.mjs'

import { ADMIN } from './kit.mjs'

/**
 * @import { Page } from '@playwright/test'
 * @import { Kit } from './kit.mjs'
 */

const CREATE = { method: 'POST', path: '/api/sys/webhooks' }
const READ = { method: 'GET', path: '/api/sys/webhooks' }
const NEW = { ...ADMIN, address: '/webhooks/new' }

/**
 * Pictures of the form of a new webhook.
 *
 * @param {Kit} kit
 */
export async function newScreens({ state, sandbox }) {
  const url = (/** @type {Page} */ page) => page.getByRole('textbox', { name: 'URL' })
  const submit = (/** @type {Page} */ page) => page.getByRole('button', { name: 'Create webhook' })
  const shown = (/** @type {Page} */ page) => submit(page).waitFor()

  /** @param {Page} page */
  async function fill(page, address = 'https://hooks.example.com/parcels?key=nl_live_4f9a7c1e') {
    await choose(page, 'Location', 'dublin')
    await choose(page, 'Action', 'parcel')
    await url(page).fill(address)
    await url(page).blur()
  }
  const send = async (/** @type {Page} */ page) => {
    await fill(page)
    await submit(page).click()
  }

  await state({ ...NEW, name: 'new', caption: 'New webhook' }, shown)
  await state(
    { ...NEW, name: 'new-location', caption: 'New webhook: choosing the location' },
    async (page) => {
      await page.getByRole('combobox', { name: 'Location' }).click()
      await page.getByRole('option').first().waitFor()
    },
  )
  await state(
    { ...NEW, name: 'new-action', caption: 'New webhook: choosing the action' },
    async (page) => {
      await choose(page, 'Location', 'shoreditch')
      await page.getByRole('combobox', { name: 'Action' }).click()
      await page.getByRole('option').first().waitFor()
    },
  )
  for (const [name, text, caption] of /** @type {const} */ ([
    ['parcel', 'parcel', 'actions for “parcel”'],
    ['typing-error', 'invioce payed', 'actions for a word with typing errors'],
    ['nothing', 'xylophone', 'no action found'],
  ])) {
    await state(
      { ...NEW, name: `new-action-${name}`, caption: `New webhook: ${caption}` },
      async (page) => {
        const field = page.getByRole('combobox', { name: 'Action' })
        await field.click()
        await field.fill(text)
        await page.getByRole('listbox').or(page.getByText('No action matches')).first().waitFor()
      },
    )
  }
  await state({ ...NEW, name: 'new-errors', caption: 'New webhook: nothing filled in' }, (page) =>
    submit(page)
      .click()
      .then(() => page.getByText('problems before you continue').first().waitFor()),
  )
  await state({ ...NEW, name: 'new-filled', caption: 'New webhook: filled in' }, (page) =>
    fill(page),
  )
  for (const [name, address, caption] of /** @type {const} */ ([
    ['blocked', 'http://localhost:9999/hook', 'an address Nexudus cannot reach'],
    ['warned', 'http://desk:secret@webhook.site/4f9a', 'an address with three warnings'],
    ['informed', 'https://hooks.zapier.com/hooks/catch/118392/9ppl0d2/', 'a Zap'],
    ['stopped-host', 'https://hooks.example.com/new', 'a host where others have stopped'],
  ])) {
    await state({ ...NEW, name: `new-url-${name}`, caption: `New webhook: ${caption}` }, (page) =>
      fill(page, address),
    )
  }
  await state(
    { ...NEW, name: 'new-url-double', caption: 'New webhook: another one does this already' },
    async (page) => {
      const duplicate = await sandbox.findWebhook('📦 Parcel arrived → Slack #dublin')
      await fill(page, duplicate.URL)
      await page.getByText('is a duplicate').waitFor()
    },
  )
  await state(
    { ...NEW, name: 'new-refused', caption: 'New webhook: refused by Nexudus' },
    async (page) => {
      await sandbox.fault({
        ...CREATE,
        kind: 'refuse',
        errors: [
          { PropertyName: 'Business', Message: 'not found', AttemptedValue: '1400000001' },
          { PropertyName: 'Name', Message: 'has to be unique', AttemptedValue: 'Parcel' },
          { PropertyName: 'Quota', Message: 'Only 60 webhooks are allowed.' },
        ],
      })
      await send(page)
      await page.getByText('problems before you continue').waitFor()
    },
  )
  await state(
    { ...NEW, name: 'new-refused-plain', caption: 'New webhook: refused without a reason' },
    async (page) => {
      await sandbox.fault({ ...CREATE, kind: 'refuse' })
      await send(page)
      await page.getByText('problem before you continue').waitFor()
    },
  )
  await state(
    { ...NEW, name: 'new-sending', caption: 'New webhook: being created' },
    async (page) => {
      await sandbox.fault({ ...CREATE, kind: 'slow', delayMs: 4000 })
      await send(page)
      await page.getByRole('button', { name: 'Creating' }).waitFor()
    },
  )
  await state(
    {
      ...NEW,
      name: 'new-lost',
      caption: 'New webhook: the answer was lost, and it was not saved',
    },
    async (page) => {
      await sandbox.fault({ ...CREATE, kind: 'drop' })
      await send(page)
      await page.getByRole('button', { name: 'Check and save again' }).waitFor()
    },
  )
  await state(
    { ...NEW, name: 'new-unknown', caption: 'New webhook: nobody knows whether it was saved' },
    async (page) => {
      await fill(page)
      // the look for duplicates beforehand succeeds, the one afterwards fails
      await sandbox.fault({ ...READ, kind: 'slow', delayMs: 0, times: 1 })
      await sandbox.fault({ ...READ, kind: 'error' })
      await sandbox.fault({ ...CREATE, kind: 'lost_answer' })
      await submit(page).click()
      await page.getByRole('button', { name: 'Check and save again' }).waitFor()
    },
  )
  // another account, because Nexudus throttles whole accounts
  await state(
    {
      ...NEW,
      account: 'totp',
      name: 'new-throttled',
      caption: 'New webhook: Nexudus asks to slow down',
    },
    async (page) => {
      await sandbox.fault({ ...CREATE, kind: 'throttle', retryAfter: 45 })
      await send(page)
      await page.getByText('slow down').waitFor()
    },
  )
  await state({ ...NEW, name: 'new-created', caption: 'New webhook: created' }, async (page) => {
    await send(page)
    await page.getByText('It is now in the list').waitFor()
  })
  await state(
    {
      ...NEW,
      name: 'new-prefilled',
      caption: 'New webhook: filled in by a link, but for a password in its address',
      address: '/webhooks/new?action=6&name=Bookings&url=https://desk:secret@example.com/hook',
    },
    (page) => page.getByText('Ignored the URL in the link').waitFor(),
  )
  await state(
    { account: 'admin', name: 'new-copy', caption: 'New webhook: a copy' },
    async (page) => {
      await listShown(page)
      const name = await new WebhooksPage(page)
        .table()
        .getByRole('rowheader')
        .getByRole('link')
        .nth(1)
        .innerText()
      await new WebhooksPage(page).openMenu(name)
      await page.getByRole('menuitem', { name: 'Duplicate' }).click()
      await page.getByText('A copy, switched off').waitFor()
    },
  )
  await state(
    { ...NEW, account: 'viewer', name: 'new-viewer', caption: 'New webhook: who may not create' },
    (page) => page.getByText('View only. To create webhooks').waitFor(),
  )
}
