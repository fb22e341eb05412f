import { eq } from 'drizzle-orm'
import { Hono } from 'hono'
import { parse } from 'lossless-json'
import * as z from 'zod/mini'

import { findAction } from '#contract/actions/actions.ts'
import { eventRequestSchema, type EventAnswer } from '#contract/desk/sandbox.ts'
import type { Database } from '#platform/db/database.ts'
import { webhooks } from '#sandbox/db/tables.ts'
import { findBusiness } from '#sandbox/records/business.ts'
import { Message, NotFound, Refused } from '#sandbox/wire/errors.ts'
import { readJsonObject } from '#sandbox/wire/json-body.ts'
import { idOf, methodNotAllowed } from '#sandbox/wire/routing.ts'
import { readSwitches } from '#sandbox/wire/switches.ts'

import { listDeliveries, sendAgain, settleParked, tally } from './delivery-list.ts'
import { raiseEvent } from './event-store.ts'

type Needs = {
  db: Database
  now: () => Date
  /** Called when a delivery is due. */
  onDue: () => void
}

/** Events at the locations, and their deliveries. For administrators of the sandbox. */
export function deliveryRoutes({ db, now, onDue }: Needs) {
  return new Hono()
    .post('/events', async (c) => {
      const body = await readJsonObject(c)
      const request = z.safeParse(eventRequestSchema, body)
      if (!request.success) throw refusedEvent(request.error, body)
      const { BusinessId, Action } = request.data
      if (!findAction(Action)?.group) {
        const reason = { Message: 'is not an action that can fire', AttemptedValue: Action }
        throw new Refused([{ PropertyName: 'Action', ...reason }])
      }
      const business = await findBusiness(db, BusinessId)
      if (!business) {
        throw new Refused([
          {
            PropertyName: 'BusinessId',
            Message: 'is not one of your locations',
            AttemptedValue: BusinessId,
          },
        ])
      }
      const record = request.data.record && readExactly(await c.req.text())
      const { rootCovers } = await readSwitches(db)
      const raised = await raiseEvent(
        db,
        { business, action: Action, record },
        { now: now(), rootCovers: rootCovers === 'yes' },
      )
      onDue()
      const answer: EventAnswer = {
        EventId: raised.eventId,
        Deliveries: raised.deliveries.map(({ id, webhookId }) => ({
          Id: id,
          WebhookId: webhookId,
        })),
      }
      return c.json(answer)
    })
    .all(methodNotAllowed)

    .get('/deliveries', async (c) => {
      const webhookId = idOf(c.req.query('webhook'))
      const eventId = idOf(c.req.query('event'))
      return c.json({ deliveries: await listDeliveries(db, { webhookId, eventId }) })
    })
    .all(methodNotAllowed)

    .get('/tally', async (c) => c.json({ webhooks: await tally(db) }))
    .all(methodNotAllowed)

    .post('/deliveries/:id/again', async (c) => {
      const id = idOf(c.req.param('id'))
      if (id === undefined) throw new NotFound()
      if (!(await sendAgain(db, id, now()))) {
        throw new Message(
          400,
          'It is already being sent, or its webhook is switched off or deleted.',
        )
      }
      onDue()
      return c.json({ ok: true })
    })
    .all(methodNotAllowed)

    .post('/webhooks/:id/parked', async (c) => {
      const id = idOf(c.req.param('id'))
      const { act } = await readJsonObject(c)
      if (act !== 'replay' && act !== 'drop') {
        const reason = { Message: 'must be replay or drop', AttemptedValue: act }
        throw new Refused([{ PropertyName: 'act', ...reason }])
      }
      const [webhook] =
        id === undefined ? [] : await db.select().from(webhooks).where(eq(webhooks.id, id))
      if (!webhook) throw new NotFound()
      if (act === 'replay' && !webhook.active) {
        throw new Message(400, 'The webhook is switched off. Switch it on first.')
      }
      const settled = await settleParked(db, webhook.id, act, now())
      onDue()
      return c.json({ settled })
    })
    .all(methodNotAllowed)
}

// JSON is written and read by recursion; .NET accepts no more levels either
const DEEPEST_RECORD = 64

/** Parses the record, keeping numbers of any size as they were written. */
function readExactly(text: string): Record<string, unknown> | undefined {
  const { record } = parseExactly(text)
  if (typeof record !== 'object' || record === null) return undefined
  return { ...record }
}

function parseExactly(text: string): { record?: unknown } {
  if (deepestLevel(text) > DEEPEST_RECORD) throw refusedRecord('has too many levels')
  try {
    const body: unknown = parse(text)
    return typeof body === 'object' && body !== null ? body : {}
  } catch {
    // the body was parsed as JSON before, and this parser refuses only duplicate keys
    throw refusedRecord('has a key twice')
  }
}

const refusedRecord = (Message: string) => new Refused([{ PropertyName: 'record', Message }])

/** Nesting depth of a JSON text. */
function deepestLevel(json: string): number {
  let [level, deepest] = [0, 0]
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/g)) {
    if (token === '{' || token === '[') deepest = Math.max(deepest, (level += 1))
    else if (token === '}' || token === ']') level -= 1
  }
  return deepest
}

function refusedEvent({ issues }: z.core.$ZodError, body: Record<string, unknown>) {
  return new Refused(
    issues.map(({ path }) => {
      const PropertyName = String(path[0] ?? '')
      const AttemptedValue = body[PropertyName]
      // the record is optional: if it is empty, the error is not that it is missing
      const isMissing = PropertyName !== 'record' && (AttemptedValue ?? null) === null
      return {
        PropertyName,
        Message: isMissing ? 'is a required field' : 'is not valid',
        AttemptedValue,
      }
    }),
  )
}
