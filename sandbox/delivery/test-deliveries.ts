import type { IncomingMessage, ServerResponse } from 'node:http'
import { and, asc, count, eq } from 'drizzle-orm'

import type { ResolveName } from '#platform/outbound/resolve.ts'
import { createOutbound } from '#platform/outbound/send.ts'
import { startReceiver } from '#platform/outbound/test-receiver.ts'
import { attempts, deliveries, stops } from '#sandbox/db/tables.ts'
import { openTestSandbox } from '#sandbox/test-sandbox.ts'
import { writeSwitches } from '#sandbox/wire/switches.ts'

import { readDeliverySwitches } from './delivery-switches.ts'
import { createDispatcher, type Dispatcher } from './dispatcher.ts'

export const SHOREDITCH = 1_400_000_002

/** An action that no seeded webhook waits for, so that a test's webhook is alone. */
export const QUIET_ACTION = 79

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void

export type Deliveries = Awaited<ReturnType<typeof openTestDeliveries>>

type Options = {
  /** Ports of further receivers on loopback that may be called. */
  ports?: number[]
  resolve?: ResolveName
  limits?: { totalMs: number; handshakeMs: number }
}

/** The sandbox with its dispatcher, a receiver on loopback, and a fixed clock and random source. */
export async function openTestDeliveries(options: Options = {}) {
  const sandbox = await openTestSandbox()
  const { db, clock } = sandbox
  const admin = await sandbox.signIn()
  const heard: { path: string; headers: IncomingMessage['headers']; body: string }[] = []
  const answers = { answer: ((_request, response) => response.end('ok')) as Answer }
  const receiver = await startReceiver((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8')
      heard.push({ path: request.url ?? '', headers: request.headers, body })
      answers.answer(request, response, body)
    })
  })
  const errors: unknown[] = []

  const start = (): Dispatcher =>
    createDispatcher({
      db,
      now: clock.now,
      send: createOutbound({
        policy: {
          allowHttp: true,
          extraPorts: [],
          exceptions: [receiver.port, ...(options.ports ?? [])].map((port) => ({
            range: '127.0.0.1/32',
            port,
          })),
        },
        // far longer than even a busy machine takes, for tests in which nothing should time out
        limits: options.limits ?? { totalMs: 60_000, handshakeMs: 60_000 },
        ...(options.resolve && { resolve: options.resolve }),
      }),
      // a fixed "random" number
      readSwitches: async () => ({ ...(await readDeliverySwitches(db)), random: () => 0.5 }),
      remind: () => Promise.resolve(),
      onError: (error) => errors.push(error),
    })
  const running = { dispatcher: start() }

  const wireOf = async (id: number) => admin.read(`/api/sys/webhooks/${id}`)

  return {
    db,
    clock,
    admin,
    heard,
    errors,
    receiver,
    app: sandbox.app,
    signIn: sandbox.signIn,
    url: (path = '/in') => `http://localhost:${receiver.port}${path}`,
    answerWith(answer: Answer) {
      answers.answer = answer
    },
    answerStatus(status: number, headers: Record<string, string> = {}) {
      answers.answer = (_request, response) => response.writeHead(status, headers).end('no')
    },
    switches: (wanted: Record<string, string>) => writeSwitches(db, wanted),

    async makeWebhook(change: Record<string, unknown> = {}): Promise<number> {
      const answer = await admin.post('/api/sys/webhooks', {
        BusinessId: SHOREDITCH,
        Action: QUIET_ACTION,
        Name: `Delivery ${crypto.randomUUID()}`,
        URL: `http://localhost:${receiver.port}/in`,
        Active: true,
        ...change,
      })
      return (await answer.json()).Value.Id
    },
    wireOf,
    async put(id: number, change: Record<string, unknown>) {
      await admin.put('/api/sys/webhooks', { ...(await wireOf(id)), ...change })
    },
    async raise(event: Record<string, unknown> = {}) {
      const answer = await admin.post('/sandbox/events', {
        BusinessId: SHOREDITCH,
        Action: QUIET_ACTION,
        ...event,
      })
      if (answer.status !== 200) throw new Error(`Refused: ${await answer.text()}`)
      return answer.json()
    },
    drained: () => running.dispatcher.drained(),
    /** Advances the clock, one wait at a time, and lets everything happen that is due by then. */
    async pass(ms: number) {
      clock.pass(ms)
      await running.dispatcher.drained()
    },
    async statesOf(webhookId: number): Promise<Record<string, number>> {
      const rows = await db
        .select({ state: deliveries.state, rows: count() })
        .from(deliveries)
        .where(eq(deliveries.webhookId, webhookId))
        .groupBy(deliveries.state)
      return Object.fromEntries(rows.map(({ state, rows: many }) => [state, many]))
    },
    attemptsOf: (webhookId: number) =>
      db.select().from(attempts).where(eq(attempts.webhookId, webhookId)).orderBy(asc(attempts.id)),
    deliveriesOf: (webhookId: number) =>
      db
        .select()
        .from(deliveries)
        .where(eq(deliveries.webhookId, webhookId))
        .orderBy(asc(deliveries.id)),
    stopsOf: (webhookId: number) => db.select().from(stops).where(eq(stops.webhookId, webhookId)),
    countFailing: (webhookId: number) =>
      db
        .select({ rows: count() })
        .from(attempts)
        .where(and(eq(attempts.webhookId, webhookId), eq(attempts.isCounted, true))),
    stop: () => running.dispatcher.stop(),
    start() {
      running.dispatcher = start()
    },
    async close() {
      await running.dispatcher.stop()
      await receiver.close()
      await sandbox.close()
    },
  }
}
