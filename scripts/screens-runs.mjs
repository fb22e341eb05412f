import { setTimeout as sleep } from 'node:timers/promises'

// long enough for its pictures
const WAIT_S = 12

/** Runs: what one would do, how far it is, what became of it. */
export async function runScreens({ state, sandbox }) {
  const admin = (name, caption, address) => ({ account: 'admin', name, caption, address })
  const { BusinessId } = await sandbox.find('Accounting: invoice created')
  const ids = []
  for (let at = 1; at <= 8; at += 1) {
    const fresh = {
      ...{ BusinessId, Action: 6, Name: `Bookings to partner ${at}`, Active: at !== 8 },
      URL: `https://hooks.partner.example/in/${at}?key=s3cr3t`,
    }
    ids.push((await sandbox.create(fresh)).Value.Id)
  }
  const pause = (webhookId) => ({ kind: 'change', webhookId, change: { Active: false } })
  const input = {
    ...{ BusinessId, Action: 7, Name: 'Booking – updated – Shoreditch', Description: '' },
    ...{ URL: 'https://hooks.partner.example/new?key=s3cr3t', Active: true },
  }
  const mixed = [
    ...ids.map(pause),
    pause(1_499_999_999),
    { kind: 'change', webhookId: ids[0], seen: { Name: 'Before' }, change: { Name: 'After' } },
    { kind: 'create', input },
    { kind: 'create', input: { ...input, URL: 'http://10.0.0.1/in' } },
    { kind: 'delete', webhookId: ids[1] },
  ]

  await state(admin('runs-empty', 'Runs: none yet', '/runs'), (page) =>
    page.getByText('No runs yet.').waitFor(),
  )
  await state(admin('run-proposed', 'Run: what it would do', '/runs'), (page) =>
    openRun(page, { act: 'import', file: 'plan.csv' }, mixed),
  )
  await state(admin('run-deletes', 'Run: many deletions', '/runs'), async (page) => {
    const all = ids.map((webhookId) => ({ kind: 'delete', webhookId }))
    await openRun(page, { act: 'delete', count: 8 }, all)
    await page.getByLabel(/would be deleted/).fill('7')
  })
  await state(admin('run-failed', 'Run: with failures', '/runs'), async (page) => {
    await openRun(page, { act: 'import', file: 'names.csv' }, ids.slice(2, 5).map(rename))
    await sandbox.fault({ kind: 'refuse', method: 'PUT', times: 2, message: 'Not today.' })
    await page.getByRole('button', { name: /^Change/ }).click()
    await page.getByText('1 of 3 done, 2 failed').first().waitFor()
  })
  await state(admin('runs-full', 'Runs: several', '/runs'), (page) =>
    page.getByRole('list', { name: 'Runs, newest first' }).waitFor(),
  )
  await state(admin('run-unknown', 'Run: one that is not there', '/runs/999999'), (page) =>
    page.getByText('You have no such run.').waitFor(),
  )
  await state(
    admin('run-running', 'Run: under way, Nexudus asks to wait', '/runs'),
    async (page) => {
      await openRun(page, { act: 'pause', count: 8 }, ids.map(pause))
      await sandbox.fault({ kind: 'throttle', method: 'PUT', retryAfter: WAIT_S })
      await page.getByRole('button', { name: /^Pause/ }).click()
      await page.getByText(/Nexudus asked Hookdesk to wait/).waitFor()
    },
  )
  // the account is asked to wait, and the pictures that follow are of the same one
  await sleep(WAIT_S * 1000)
}

const rename = (webhookId, at) => ({
  kind: 'change',
  webhookId,
  change: { Name: `Renamed ${at}`, Description: 'Ask the partner’s help desk' },
})

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
