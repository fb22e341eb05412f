import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import type { WebhookInput } from '#contract/nexudus/webhook.ts'
import { WORK_LEASE_MS } from '#platform/db/lease.ts'
import { webhooks } from '#sandbox/db/tables.ts'
import { draft } from '#server/changes/test-draft.ts'
import { intents, seen, turns } from '#server/db/tables.ts'
import { openTestDesk, type TestDesk } from '#server/testing/test-desk.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

import { createObserver } from './observe.ts'

let desk: TestDesk
let admin: Visitor
let observer: ReturnType<typeof observing>
beforeAll(async () => {
  desk = await openTestDesk()
  admin = desk.visitor()
  await admin.signIn('admin@hookdesk.test')
})
beforeEach(() => {
  observer = observing()
})
afterAll(() => desk.close())

const observing = () => createObserver({ db: desk.db, now: desk.clock.now, log: desk.log })

const MINUTE = 60_000

type Raw = Record<string, unknown> & { Id: number; Name: string }

const made = async (): Promise<Raw> => (await admin.create(draft())).body.webhook

/** The record as a list row. */
const row = ({ Description: _told, ...listed }: Raw): Raw => listed

/** A reading that takes no time, a minute after the last. */
function see(records: Raw[] | Raw, by = observer) {
  desk.clock.pass(MINUTE)
  return by.beginReading()(Array.isArray(records) ? { Records: records } : records)
}

const found = async (id: number) =>
  (await desk.history(id)).filter(({ kind }) => kind === 'outside')

describe('a change that was made elsewhere', () => {
  test('is found once, with the person who saved last and the span in which it was made', async () => {
    const webhook = await made()
    await see([row(webhook)])
    const since = desk.clock.now()
    const changed = { ...webhook, URL: 'https://elsewhere.example.com/', UpdatedBy: 'eve@x.test' }
    await see([row(changed)])
    const at = desk.clock.now()
    await see([row(changed)])
    await see(changed)

    const entries = await found(webhook.Id)
    expect(entries).toMatchObject([
      { kind: 'outside', by: 'eve@x.test', since, at, businessId: webhook.BusinessId },
    ])
    expect(entries[0]?.before).toMatchObject({ URL: webhook.URL })
    expect(entries[0]?.after).toMatchObject({ URL: changed.URL, ErrorCount: 0 })
  })

  test('is not assumed if a number or flag is only written as text', async () => {
    const webhook = await made()
    const asText = { Active: 'True', Action: ` ${String(webhook.Action)} ` }
    await see([row(webhook)])
    await see([row({ ...webhook, ...asText })])
    await see([row({ ...webhook, Active: 'maybe' })])
    await see([row({ ...webhook, Active: true })])
    expect(await found(webhook.Id)).toEqual([])
    await see([row({ ...webhook, ...asText, Active: 'false' })])
    expect(await found(webhook.Id)).toMatchObject([{ after: { Active: 'false' } }])
    const { body } = await admin.request(`/desk/history?webhook=${webhook.Id}&limit=1`)
    expect(body.entries[0].diff).toEqual([{ field: 'Active', from: 'true', to: 'false' }])
  })

  test('is found when a person reads in the app, and shown in the history', async () => {
    const { Id, Name } = await made()
    await admin.request(`/api/sys/webhooks/${Id}`)
    await expect.poll(() => observed(Id)).toBe(true)
    desk.clock.pass(MINUTE)
    await desk.db.update(webhooks).set({ active: false }).where(eq(webhooks.id, Id))
    await admin.request('/api/sys/webhooks?page=1&size=1000')

    await expect.poll(async () => (await found(Id)).length).toBe(1)
    const { body } = await admin.request(`/desk/history?webhook=${Id}&limit=1`)
    expect(body.entries).toMatchObject([
      {
        kind: 'outside',
        name: Name,
        by: 'admin@hookdesk.test',
        isRevertible: false,
        diff: [{ field: 'Active', from: 'true', to: 'false' }],
        stoppedAfter: null,
      },
    ])
  })

  test('is told apart from a stop by Nexudus after ten failures', async () => {
    const webhook = await made()
    await see([row(webhook)])
    await see([row({ ...webhook, Active: false, ErrorCount: 10, LastError: 'HTTP 500' })])
    const { body } = await admin.request(`/desk/history?webhook=${webhook.Id}&limit=1`)
    expect(body.entries).toMatchObject([{ kind: 'outside', stoppedAfter: 10 }])
  })

  test('is found after a restart, too, and by any process that reads', async () => {
    const webhook = await made()
    await see([row(webhook)])
    await see([row({ ...webhook, Name: 'Other' })], observing())
    await see([row({ ...webhook, Name: 'Other' })])
    expect(await found(webhook.Id)).toHaveLength(1)
  })

  test('is written once if two processes read at the same time', async () => {
    const [webhook, other] = [await made(), observing()]
    await see([row(webhook)])
    const changed = [row({ ...webhook, Action: 8 })]
    desk.clock.pass(MINUTE)
    const answers = [observer, other].map((each) => each.beginReading())
    await Promise.all(answers.map((take) => take({ Records: changed })))
    expect(await found(webhook.Id)).toHaveLength(1)
  })

  test('to the description is found by reading the whole record, since the last such reading', async () => {
    const webhook = await made()
    await see(webhook)
    const since = desk.clock.now()
    await see([row(webhook)])
    // in some editions rows carry a description, but it means nothing
    await see([{ ...webhook, Description: null }])
    expect(await found(webhook.Id)).toEqual([])

    await see({ ...webhook, Description: 'Theirs' })
    expect(await found(webhook.Id)).toMatchObject([
      { since, before: { Description: 'For the door' }, after: { Description: 'Theirs' } },
    ])
  })

  test('is found even if the desk changed the webhook after it', async () => {
    const webhook = await made()
    await see([row(webhook)])
    const since = desk.clock.now()
    desk.clock.pass(MINUTE)
    const url = 'https://elsewhere.example.com/'
    await desk.db.update(webhooks).set({ url }).where(eq(webhooks.id, webhook.Id))
    const { body } = await admin.change(webhook.Id, { seen: {}, change: { Active: false } })
    const at = desk.clock.now()
    await see([row(body.webhook)])

    expect(await found(webhook.Id)).toMatchObject([
      { since, at, before: { URL: webhook.URL }, after: { URL: url, Active: true } },
    ])
  })
})

describe('no change elsewhere is found', () => {
  test('in fields that the desk changed', async () => {
    const webhook = await made()
    await see(webhook)
    const change: Partial<WebhookInput> = { Active: false, Description: 'Ours' }
    const { body } = await admin.change(webhook.Id, { seen: {}, change })
    await see([row(body.webhook)])
    await see(body.webhook)
    expect(await found(webhook.Id)).toEqual([])
  })

  test('in a description that the desk changed and lists omit', async () => {
    const webhook = await made()
    await see(webhook)
    const change = { Description: 'Ours' }
    const { body } = await admin.change(webhook.Id, { seen: {}, change })
    for (const _minute of [1, 2, 3, 4, 5, 6]) await see([row(body.webhook)])
    await see(body.webhook)
    expect(await found(webhook.Id)).toEqual([])
  })

  test('if a slow answer shows the record before a change through the desk', async () => {
    const webhook = await made()
    await see([row(webhook)])
    desk.clock.pass(MINUTE)
    const take = observer.beginReading()
    await admin.change(webhook.Id, { seen: {}, change: { Name: 'Ours' } })
    await take({ Records: [row(webhook)] })
    expect(await found(webhook.Id)).toEqual([])
  })

  test('if a slow answer shows the record before a later reading', async () => {
    const webhook = await made()
    await see([row(webhook)])
    desk.clock.pass(MINUTE)
    const take = observer.beginReading()
    await see([row({ ...webhook, Name: 'Theirs' })])
    await take({ Records: [row(webhook)] })
    expect(await found(webhook.Id)).toHaveLength(1)
  })

  test.each(['under way', 'of unknown end'])(
    'while a change through the desk is %s',
    async (how) => {
      const webhook = await made()
      await see([row(webhook)])
      const updatedAt = desk.clock.now()
      // a minute passes before the next reading
      const claimedUntil = new Date(updatedAt.getTime() + MINUTE + WORK_LEASE_MS)
      const claim = { claim: 'x', claimedUntil }
      if (how === 'under way')
        await desk.db.insert(turns).values({ webhookId: webhook.Id, ...claim })
      else {
        await desk.db.insert(intents).values({
          key: 'x',
          fingerprint: 'x',
          state: 'started',
          updatedAt,
          before: webhook,
          ...claim,
        })
      }
      const changed = [row({ ...webhook, Name: 'Whose?' })]
      await see(changed)
      expect(await found(webhook.Id)).toEqual([])

      await Promise.all([desk.db.delete(turns), desk.db.delete(intents)])
      await see(changed)
      expect(await found(webhook.Id)).toHaveLength(1)
    },
  )

  test('in webhooks that appear, go missing, or have values of the wrong type', async () => {
    const [one, two] = [await made(), await made()]
    await see([row(one), row(two)])
    await see([row(one)])
    await see([{ ...row(two), Active: null, URL: 7 }, { Id: 'x' }, null] as Raw[])
    await see([row(two)])
    await see({} as Raw)
    expect(await found(one.Id)).toEqual([])
    expect(await found(two.Id)).toEqual([])
  })
})

test('an unchanged webhook costs no query', async () => {
  const webhook = row(await made())
  const records = Array.from({ length: 2_000 }, (_, index) => ({ ...webhook, Id: 5_000 + index }))
  await see(records)
  await see(records)
  const queries: unknown[] = []
  const counted = createObserver({
    db: new Proxy(desk.db, {
      get(target, name) {
        queries.push(name)
        return Reflect.get(target, name)
      },
    }),
    now: desk.clock.now,
    log: desk.log,
  })
  await see(records, counted)
  queries.length = 0
  await see(records, counted)
  expect(queries).toEqual([])
})

async function observed(id: number): Promise<boolean> {
  return (await desk.db.select().from(seen).where(eq(seen.webhookId, id))).length === 1
}
