import * as z from 'zod'

import { asAdmin } from './kit.mjs'

/**
 * @import { Page } from '@playwright/test'
 * @import { Kit } from './kit.mjs'
 */

const attentionSchema = z.looseObject({
  watch: z.looseObject({}),
  incidents: z.array(z.looseObject({ id: z.number(), members: z.array(z.looseObject({})) })),
})

/**
 * Pictures of the start page in each of its states, and of the settings for it.
 *
 * @param {Kit} kit
 */
export async function watchScreens({ state, sandbox, sandboxUrl, width }) {
  const card = (/** @type {Page} */ page) => page.getByRole('article').first().waitFor()

  await state(asAdmin('attention-full', 'Attention: as it was found', '/'), card)
  await state(
    { ...asAdmin('attention-manager', 'Attention: for a manager', '/'), account: 'manager' },
    card,
  )
  await state(
    asAdmin('attention-acknowledge', 'Attention: taking care of it', '/'),
    async (page) => {
      await page.getByRole('button', { name: 'I’ll take care of it' }).first().click()
      await page.getByLabel('Note for the others (optional)').fill('Calling the provider')
    },
  )
  await state(asAdmin('attention-mute', 'Attention: to mute, and muted', '/'), async (page) => {
    const first = page.getByRole('article').first()
    await first.getByRole('button', { name: 'Mute' }).click()
    await first.getByRole('button', { name: 'Mute' }).click()
    await first.getByText('Muted until').waitFor()
    await page.getByRole('article').nth(1).getByRole('button', { name: 'Mute' }).click()
  })
  await state(asAdmin('attention-well', 'Attention: nothing', '/'), async (page) => {
    await answerWith(page, (answer) => ({ ...answer, incidents: [] }))
    await page.getByText('Nothing needs attention').waitFor()
  })
  await state(asAdmin('attention-blind', 'Attention: the watch is blind', '/'), async (page) => {
    const blind = { kind: 'blind', origin: '', members: [], trouble: 'upstream_unreachable' }
    await answerWith(page, (answer) => ({
      ...answer,
      watch: { ...answer.watch, trouble: 'upstream_unreachable' },
      incidents: [...answer.incidents, { ...answer.incidents[0], ...blind, id: 0 }],
    }))
    await page.getByText('The watch cannot see your webhooks').waitFor()
  })
  await state(asAdmin('attention-quiet', 'Attention: quiet webhooks', '/'), async (page) => {
    const lastTrigger = new Date(Date.now() - 20 * 3_600_000).toISOString()
    const silence = { lastTrigger, by: 'usual', hours: 9, locations: 0 }
    const beside = { lastTrigger, by: 'siblings', hours: 0, locations: 11 }
    const quiet = { kind: 'quiet', step: 'quiet', wasFound: false, meant: null }
    await answerWith(page, (answer) => ({
      ...answer,
      incidents: answer.incidents.map((incident, index) => ({
        ...incident,
        ...quiet,
        members: incident.members.map((member) => ({
          ...member,
          health: 'quiet',
          failures: 0,
          silence: index === 0 ? silence : beside,
        })),
      })),
    }))
    await page.getByText('Last fired').first().waitFor()
  })
  await state(asAdmin('attention-over', 'Attention: what ended', '/'), async (page) => {
    await answerWith(page, (answer) => ({
      ...answer,
      incidents: answer.incidents.map((incident, index) => ({
        ...incident,
        closedAt: new Date().toISOString(),
        outcome: index % 2 === 0 ? 'working' : 'over',
      })),
    }))
    await page.getByText('Over within the last 7 days').waitFor()
  })
  await state(asAdmin('attention-mail', 'Sandbox: its mail box', '/sandbox'), async (page) => {
    await page.getByText('Text, HTML and headers').first().click()
    await page.getByRole('region', { name: 'Text part' }).first().waitFor()
  })

  const name = `Door codes ${width}`
  await sandbox.seedWebhook({ Name: name })
  await state(
    asAdmin('pause-until', 'Webhooks: to pause until a time', `/webhooks?q=${name}`),
    async (page) => {
      await askUntil(page, name)
      await page.getByRole('radio', { name: 'at another time' }).check()
    },
  )
  await state(
    asAdmin('paused-until', 'Webhook: paused until a time', `/webhooks?q=${name}`),
    async (page) => {
      await askUntil(page, name)
      await page.getByLabel('Why? (optional)').fill('CRM migration')
      await page.getByRole('button', { name: 'Pause', exact: true }).click()
      await page.getByRole('link', { name }).first().click()
      await page.getByText('planned by').waitFor()
    },
  )
  const nightly = `Night report ${width}`
  await sandbox.seedWebhook({ Name: nightly })
  await state(
    asAdmin('pause-weekly', 'Webhooks: to pause every week', `/webhooks?q=${nightly}`),
    async (page) => {
      await askUntil(page, nightly)
      await page.getByRole('radio', { name: 'pause and resume every week' }).check()
    },
  )
  await state(
    asAdmin('paused-weekly', 'Webhook: paused every week', `/webhooks?q=${nightly}`),
    async (page) => {
      await askUntil(page, nightly)
      await page.getByRole('radio', { name: 'pause and resume every week' }).check()
      await page.getByLabel('Why? (optional)').fill('Backups')
      await page.getByRole('button', { name: 'Plan' }).click()
      await page.getByRole('link', { name: nightly }).first().click()
      await page.getByText(/^Paused every week/).waitFor()
    },
  )
  await state(asAdmin('attention-paused', 'Attention: what is paused until when', '/'), (page) =>
    page.getByRole('region', { name: 'Paused every week' }).waitFor(),
  )
  const stopped = await sandbox.findStopped()
  await state(asAdmin('repair', 'Webhook: stopped', `/webhooks/${stopped.Id}`), async (page) => {
    await page.getByRole('button', { name: 'Check and switch on' }).click()
    await page.getByText('It was not switched on.').waitFor()
    await page.getByRole('checkbox', { name: 'After a stop, switch on again by itself' }).check()
    await page.getByText('Not checked yet.').or(page.getByText('checks were good')).waitFor()
  })
  const host = new URL(stopped.URL).host
  await state(
    asAdmin('repair-host', 'Destinations: repair a host', `/destinations?repair=${host}`),
    async (page) => {
      await page.getByRole('button', { name: /^Check (the|\d+) URLs?$/ }).click()
      await page
        .getByText(/Answered|Answer:|does not exist/)
        .first()
        .waitFor()
    },
  )
  await state(
    asAdmin('timeline', 'Webhook: as the watch saw it', `/webhooks/${stopped.Id}?tab=history`),
    async (page) => {
      await page.getByText('States as a table').click()
      await page.getByRole('columnheader', { name: 'State' }).waitFor()
    },
  )

  await state(
    asAdmin('timeline-host', 'Destination: as the watch saw it', `/destinations?timeline=${host}`),
    async (page) => {
      await page.getByLabel('Name').fill('Jo Smith, Access Ltd')
      await page.getByLabel('E-mail').fill('jo@example.com')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('Entered by').waitFor()
    },
  )
  await state(
    asAdmin('list-sparks', 'Webhooks: their last two weeks', '/webhooks'),
    async (page) => {
      await page.route('**/desk/timeline/strips?*', (route) => {
        const ids = new URL(route.request().url()).searchParams.get('ids') ?? ''
        return route.fulfill({ json: twoWeeksOf(ids.split(',').map(Number)) })
      })
      await page.reload()
      await page.getByRole('table', { name: 'Webhooks' }).waitFor()
      if (width >= 1280) await page.locator('td svg[viewBox="0 0 140 14"]').first().waitFor()
    },
  )

  await state(
    asAdmin('settings-notifications', 'Notifications', '/settings/notifications'),
    async (page) => {
      await page.getByLabel('Quiet hours').check()
      await page.getByLabel('Daily summary').check()
      await page.getByText('All locations you may see').click()
    },
  )
  await state(
    {
      ...asAdmin('settings-code', 'Notifications: a new address', '/settings/notifications'),
      account: 'manager',
    },
    async (page) => {
      await page.getByLabel('Tell me by e-mail').check()
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('Enter the code').waitFor()
    },
  )
  await state(asAdmin('settings-watch', 'Watch', '/settings/watch'), (page) =>
    page.getByText('watch@hookdesk.test').waitFor(),
  )
  await state(
    asAdmin('settings-channels', 'Watch: its channels', '/settings/watch'),
    async (page) => {
      for (const kind of ['slack', 'discord', 'teams', 'google-chat', 'webhook']) {
        await page.getByText('Add a channel', { exact: true }).click()
        await page.getByLabel('Kind').selectOption(kind)
        await page.getByLabel('URL').fill(`${sandboxUrl}/receiver/${kind}`)
        await page.getByRole('textbox', { name: 'Name' }).fill(`Ops in ${kind}`)
        await page.getByRole('button', { name: 'Add the channel' }).click()
        await page.getByRole('button', { name: `Send a test to Ops in ${kind}` }).click()
        await page.getByText('Nothing was sent yet.').waitFor({ state: 'detached' })
      }
      await page.getByText('Add a channel', { exact: true }).click()
    },
  )
  await state(
    asAdmin('settings-channel-fails', 'Watch: a channel that fails', '/settings/watch'),
    async (page) => {
      await sandbox.tell('slack', '410')
      await page.getByRole('button', { name: 'Send a test to Ops in slack' }).click()
      await page.getByText('The last message failed').waitFor()
      await page.getByText('Add a channel', { exact: true }).click()
      await page.getByLabel('Kind').selectOption('discord')
      await page.getByLabel('URL').fill('https://hooks.slack.com/services/T0/B0/x')
      await page.getByRole('textbox', { name: 'Name' }).fill('Wrong')
      await page.getByRole('button', { name: 'Add the channel' }).click()
      await page.getByText('another kind of chat').waitFor()
      await sandbox.tell('slack', '200')
    },
  )
  await state(
    asAdmin('settings-push', 'Notifications: in browsers', '/settings/notifications'),
    async (page) => {
      const added = { addedAt: new Date().toISOString(), endpointHash: '', problem: null }
      const browsers = [
        { ...added, id: '1', name: 'Firefox on Linux', lastSentAt: added.addedAt },
        { ...added, id: '2', name: 'Chrome on Android', lastSentAt: null, problem: 'Answered 503' },
      ]
      await page.route('**/desk/push', (route) => route.fulfill({ json: { key: '', browsers } }))
      await page.reload()
      await page.getByText('Chrome on Android').scrollIntoViewIfNeeded()
    },
  )
  await state(
    asAdmin('settings-feeds', 'Notifications: feed and calendar', '/settings/notifications'),
    async (page) => {
      await page.getByRole('button', { name: /^Make (the|new) addresses$/ }).click()
      await page.getByText('Copy these now').waitFor()
    },
  )
  await state(asAdmin('events', 'Events for programs', '/docs/events'), (page) =>
    page.getByText('webhooks.stopped').first().waitFor(),
  )
  await state(asAdmin('sandbox-chats', 'Sandbox: what chats show', '/sandbox'), (page) =>
    page.getByText('As Google Chat shows it').first().waitFor(),
  )
}

/**
 * Opens the dialog that asks until when a webhook of the list stays off.
 *
 * @param {Page} page
 * @param {string} name
 */
async function askUntil(page, name) {
  await page.getByRole('button', { name: `More for ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Pause until…' }).click()
}

/**
 * Reloads the page with another answer for the start page.
 *
 * @param {Page} page
 * @param {(answer: z.infer<typeof attentionSchema>) => object} change
 */
async function answerWith(page, change) {
  await page.route('**/desk/attention', async (route) => {
    const answer = await route.fetch()
    await route.fulfill({ json: change(attentionSchema.parse(await answer.json())) })
  })
  await page.reload()
}

const DAY_MS = 24 * 3_600_000

/**
 * Strips as the desk answers once a watch has looked for two weeks: each webhook with another past.
 *
 * @param {number[]} ids
 */
function twoWeeksOf(ids) {
  const to = Date.now()
  const iso = (/** @type {number} */ day) => new Date(to - (14 - day) * DAY_MS).toISOString()
  const strips = ids.map((webhookId, index) => {
    const began = index % 11
    const mended = Math.min(14, began + 1 + (index % 3))
    const spans = [
      { from: iso(0), to: iso(began), health: 'working' },
      { from: iso(began), to: iso(mended), health: index % 4 === 0 ? 'stopped' : 'failing' },
      { from: iso(mended), to: iso(14), health: index % 7 === 0 ? 'paused' : 'working' },
    ]
    const isCalm = index % 2 === 1
    return {
      webhookId,
      states: isCalm ? [{ from: iso(0), to: iso(14), health: 'working' }] : spans,
    }
  })
  return { from: iso(0), to: iso(14), blind: [], strips }
}
