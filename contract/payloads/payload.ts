import { findActionDetails } from '#contract/actions/action-details.ts'
import { findAction } from '#contract/actions/actions.ts'

import {
  coworkerContract,
  coworkerInvoice,
  coworkerLedgerEntry,
  coworkerProduct,
  product,
  proposal,
  tariff,
} from './payload-billing.ts'
import {
  blogPost,
  calendarEvent,
  communityGroup,
  communityMessage,
  communityThread,
  eventAttendee,
  globalChatMessage,
  newsLetterSubscriber,
} from './payload-content.ts'
import {
  checkin,
  coworker,
  coworkerMessage,
  coworkerPaymentMethod,
  delivery,
  helpDeskComment,
  helpDeskMessage,
  team,
  visitor,
} from './payload-people.ts'
import { createKit, type Kit, type Scene } from './payload-scene.ts'
import { booking, business, floorPlan, floorPlanDesk } from './payload-spaces.ts'

/** A delivered record, with Nexudus' field names. */
export type DeliveredRecord = Record<string, unknown>

/**
 * Evidence that a delivery has a field. `seen`: in a delivery, or read from one by a receiver.
 * `documented`: for the entity, but never seen in a delivery. `unknown`: no source says which
 * entity the action sends.
 */
export type Evidence = 'seen' | 'documented' | 'unknown'

export type PayloadField = { name: string; value: unknown; evidence: Evidence }

type Entity = {
  fields: (kit: Kit) => DeliveredRecord
  /** Fields seen in a delivery; `all` if a whole one was published. */
  seen?: readonly string[] | 'all'
  /** For a record that others refer to: its id. */
  id?: (kit: Kit) => number
}

const ENTITIES: Readonly<Record<string, Entity>> = {
  BlogPost: { fields: blogPost },
  Booking: { fields: booking, seen: 'all' },
  Business: { fields: business, id: ({ location }) => location.id },
  CalendarEvent: { fields: calendarEvent },
  Checkin: { fields: checkin },
  CommunityGroup: { fields: communityGroup },
  CommunityMessage: { fields: communityMessage },
  CommunityThread: { fields: communityThread },
  Coworker: { fields: coworker, id: ({ customer }) => customer.id },
  CoworkerContract: {
    fields: coworkerContract,
    seen: ['CoworkerId', 'CoworkerEmail', 'CoworkerFullName', 'IssuedById', 'TariffId'],
  },
  CoworkerDelivery: { fields: delivery },
  CoworkerInvoice: { fields: coworkerInvoice },
  CoworkerLedgerEntry: { fields: coworkerLedgerEntry },
  CoworkerMessage: { fields: coworkerMessage },
  CoworkerPaymentMethod: { fields: coworkerPaymentMethod },
  CoworkerProduct: { fields: coworkerProduct },
  EventAttendee: { fields: eventAttendee },
  FloorPlan: { fields: floorPlan },
  FloorPlanDesk: { fields: floorPlanDesk },
  GlobalChatMessage: { fields: globalChatMessage },
  HelpDeskComment: { fields: helpDeskComment },
  HelpDeskMessage: { fields: helpDeskMessage },
  NewsLetterSubscriber: { fields: newsLetterSubscriber, seen: ['Name', 'Email'] },
  Product: { fields: product },
  Proposal: { fields: proposal },
  Tariff: { fields: tariff },
  Team: { fields: team },
  Visitor: { fields: visitor, seen: ['FullName', 'CoworkerId', 'CoworkerFullName'] },
}

/** Traces of the event in the record, by action; creates and plain updates leave none. */
const LEFT_BEHIND: Readonly<Record<number, (kit: Kit, record: DeliveredRecord) => object>> = {
  10: () => ({ Active: true }),
  12: ({ time }) => ({ RenewalDate: time(30 * 24 * 60), RenewalDateLocal: time(30 * 24 * 60) }),
  13: ({ plan }) => ({ TariffId: plan.id, TariffName: plan.name, Price: plan.price }),
  14: () => ({ Active: true }),
  11: ({ time }) => ({ Cancelled: true, Active: false, CancellationDate: time(0) }),
  19: ({ time }, { TotalAmount }) => ({
    Refunded: true,
    RefundedOn: time(0),
    RefundedAmount: TotalAmount,
  }),
  20: ({ uuid }, { TotalAmount, TaxAmount }) => ({
    CreditNote: true,
    OriginalInvoiceGuid: uuid(),
    TotalAmount: -Number(TotalAmount),
    TaxAmount: -Number(TaxAmount),
  }),
  21: ({ time }, { TotalAmount }) => ({
    Paid: true,
    PaidOn: time(0),
    PaidAmount: TotalAmount,
    ReceivedAmount: TotalAmount,
  }),
  23: (_kit, { TotalAmount }) => ({ ReceivedAmount: Number(TotalAmount) / 2 }),
  32: () => ({ Active: true }),
  29: ({ time }) => ({ CheckedIn: true, CheckedInDate: time(0) }),
  33: () => ({ Active: false }),
  41: ({ time }) => ({ Arrived: true, ArrivalDate: time(0), CheckedInAt: time(0) }),
  48: ({ time }) => ({ ToTime: time(0) }),
  53: () => ({ Processed: true }),
  55: ({ time }) => ({ ProposalStatus: 3, SentOn: time(-60) }),
  70: () => ({ Activated: false }),
}

type Is = (record: DeliveredRecord) => boolean

const isLiveContract: Is = ({ Cancelled }) => Cancelled !== true
const isOpenInvoice: Is = ({ Paid, Refunded, CreditNote }) => !Paid && !Refunded && !CreditNote

/** Condition of the record for an action to happen to it; other actions have none. */
const POSSIBLE: Readonly<Record<number, Is>> = {
  10: isLiveContract,
  11: isLiveContract,
  12: isLiveContract,
  13: isLiveContract,
  14: isLiveContract,
  19: ({ Paid, Refunded, CreditNote }) => Paid === true && !Refunded && !CreditNote,
  21: isOpenInvoice,
  22: isOpenInvoice,
  23: isOpenInvoice,
  24: isOpenInvoice,
  29: ({ CheckedIn }) => CheckedIn !== true,
  32: ({ Active }) => Active === false,
  33: ({ Active }) => Active === true,
  41: ({ Arrived }) => Arrived !== true,
  48: ({ ToTime }) => ToTime === null,
  53: ({ Processed }) => Processed !== true,
}

/** True if the action can happen to the record as it is: nobody arrives twice. */
export const isPossible = (action: number, record: DeliveredRecord) =>
  POSSIBLE[action]?.(record) ?? true

/** The entity an action sends, e.g. `Booking`; `undefined` for `None` and unknown numbers. */
export function entityOf(action: number): { name: string; isCertain: boolean } | undefined {
  const entity = findActionDetails(action)?.entity
  return entity && { name: entity.name, isCertain: entity.certain }
}

/** True if the event removes the record: a delivery then carries its last state. */
export const isRemoval = (action: number) => /Deleted?$/.test(findAction(action)?.name ?? '')

/**
 * A made-up record for an action, with every field known to Hookdesk. With `previous`, the record
 * of an earlier event, it is the same record at a later time.
 */
export function sampleRecord(
  action: number,
  scene: Scene,
  previous?: DeliveredRecord,
): DeliveredRecord | undefined {
  const entity = ENTITIES[entityOf(action)?.name ?? '']
  if (!entity) return undefined
  const kit = createKit(scene)
  const Id = entity.id?.(kit) ?? kit.id()
  const made = { ...entity.fields(kit), ...baseFields(kit), Id }
  const record = previous ? { ...made, ...previous, UpdatedOn: ticks(kit.now()) } : made
  const after: DeliveredRecord = { ...record, ...LEFT_BEHIND[action]?.(kit, record) }
  return { ...after, ToStringText: toStringText(after) }
}

/** The fields of the action's record, each with an example and its evidence. */
export function payloadFields(action: number, scene: Scene): PayloadField[] {
  const record = sampleRecord(action, scene)
  const { name = '', isCertain = false } = entityOf(action) ?? {}
  const seen = ENTITIES[name]?.seen ?? []
  const evidenceOf = (field: string): Evidence => {
    if (!isCertain) return 'unknown'
    return seen === 'all' || seen.includes(field) || BASE_FIELDS.has(field) ? 'seen' : 'documented'
  }
  return Object.entries(record ?? {}).map(([field, value]) => ({
    name: field,
    value,
    evidence: evidenceOf(field),
  }))
}

const BASE_FIELDS = new Set([
  'Id',
  'UpdatedOn',
  'CreatedOn',
  'UniqueId',
  'UpdatedBy',
  'IsNew',
  'SystemId',
  'ToStringText',
  'LocalizationDetails',
  'CustomFields',
])

/** The fields at the end of every Nexudus record. */
const baseFields = (kit: Kit) => ({
  Id: 0,
  UpdatedOn: ticks(kit.now()),
  CreatedOn: ticks(kit.now()),
  UniqueId: kit.uuid(),
  UpdatedBy: 'ops@northlight.example.test',
  IsNew: false,
  SystemId: null,
  ToStringText: '',
  LocalizationDetails: null,
  CustomFields: null,
})

/** Seven fractional digits, the API's format for the times of a record. */
const ticks = (time: string) => time.replace('Z', '0000Z')

function toStringText(record: DeliveredRecord): string {
  const names = ['Name', 'FullName', 'InvoiceNumber', 'Subject', 'Title', 'CoworkerFullName']
  const found = names.map((name) => record[name]).find((value) => typeof value === 'string')
  return typeof found === 'string' ? found : String(record.Id)
}
