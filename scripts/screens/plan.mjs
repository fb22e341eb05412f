import { asAdmin } from './kit.mjs'

/**
 * @import { Page } from '@playwright/test'
 * @import { Kit } from './kit.mjs'
 */

const LIST = { method: 'GET', path: '/api/sys/webhooks' }

/**
 * Pictures of the hosts that webhooks send to, and of moving one of them.
 *
 * @param {Kit} kit
 */
export async function destinationScreens({ state, sandbox, sandboxUrl }) {
  const receiverHost = new URL(sandboxUrl).host
  const tableShown = (/** @type {Page} */ page) =>
    page.getByRole('table', { name: 'Destinations' }).waitFor()

  await state(asAdmin('destinations', 'Destinations', '/destinations'), async (page) => {
    await page.getByRole('button', { name: `Check ${receiverHost}` }).click()
    await page.getByText(/^Answered in/).waitFor()
  })
  await state(
    {
      ...asAdmin('destinations-viewer', 'Destinations: for who may only look', '/destinations'),
      account: 'viewer',
    },
    tableShown,
  )
  await state(
    asAdmin('destinations-none', 'Destinations: none matches', '/destinations?q=nowhere'),
    (page) => page.getByText('No destination matches').waitFor(),
  )
  await sandbox.fault({ ...LIST, kind: 'error' })
  await state(
    asAdmin('destinations-failing', 'Destinations: Nexudus fails', '/destinations'),
    (page) => page.getByRole('alert').waitFor(),
  )

  const from = `/destinations?move=${encodeURIComponent(receiverHost)}`
  await state(asAdmin('move-host', 'Move a host: where to?', from), (page) =>
    page.getByLabel('New host').waitFor(),
  )
  await sandbox.tell('door-access', '500')
  const to = `127.0.0.1:${new URL(sandboxUrl).port}`
  await state(
    asAdmin('move-host-checked', 'Move a host: checked', `${from}&to=${encodeURIComponent(to)}`),
    async (page) => {
      await page.getByRole('button', { name: /^Check \d+ new URLs/ }).click()
      await page.getByText(/Continues at/).waitFor()
      await page.getByRole('button', { name: /^Start dry run for/ }).click()
    },
  )
  await state(
    asAdmin('move-host-blocked', 'Move a host: where Nexudus cannot reach', `${from}&to=10.0.0.7`),
    (page) => page.getByText('Nexudus cannot reach').first().waitFor(),
  )
}

const HEADER = 'Location,Action,Name,URL,Description'

/**
 * Pictures of a plan: empty, with errors, of another network, its result; and of its export.
 *
 * @param {Kit} kit
 */
export async function planScreens({ state, sandbox, sandboxUrl }) {
  const seen = (/** @type {string} */ name, /** @type {string} */ caption) =>
    asAdmin(name, caption, '/webhooks/import')
  const paste = (/** @type {Page} */ page, /** @type {string[]} */ ...lines) =>
    page.getByLabel('Or drop the file here').fill([HEADER, ...lines].join('\n'))
  const url = (/** @type {string} */ name) => `${sandboxUrl}/receiver/${name}`

  await state(seen('plan-empty', 'Plan: nothing yet'), (page) =>
    page.getByRole('button', { name: 'Export everything' }).waitFor(),
  )
  await state(
    { ...seen('plan-viewer', 'Plan: for who may only look'), account: 'viewer' },
    (page) => page.getByText('You cannot import a plan').waitFor(),
  )
  await state(seen('plan-none', 'Plan: a file that is none'), async (page) => {
    await page.getByLabel('Or drop the file here').fill('Dear Ana,\nhere is what you asked for.')
    await page.getByText('This is not a plan file').waitFor()
  })
  await state(seen('plan-mistakes', 'Plan: things to correct'), async (page) => {
    await paste(
      page,
      `Northlight Shoreditch,Bookin created,A,${url('a')},`,
      `Northlight Shoreditch,BookingCreate,,10.0.0.7/in,`,
      `Northlight Shoreditch,BookingCreate,Good one,${url('good')},`,
    )
    await page.getByRole('button', { name: 'Line 2, Action' }).click()
  })
  await state(seen('plan-places', 'Plan: locations of another network'), async (page) => {
    await paste(
      page,
      `Shoreditch High Street,BookingCreate,A,${url('a')},`,
      `Brighton Pier,BookingUpdate,B,${url('b')},`,
    )
    await page.getByText('Match the locations').waitFor()
  })
  const { Name, URL, BusinessId } = await sandbox.findWebhook('Door access: new booking')
  await state(seen('plan-outcome', 'Plan: the summary'), async (page) => {
    await page
      .getByLabel('Or drop the file here')
      .fill(
        [
          'Location number,Action,Name,URL,Description,Active',
          `${BusinessId},BookingCreate,${Name},${URL},Opens the doors of the guests,no`,
          `${BusinessId},84,New one,${url('new')}?token=s3cr3t,Tells of changes,yes`,
        ].join('\n'),
      )
    await page.getByRole('button', { name: 'Start dry run for 2 changes' }).waitFor()
    await page.getByRole('switch', { name: /^Also remove/ }).click()
    await page.getByRole('list', { name: 'To remove' }).waitFor()
  })
  await state(seen('plan-export', 'Plan: export'), async (page) => {
    await page.getByRole('button', { name: 'Export everything' }).click()
    await page.getByRole('dialog', { name: /^Export/ }).waitFor()
  })
  await sandbox.fault({ kind: 'error', method: 'GET', path: '/api/sys/webhooks/', times: 4 })
  await state(seen('plan-export-failed', 'Plan: export, what could not be read'), async (page) => {
    await page.getByRole('button', { name: 'Export everything' }).click()
    await page.getByRole('button', { name: /^Export \d+/ }).click()
    await page.getByRole('button', { name: /^Save without/ }).waitFor({ timeout: 30_000 })
  })
  await sandbox.fault({
    kind: 'throttle',
    method: 'GET',
    path: '/api/sys/webhooks/',
    retryAfter: 10,
  })
  await state(
    seen('plan-export-waiting', 'Plan: export, while Nexudus asked Hookdesk to wait'),
    async (page) => {
      await page.getByRole('button', { name: 'Export everything' }).click()
      await page.getByRole('button', { name: /^Export \d+/ }).click()
      await page.getByText('Nexudus asked Hookdesk to wait').waitFor()
    },
  )
}
