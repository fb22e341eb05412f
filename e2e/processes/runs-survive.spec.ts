import { randomUUID } from 'node:crypto'

import type { RunChange } from '#contract/desk/run.ts'
import { findPostgres, startPostgres } from '#tools/postgres.mjs'
import { NO_LIMITS, startProduct, startSandboxAlone, type Product } from '#tools/product.mjs'
import { openSandbox, type Sandbox } from '#tools/sandbox-controls.mjs'
import { SHOREDITCH } from '#tools/network.mjs'
import { openRuns, type Runs } from '#e2e/support/runs-client.ts'
import { expect, test } from '#e2e/support/fixtures.ts'

const ITEMS = 250
const CREATES = 10
/** Items done when the desk is killed: once in the first third, and once in the second. */
const KILL_AT = [80, 160]

// without a browser: a run needs none
test('a run of 250 survives every fault and two kills, and writes nothing twice', async () => {
  test.setTimeout(300_000)
  const nexudus = await startSandboxAlone()
  const env = settingsFor(nexudus.sandboxUrl)
  let desk = await startProduct(env)
  const restart = async () => {
    await desk.kill('SIGKILL')
    desk = await startProduct({ ...env, DATA_DIR: desk.dataDir, PORT: new URL(desk.url).port })
  }
  try {
    await prove(await openSandbox(nexudus.sandboxUrl), desk.url, restart)
  } finally {
    await desk.stop()
    await nexudus.stop()
  }
})

test('two desks on one PostgreSQL share a run, and either goes on where the other was killed', async () => {
  test.skip(findPostgres() === undefined, 'PostgreSQL is not installed')
  test.setTimeout(600_000)
  const [postgres, nexudus] = [await startPostgres({ isDurable: false }), await startSandboxAlone()]
  const env = {
    ...settingsFor(nexudus.sandboxUrl),
    DATABASE_URL: postgres.url,
    SECRET: 'shared by both desks and long enough for it',
  }
  // the first is killed, then the second: the other has to take over at least once
  const desks: [Product, Product] = [await startProduct(env), await startProduct(env)]
  const { url } = desks[0]
  const restart = async () => {
    const [first, second] = desks
    await first.kill('SIGKILL')
    const again = await startProduct({ ...env, PORT: new URL(first.url).port })
    desks.splice(0, 2, second, again)
  }
  try {
    await prove(await openSandbox(nexudus.sandboxUrl), url, restart)
  } finally {
    for (const desk of desks) await desk.stop()
    await nexudus.stop()
    postgres.stop()
  }
})

const settingsFor = (NEXUDUS_URL: string) => ({ NEXUDUS_URL, ...NO_LIMITS })

async function prove(sandbox: Sandbox, url: string, restart: () => Promise<void>) {
  const ids = await seed(sandbox, ITEMS - CREATES)
  const names = Array.from({ length: CREATES }, () => `Made by a run ${randomUUID()}`)
  const desk = await openRuns(url)
  const { id, counts } = await desk.propose([...ids.map(pause), ...names.map(create)])
  expect(counts).toMatchObject({ ready: ITEMS })

  const [deleted, barred] = [ids[5], ids[7]]
  await sandbox.deleteWebhook(deleted ?? 0)
  await sandbox.clearCalls()
  await orderFaults(sandbox, barred ?? 0)
  await desk.start(id)
  for (const done of KILL_AT) {
    await desk.until(id, (run) => run.counts.done >= done)
    await restart()
  }
  await expectResult(sandbox, desk, { id, ids, names, deleted })
}

type Result = { id: number; ids: number[]; names: string[]; deleted: number | undefined }

async function expectResult(sandbox: Sandbox, desk: Runs, { id, ids, names, deleted }: Result) {
  const run = await desk.inState(id, 'finished')
  expect(run.counts).toMatchObject({ done: ITEMS - 5, missing: 1, failed: 4 })
  expect(Object.values(run.counts).reduce((sum, items) => sum + items)).toBe(ITEMS)

  await desk.retry(id)
  const retried = await desk.inState(id, 'finished')
  expect(retried.counts).toMatchObject({ done: ITEMS - 1, missing: 1, failed: 0 })

  // as counted at the sandbox: a write prevented by a fault has no 200
  const written = (await sandbox.writes()).filter(({ status }) => status === 200)
  const byRecord = new Map<unknown, number>()
  for (const { method, body } of written) {
    const what = JSON.stringify([method, pickId(body)])
    byRecord.set(what, (byRecord.get(what) ?? 0) + 1)
  }
  expect([...byRecord].filter(([, times]) => times > 1)).toEqual([])
  expect(byRecord.size).toBe(ITEMS - 1)
  for (const name of names) expect(await sandbox.webhooksNamed(name)).toHaveLength(1)
  for (const one of ids.filter((other) => other !== deleted).slice(0, 20)) {
    expect((await sandbox.readWebhook(one)).Active).toBe(false)
  }
}

/** Identifies a change by its record, a create by its name. */
function pickId(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body
  return 'Id' in body ? body.Id : 'Name' in body ? body.Name : body
}

async function seed(sandbox: Sandbox, count: number): Promise<number[]> {
  const ids: number[] = []
  while (ids.length < count) {
    const batch = Array.from({ length: Math.min(20, count - ids.length) }, () =>
      sandbox.seedWebhook({ Description: 'Stays as it is' }),
    )
    ids.push(...(await Promise.all(batch)).map(({ Id }) => Id))
  }
  return ids.toSorted((a, b) => a - b)
}

const pause = (webhookId: number): RunChange => ({
  kind: 'change',
  webhookId,
  change: { Active: false },
})

const create = (Name: string): RunChange => ({
  kind: 'create',
  input: {
    BusinessId: SHOREDITCH.id,
    Action: 7,
    Name,
    Description: '',
    Active: true,
    URL: `https://receiver.example.com/${randomUUID()}`,
  },
})

/**
 * Orders one fault of each kind, spread over the run by webhook; three refusals, and one record
 * barred.
 */
async function orderFaults(sandbox: Sandbox, barred: number) {
  const path = '/api/sys/webhooks'
  await sandbox.fault({ kind: 'unauthorized', method: 'GET', path: `${path}/${barred}`, times: 2 })
  await sandbox.fault({ kind: 'throttle', method: 'PUT', retryAfter: 1, times: 2 })
  await sandbox.fault({ kind: 'throttle', method: 'PUT', waitText: 1.5 })
  await sandbox.fault({ kind: 'drop', method: 'PUT' })
  await sandbox.fault({ kind: 'lost_answer', method: 'PUT' })
  await sandbox.fault({ kind: 'error', method: 'PUT' })
  await sandbox.fault({ kind: 'refuse', method: 'PUT', times: 3, message: 'Not today.' })
  await sandbox.fault({ kind: 'throttle', method: 'POST', path, retryAfter: 1 })
  await sandbox.fault({ kind: 'lost_answer', method: 'POST', path })
}
