import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { startProduct, type Product } from '#tools/product.mjs'
import { openSandbox } from '#tools/sandbox-controls.mjs'
import { SHOREDITCH } from '#tools/network.mjs'
import { expect, test } from '#e2e/support/fixtures.ts'

/** Enough for every kill to interrupt some; `SURVIVE_EVENTS=5000` for a longer run. */
const EVENTS = Number(process.env.SURVIVE_EVENTS ?? 400)
const KILLS = 4
const SENDERS = 8
/** Most events under way at once. */
const AT_ONCE = 64

/** Actions that the seeded network has no webhook for. */
const GOOD = 79
const FLAKY = 78
const BROKEN = 86

// without a browser: the test calls the sandbox's own interface
test('with kill -9 in the middle no accepted event is lost, and every count adds up', async () => {
  test.setTimeout(360_000 + EVENTS * 300)
  const receiver = await startCountingReceiver()
  const DATA_DIR = await mkdtemp(path.join(tmpdir(), 'hookdesk-survive-'))
  const env = {
    DATA_DIR,
    OUTBOUND_EXCEPTIONS: `127.0.0.1/32:${receiver.port}`,
    LOG_LEVEL: 'fatal',
  }
  let product: Product = await startProduct(env)
  const ports = {
    PORT: new URL(product.url).port,
    SANDBOX_PORT: new URL(product.sandboxUrl).port,
  }
  const { sandboxUrl } = product
  let sandbox = await openSandbox(sandboxUrl)
  await sandbox.setSwitches({ retries: 'short' })
  const base = { BusinessId: SHOREDITCH.id, Active: true }
  const make = async (Action: number, name: string) =>
    (
      await sandbox.seedWebhook({
        ...base,
        Action,
        URL: `http://localhost:${receiver.port}/${name}`,
      })
    ).Id
  const ids = {
    good: await make(GOOD, 'good'),
    flaky: await make(FLAKY, 'flaky'),
    broken: await make(BROKEN, 'broken'),
  }

  // every acknowledged event, by the number of its record
  const acknowledged = { good: new Set<number>(), flaky: new Set<number>() }
  const actions = { good: GOOD, flaky: FLAKY } as const
  let next = 0
  let accepted = 0
  const send = async () => {
    while (accepted < EVENTS) {
      const record = ++next
      const kind = record % 2 === 0 ? 'good' : 'flaky'
      // refused connections and cut answers acknowledge nothing
      const answer = await sandbox
        .raise(SHOREDITCH.id, actions[kind], { Id: record })
        .catch(() => null)
      if (answer === null) {
        await new Promise((resolve) => setTimeout(resolve, 100))
        continue
      }
      accepted += 1
      acknowledged[kind].add(record)
      if (record % 50 === 0) {
        await sandbox.raise(SHOREDITCH.id, BROKEN, { Id: record }).catch(() => null)
      }
    }
  }
  const sending = Promise.all(Array.from({ length: SENDERS }, send))
  for (let kill = 0; kill < KILLS; kill += 1) {
    await new Promise((resolve) => setTimeout(resolve, 300 + Math.random() * 1_500))
    await product.kill('SIGKILL')
    product = await startProduct({ ...env, ...ports })
    sandbox = await openSandbox(sandboxUrl)
  }
  await sending
  const sent = acknowledged.good.size + acknowledged.flaky.size
  expect(sent).toBeGreaterThanOrEqual(EVENTS)

  const tallyOf = async (id: number) =>
    (await sandbox.tally()).find(({ webhookId }) => webhookId === id)
  await expect
    .poll(async () => (await sandbox.tally()).reduce((sum, { waiting }) => sum + waiting, 0), {
      timeout: 60_000 + EVENTS * 100,
      intervals: [500],
    })
    .toBe(0)

  const unknown = { all: 0 }
  for (const row of await sandbox.tally()) {
    expect(row.accepted).toBe(row.delivered + row.waiting + row.parked + row.dead)
    unknown.all += row.attempts.unknown
  }
  for (const kind of ['good', 'flaky'] as const) {
    const lost = [...acknowledged[kind]].filter((record) => !receiver.taken(kind).has(record))
    expect(lost, `lost of ${kind}`).toEqual([])
    // accepted events without an acknowledgement may be there too, but no more than were sent
    const row = await tallyOf(ids[kind])
    expect(row?.delivered).toBe(row?.accepted)
    expect(row?.accepted).toBeGreaterThanOrEqual(acknowledged[kind].size)
    const twice = [...receiver.taken(kind).values()].reduce((sum, times) => sum + times - 1, 0)
    expect(twice, `twice of ${kind}`).toBeLessThanOrEqual(row?.attempts.unknown ?? 0)
  }
  expect(unknown.all).toBeLessThanOrEqual(AT_ONCE * KILLS)

  // the counter equals the attempt rows, and the webhook stopped once
  const broken = await tallyOf(ids.broken)
  expect(await sandbox.readWebhook(ids.broken)).toMatchObject({ ErrorCount: 10, Active: false })
  expect(broken).toMatchObject({ delivered: 0, stops: 1, attempts: { counted: 10 } })
  expect(await sandbox.readWebhook(ids.good)).toMatchObject({ ErrorCount: 0, Active: true })
  const flaky = await tallyOf(ids.flaky)
  expect(flaky?.attempts.failed).toBeLessThanOrEqual(receiver.refused())

  test.info().annotations.push({
    type: 'survived',
    description: `${sent} events acknowledged, ${KILLS} kills, ${unknown.all} attempts interrupted, 0 lost`,
  })
  await product.stop()
  await receiver.close()
  await rm(DATA_DIR, { recursive: true, force: true })
})

/**
 * Starts a receiver that counts accepted events by record; `flaky` refuses one in four, `broken`
 * all.
 */
async function startCountingReceiver() {
  const taken = new Map<string, Map<number, number>>()
  const counts = { refused: 0, flaky: 0 }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const kind = request.url?.slice(1) ?? ''
      const isFlake = kind === 'flaky' && ++counts.flaky % 4 === 0
      if (kind === 'broken' || isFlake) {
        if (isFlake) counts.refused += 1
        response.writeHead(500).end()
        return
      }
      const [{ Id }] = JSON.parse(Buffer.concat(chunks).toString('utf8'))
      const own = taken.get(kind) ?? new Map<number, number>()
      own.set(Id, (own.get(Id) ?? 0) + 1)
      taken.set(kind, own)
      response.writeHead(204).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    // a server that listens on a port has an address of this form
    port: (server.address() as AddressInfo).port,
    taken: (kind: string) => taken.get(kind) ?? new Map<number, number>(),
    refused: () => counts.refused,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
