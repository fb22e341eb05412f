import { setTimeout as sleep } from 'node:timers/promises'

import { asAdmin } from './kit.mjs'

/**
 * @import { Page } from '@playwright/test'
 * @import { RunTitle } from '#contract/desk/run-title.ts'
 * @import { Kit } from './kit.mjs'
 */

// long enough for its pictures
const WAIT_S = 12

/**
 * Pictures of runs: dry run, progress and result.
 *
 * @param {Kit} kit
 */
export async function runScreens({ state, sandbox }) {
  const { BusinessId } = await sandbox.findWebhook('Accounting: invoice created')
  /** @type {number[]} */
  const ids = []
  for (let at = 1; at <= 8; at += 1) {
    const fresh = {
      BusinessId,
      Action: 6,
      Name: `Bookings to partner ${at}`,
      Active: at !== 8,
      URL: `https://hooks.partner.example/in/${at}?key=s3cr3t`,
    }
    ids.push((await sandbox.seedWebhook(fresh)).Id)
  }
  const pause = (/** @type {number} */ webhookId) => ({
    kind: 'change',
    webhookId,
    change: { Active: false },
  })
  const input = {
    BusinessId,
    Action: 7,
    Name: 'Booking – updated – Shoreditch',
    Description: '',
    URL: 'https://hooks.partner.example/new?key=s3cr3t',
    Active: true,
  }
  const mixed = [
    ...ids.map(pause),
    pause(1_499_999_999),
    { kind: 'change', webhookId: ids[0], seen: { Name: 'Before' }, change: { Name: 'After' } },
    { kind: 'create', input },
    { kind: 'create', input: { ...input, URL: 'http://10.0.0.1/in' } },
    { kind: 'delete', webhookId: ids[1] },
  ]

  await state(asAdmin('activity-empty', 'Activity: nothing yet', '/activity'), (page) =>
    page.getByText('No runs yet').waitFor(),
  )
  await state(asAdmin('run-proposed', 'Run: what it would do', '/activity'), (page) =>
    openRun(page, { act: 'import', file: 'plan.csv' }, mixed),
  )
  await state(asAdmin('run-deletes', 'Run: many deletions', '/activity'), async (page) => {
    const all = ids.map((webhookId) => ({ kind: 'delete', webhookId }))
    await openRun(page, { act: 'delete', count: 8 }, all)
    await page.getByLabel(/would be deleted/).fill('7')
  })
  await state(asAdmin('run-failed', 'Run: with failures', '/activity'), async (page) => {
    await openRun(page, { act: 'import', file: 'names.csv' }, ids.slice(2, 5).map(rename))
    await sandbox.fault({ kind: 'refuse', method: 'PUT', times: 2, message: 'Not today.' })
    await page.getByRole('button', { name: /^Change/ }).click()
    await page.getByText('1 of 3 done, 2 failed').first().waitFor()
  })
  await state(asAdmin('activity-full', 'Activity: several runs', '/activity'), (page) =>
    page.getByRole('list', { name: 'Runs' }).waitFor(),
  )
  await state(asAdmin('run-unknown', 'Run: one that is not there', '/runs/999999'), (page) =>
    page.getByText('You have no such run.').waitFor(),
  )
  await state(
    asAdmin('run-running', 'Run: under way, Nexudus asks to wait', '/activity'),
    async (page) => {
      await openRun(page, { act: 'pause', count: 8 }, ids.map(pause))
      await sandbox.fault({ kind: 'throttle', method: 'PUT', retryAfter: WAIT_S })
      await page.getByRole('button', { name: /^Pause/ }).click()
      await page.getByText(/Nexudus asked Hookdesk to wait/).waitFor()
    },
  )
  // the account has been told to wait, and the following pictures use the same one
  await sleep(WAIT_S * 1000)
}

/**
 * @param {number} webhookId
 * @param {number} at
 */
const rename = (webhookId, at) => ({
  kind: 'change',
  webhookId,
  change: { Name: `Renamed ${at}`, Description: 'Ask the partner’s help desk' },
})

/**
 * Proposes a run as this page’s account, and opens its page.
 *
 * @param {Page} page
 * @param {RunTitle} title
 * @param {object[]} changes
 */
export async function openRun(page, title, changes) {
  const id = await page.evaluate(
    async (body) => {
      const answer = await fetch('/desk/runs', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-hookdesk': 'person',
          'idempotency-key': crypto.randomUUID(),
        },
        body: JSON.stringify(body),
      })
      return (await answer.json()).run.id
    },
    { title, changes },
  )
  await page.goto(new URL(`/runs/${id}`, page.url()).href)
  await page.getByRole('region', { name: 'Dry run' }).waitFor()
}
