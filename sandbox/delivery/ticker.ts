import { sql } from 'drizzle-orm'

import type { Database } from '#platform/db/database.ts'
import type { Queue } from '#platform/queue/queue.ts'
import { businesses, webhooks } from '#sandbox/db/tables.ts'
import { actionNumber, type WebhookActionName } from '#sandbox/records/webhook-actions.ts'
import { readSwitches } from '#sandbox/wire/switches.ts'

import { raiseEvent } from './event-store.ts'

export const TICK_JOB = 'sandbox-tick'

/**
 * Length of the network's day, in milliseconds: mornings and quiet nights pass within a coffee
 * break.
 */
const DAY_MS = 8 * 60_000
const LONGEST_PAUSE_MS = 8_000
const SHORTEST_PAUSE_MS = 900

type Hours = readonly [from: number, to: number]

const ALL_DAY: Hours = [8, 20]

/** The day's actions, with their hours and frequency. */
const DAY: readonly { actions: readonly WebhookActionName[]; hours: Hours; weight: number }[] = [
  { actions: ['CoworkerCheckin', 'CheckinCreated'], hours: [7, 11], weight: 6 },
  { actions: ['CoworkerCheckout', 'CheckinUpdated'], hours: [16, 20], weight: 5 },
  { actions: ['BookingCreate', 'BookingUpdate'], hours: ALL_DAY, weight: 7 },
  { actions: ['BookingDelete'], hours: ALL_DAY, weight: 2 },
  { actions: ['VisitorRegistered', 'VisitorCheckedin'], hours: [8, 17], weight: 5 },
  { actions: ['DeliveryCreated', 'DeliveryAssigned'], hours: [9, 13], weight: 4 },
  { actions: ['HelDeskMessageCreated', 'HelpDeskCommentCreated'], hours: [9, 18], weight: 2 },
  {
    actions: [
      'CoworkerCreate',
      'CoworkerUpdate',
      'CoworkerContractCreate',
      'CoworkerContractActivate',
    ],
    hours: [10, 17],
    weight: 2,
  },
  {
    actions: ['CoworkerInvoiceCreate', 'CoworkerInvoiceAwaitingPayment'],
    hours: [6, 9],
    weight: 3,
  },
  { actions: ['CoworkerInvoiceReceivedPayment', 'CoworkerInvoicePaid'], hours: [9, 22], weight: 3 },
  { actions: ['CoworkerInvoiceFailedPayment'], hours: [5, 8], weight: 1 },
  {
    actions: [
      'NewsLetterSubscriberCreate',
      'NewsLetterSubscriberSubscribed',
      'CommunityBoardNewThread',
      'CommunityBoardNewReply',
      'CalendarEventAttendeeCreate',
    ],
    hours: [11, 22],
    weight: 2,
  },
  { actions: ['AccessControlUpdate'], hours: [0, 24], weight: 1 },
]

type TickerOptions = { db: Database; queue: Queue; now: () => Date; onDue: () => void }

/**
 * While the switch is on, events happen at the locations. It runs as a queue job, so only one
 * process ticks, and a restart continues.
 */
export function startTicker({ db, queue, now, onDue }: TickerOptions) {
  return queue.every(TICK_JOB, {
    async pause() {
      const { ticker } = await readSwitches(db)
      return ticker === 'on' ? pauseAt(hourAt(now())) : undefined
    },
    async act() {
      await tick(db, now())
      onDue()
    },
  })
}

/** The hour of the network's day, 0 to 24, at a real moment. */
const hourAt = (at: Date) => ((at.getTime() % DAY_MS) / DAY_MS) * 24

const isOpen = ([from, to]: Hours, hour: number) => hour >= from && hour < to

const weightAt = (hour: number) =>
  DAY.filter(({ hours }) => isOpen(hours, hour)).reduce((sum, { weight }) => sum + weight, 0)

/** The busier the hour, the sooner the next event. */
function pauseAt(hour: number): number {
  const pause = LONGEST_PAUSE_MS / Math.max(1, weightAt(hour) / 2)
  return Math.max(SHORTEST_PAUSE_MS, pause * (0.5 + Math.random()))
}

async function tick(db: Database, at: Date) {
  const action = pickAction(hourAt(at))
  const [place] = await db
    .select()
    .from(businesses)
    // three times out of four where a webhook listens, or a newcomer would see little
    .orderBy(
      sql`(exists (select 1 from ${webhooks} where ${webhooks.businessId} = ${businesses.id}
        and ${webhooks.action} = ${action} and ${webhooks.active}))::int * (random() < 0.75)::int desc,
        random()`,
    )
    .limit(1)
  if (!place) return
  const { rootCovers } = await readSwitches(db)
  await raiseEvent(db, { business: place, action }, { now: at, rootCovers: rootCovers === 'yes' })
}

function pickAction(hour: number): number {
  const open = DAY.filter(({ hours }) => isOpen(hours, hour))
  let left = Math.random() * open.reduce((sum, { weight }) => sum + weight, 0)
  const chosen = open.find(({ weight }) => (left -= weight) < 0) ?? open[0]
  const actions = chosen?.actions ?? []
  return actionNumber(actions[Math.floor(Math.random() * actions.length)] ?? 'AccessControlUpdate')
}
