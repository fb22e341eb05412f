import fc from 'fast-check'
import { and, eq, inArray } from 'drizzle-orm'
import { expect, test } from 'vitest'

import { webhooks } from '#sandbox/db/tables.ts'
import { openTestDesk, type TestDesk } from '#server/testing/test-desk.ts'
import { watched } from '#server/watch/tables.ts'

import { incidentMembers, incidents, notices } from './tables.ts'

/** `npm run soak` plays more. */
const HISTORIES = Number(process.env.HISTORIES ?? 8)

const MINUTE = 60_000

type Act =
  | { act: 'fail'; webhook: number; failures: number }
  | { act: 'mend'; webhook: number }
  | { act: 'switch-off'; webhook: number }
  | { act: 'look'; how: 'well' | 'broken' | 'by-two' | 'after-restart' | 'after-a-kill' }
  | { act: 'mail'; answers: 'kept' | 'later' | 'breaks' }
  | { act: 'pass'; minutes: number }

const webhook = fc.nat(3)
const look = fc.constantFrom(
  ...(['well', 'well', 'well', 'broken', 'by-two', 'after-restart', 'after-a-kill'] as const),
)
const history = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ act: fc.constant('look' as const), how: look }) },
    {
      weight: 4,
      arbitrary: fc.record({
        act: fc.constant('fail' as const),
        webhook,
        failures: fc.constantFrom(1, 5, 8, 9, 10, 10),
      }),
    },
    { weight: 2, arbitrary: fc.record({ act: fc.constant('mend' as const), webhook }) },
    { weight: 1, arbitrary: fc.record({ act: fc.constant('switch-off' as const), webhook }) },
    {
      weight: 1,
      arbitrary: fc.record({
        act: fc.constant('mail' as const),
        answers: fc.constantFrom(...(['kept', 'later', 'breaks'] as const)),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        act: fc.constant('pass' as const),
        minutes: fc.constantFrom(5, 20, 700),
      }),
    },
  ),
  { minLength: 6, maxLength: 24 },
)

/** A desk with four webhooks at two receivers, after its first look. */
async function begin() {
  const desk = await openTestDesk({ watches: true })
  await desk.addRecipients()
  const all = await desk.db.select().from(webhooks)
  const ids = all
    .filter(({ active, errorCount, lastTrigger }) => active && errorCount === 0 && lastTrigger)
    .slice(0, 4)
    .map(({ id }) => id)
  for (const [at, id] of ids.entries()) {
    await desk.store(id, { url: `https://host-${at % 2}.example.com/${id}` })
  }
  await desk.lookAndTell()
  return { desk, ids }
}

const wire = (at: Date) => at.toISOString().replace(/\.\d+Z$/, 'Z')

async function play({ desk, ids }: { desk: TestDesk; ids: number[] }, acts: readonly Act[]) {
  let present: Pick<TestDesk, 'look' | 'sendNotices'> = desk
  const restarted: { stop: () => Promise<unknown> }[] = []
  for (const each of acts) {
    const id = 'webhook' in each ? (ids[each.webhook] ?? 0) : 0
    switch (each.act) {
      case 'fail':
        await desk.store(id, {
          errorCount: each.failures,
          active: each.failures < 10,
          lastError: 'Status 503',
          lastTrigger: wire(desk.clock.now()),
        })
        break
      case 'mend':
        await desk.store(id, {
          errorCount: 0,
          active: true,
          lastTrigger: wire(new Date(desk.clock.now().getTime() + 1_000)),
        })
        break
      case 'switch-off':
        await desk.store(id, { errorCount: 0, active: false })
        break
      case 'mail':
        await desk.switches({ mail: each.answers })
        break
      case 'pass':
        desk.clock.pass(each.minutes * MINUTE)
        break
      default:
        await lookOnce(each.how)
    }
  }
  await settle()
  await Promise.all(restarted.map((other) => other.stop()))

  async function lookOnce(how: Extract<Act, { act: 'look' }>['how']) {
    desk.clock.pass(MINUTE)
    if (how === 'broken') {
      await desk.fault({ kind: 'html', path: '/api/sys/webhooks', times: 1 })
      await present.look()
      await desk.startCounting()
      return
    }
    if (how === 'after-restart' || how === 'by-two') {
      const other = desk.openAnother()
      restarted.push(other)
      if (how === 'by-two') await Promise.all([present.look(), other.look()])
      present = other
    }
    await present.look()
    if (how === 'after-a-kill') {
      // another process claimed what waits, and died
      const dead = { claim: 'dead', claimedUntil: desk.clock.now() }
      await desk.db.update(notices).set(dead).where(eq(notices.state, 'waiting'))
      desk.clock.pass(1)
    }
    await present.sendNotices()
  }

  /** All that was put off is due, and everything is as the last looks saw it. */
  async function settle() {
    await desk.switches({ mail: 'kept' })
    await lookOnce('well')
    desk.clock.pass(70 * MINUTE)
    await lookOnce('well')
    await lookOnce('well')
    for (let times = 0; times < 3; times += 1) {
      desk.clock.pass(61 * MINUTE)
      await present.sendNotices()
    }
  }
}

/** The number of a notice, from the header of its mail. */
const noticeOf = ({ headers }: { headers: (readonly [string, string])[] }) =>
  Number(/notice-(\d+)\./.exec(headers.find(([name]) => name === 'message-id')?.[1] ?? '')?.[1])

/** Nothing waits or failed, and no end lacks a beginning. Returns the numbers of what was sent. */
async function checkOutbox({ db }: TestDesk): Promise<number[]> {
  const all = await db.select().from(notices).orderBy(notices.id)
  expect(all.filter(({ state }) => state !== 'sent' && state !== 'dropped')).toEqual([])
  const sent = all.filter(({ state }) => state === 'sent')
  for (const { incidentId, kind, id } of sent) {
    if (kind !== 'closed') continue
    const begun = all.some(
      (other) =>
        other.id < id &&
        (other.kind === 'found' ||
          (other.incidentId === incidentId && ['step', 'joined'].includes(other.kind))),
    )
    expect(begun, `an end of incident ${incidentId} without a beginning`).toBe(true)
  }
  return sent.map(({ id }) => id)
}

/** Each stopped webhook is in one open incident, and its stop is told. */
async function checkIncidents({ db }: TestDesk, ids: readonly number[]) {
  const states = await db
    .select()
    .from(watched)
    .where(inArray(watched.webhookId, [...ids]))
  const members = await db
    .select()
    .from(incidentMembers)
    .innerJoin(incidents, eq(incidents.id, incidentMembers.incidentId))
    .where(and(eq(incidents.kind, 'stopped'), inArray(incidentMembers.webhookId, [...ids])))
  for (const { webhookId, health } of states) {
    const open = members.filter(
      ({ incident_members: member, incidents: incident }) =>
        member.webhookId === webhookId && member.leftAt === null && incident.closedAt === null,
    )
    if (health === 'stopped') {
      expect(open).toHaveLength(1)
      expect(open[0]?.incident_members.toldStep).toBe('stopped')
    }
    if (health === 'off') expect(open).toHaveLength(0)
  }
}

test(
  'whatever happens, each notice is sent once, and each stopped webhook is told',
  async () => {
    await fc.assert(
      fc.asyncProperty(history, async (acts) => {
        const world = await begin()
        try {
          await play(world, acts)
          const sent = await checkOutbox(world.desk)
          // each once, and in order
          const arrived = (await world.desk.mails()).map(noticeOf).toReversed()
          expect(arrived).toEqual(sent)
          await checkIncidents(world.desk, world.ids)
        } finally {
          await world.desk.close()
        }
      }),
      { numRuns: HISTORIES, endOnFailure: process.env.SHRINK === undefined },
    )
  },
  HISTORIES * 60_000,
)
