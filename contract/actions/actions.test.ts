import { expect, test } from 'vitest'

import { findActionDetails } from './action-details.ts'
import {
  ACTION_GROUPS,
  ACTIONS,
  actionApiName,
  actionLabel,
  findAction,
  SELECTABLE_ACTIONS,
} from './actions.ts'

// eWebhookAction as published, from 1 on; copied from the reference, not from our table
const PUBLISHED_NAMES = [
  'None',
  'CoworkerUpdate',
  'CoworkerCreate',
  'BlogPostCreate',
  'BlogPostUpdate',
  'BookingCreate',
  'BookingUpdate',
  'BookingDelete',
  'SendWelcomeEmail',
  'CoworkerContractActivate',
  'CoworkerContractCancel',
  'CoworkerContractRenew',
  'CoworkerContractUpgradeDowngrade',
  'CoworkerContractActivateFirst',
  'CoworkerInvoiceCreateFirst',
  'CoworkerInvoiceCreate',
  'CoworkerInvoiceDelete',
  'CoworkerInvoiceUpdate',
  'CoworkerInvoiceRefund',
  'CoworkerInvoiceCreditNote',
  'CoworkerInvoicePaid',
  'CoworkerInvoiceFailedPayment',
  'CoworkerInvoiceReceivedPayment',
  'CoworkerInvoiceAwaitingPayment',
  'CalendarEventCreate',
  'CalendarEventUpdate',
  'CalendarEventAttendeeDelete',
  'CalendarEventAttendeeCreate',
  'CalendarEventAttendeeUpdate',
  'GlobalChatMessageCreate',
  'NewsLetterSubscriberCreate',
  'NewsLetterSubscriberSubscribed',
  'NewsLetterSubscriberUnSubscribed',
  'NewsLetterSubscriberRemovedFromGroup',
  'CoworkerCheckout',
  'CoworkerCheckin',
  'CoworkerCheckinFailed',
  'VisitorNotification',
  'CommunityBoardNewThread',
  'CommunityBoardNewReply',
  'VisitorCheckedin',
  'VisitorRegistered',
  'BlogPostDelete',
  'CalendarEventDelete',
  'HelDeskMessageCreated',
  'HelpDeskCommentCreated',
  'CheckinCreated',
  'CheckinUpdated',
  'CheckinDeleted',
  'CoworkerDelete',
  'CoworkerMessageCreate',
  'DeliveryCreated',
  'DeliveryAssigned',
  'ProposalCreated',
  'ProposalUpdated',
  'ProposalDeleted',
  'TeamCreated',
  'TeamUpdated',
  'TeamDeleted',
  'CoworkerContractUpdate',
  'AccessControlUpdate',
  'CoworkerContractCreate',
  'FailedCheckin',
  'VisitorDeleted',
  'CoworkerInvoiceLedgerEntryCreate',
  'CoworkerInvoiceLedgerEntryDelete',
  'CoworkerInvoiceLedgerEntryUpdate',
  'CoworkerProductCreate',
  'CoworkerProductUpdate',
  'CoworkerProductDelete',
  'FloorPlanDeskCreate',
  'FloorPlanDeskDelete',
  'FloorPlanDeskUpdate',
  'TariffCreate',
  'TariffDelete',
  'TariffUpdate',
  'CoworkerContractDelete',
  'FloorPlanCreate',
  'FloorPlanDelete',
  'FloorPlanUpdate',
  'ProductCreate',
  'ProductDelete',
  'ProductUpdate',
  'BusinessUpdate',
  'CommunityGroupCreate',
  'CommunityGroupDelete',
  'CommunityGroupUpdate',
  'CoworkerPaymentMethodCreate',
  'CoworkerPaymentMethodDelete',
  'CoworkerPaymentMethodUpdate',
]

test('every published action is in the table once, under its published name', () => {
  const byNumber = ACTIONS.toSorted((a, b) => a.number - b.number)

  expect(byNumber.map(({ number }) => number)).toEqual(PUBLISHED_NAMES.map((_, at) => at + 1))
  expect(byNumber.map(({ name }) => name)).toEqual(PUBLISHED_NAMES)
  expect(PUBLISHED_NAMES).toHaveLength(90)
})

test('people can choose every action except None', () => {
  expect(SELECTABLE_ACTIONS).toHaveLength(89)
  expect(findAction(1)).toEqual({ number: 1, name: 'None', label: 'None', group: null })
  expect(SELECTABLE_ACTIONS.map(({ number }) => number)).not.toContain(1)
})

test.each([
  ['Customers and teams', 11],
  ['Contracts and plans', 11],
  ['Billing', 13],
  ['Products', 6],
  ['Bookings and floor plans', 9],
  ['Check-in, visitors and access', 12],
  ['Events', 6],
  ['Community and news', 13],
  ['Help-desk and deliveries', 4],
  ['Proposals and location', 4],
])('the group %s has %i actions', (group, count) => {
  expect(SELECTABLE_ACTIONS.filter((action) => action.group === group)).toHaveLength(count)
})

test('actions are listed group by group, in the order of the groups', () => {
  const order = SELECTABLE_ACTIONS.map(({ group }) => ACTION_GROUPS.indexOf(group))

  expect(order).toEqual(order.toSorted((a, b) => a - b))
  expect(new Set(order).size).toBe(10)
})

test('no two actions share a label, even if case is ignored', () => {
  const labels = ACTIONS.map(({ label }) => label.toLowerCase())

  expect(new Set(labels).size).toBe(90)
})

test('an unknown action has a label but no name', () => {
  expect(findAction(97)).toBeUndefined()
  expect(actionLabel(97)).toBe('Action 97 (unknown to Hookdesk)')
  expect(actionApiName(97)).toBeNull()
  expect(findActionDetails(97)).toBeUndefined()
  expect(findActionDetails(1)).toBeUndefined()
})

test("a known action has Hookdesk's label and Nexudus' name", () => {
  expect(actionLabel(21)).toBe('Invoice – fully paid')
  expect(actionApiName(21)).toBe('CoworkerInvoicePaid')
  expect(actionApiName(45)).toBe('HelDeskMessageCreated')
})

test('every action that people can choose has an entity and synonyms', () => {
  for (const { number } of SELECTABLE_ACTIONS) {
    const details = findActionDetails(number)

    expect(details?.entity.path, `action ${number}`).toMatch(
      /^(spaces|billing|content|community|support|sys)\/[a-z]+$/,
    )
    expect(details?.synonyms.length, `action ${number}`).toBeGreaterThan(0)
  }
})

test('no synonym is listed twice for an action', () => {
  for (const { number } of SELECTABLE_ACTIONS) {
    const synonyms = findActionDetails(number)?.synonyms ?? []

    expect(synonyms, `action ${number}`).toEqual([...new Set(synonyms)])
  }
})

test('the record is marked as a guess only if neither documents nor the name settle it', () => {
  const guesses = SELECTABLE_ACTIONS.filter(
    ({ number }) => findActionDetails(number)?.entity.certain === false,
  )

  expect(guesses.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual([
    9, 34, 35, 36, 37, 61, 63,
  ])
})

test('the time of firing is given only if it is documented or was observed', () => {
  const told = SELECTABLE_ACTIONS.filter(({ number }) => findActionDetails(number)?.fires)

  expect(told.map(({ number }) => number)).toEqual([10, 11, 61])
  for (const { number } of told) {
    expect(findActionDetails(number)?.fires).toMatch(/^Fires [^.]+\.$/)
  }
})

test.each([10, 14, 62, 19, 20, 21, 23, 35, 36, 37, 47, 48, 49, 63])(
  'action %i is told apart from a similar one',
  (number) => {
    expect(findActionDetails(number)?.contrast).toMatch(/\.$/)
  },
)

test.each([
  [3, 'Coworker', 'spaces/coworkers', 'Customers: Created'],
  [6, 'Booking', 'spaces/bookings', 'Bookings: Created'],
  [20, 'CoworkerInvoice', 'billing/coworkerinvoices', 'Credit notes: Created'],
  [21, 'CoworkerInvoice', 'billing/coworkerinvoices', 'Invoices: Fully paid'],
  [28, 'EventAttendee', 'content/eventattendees', 'Event attendees: Created'],
  [40, 'CommunityMessage', 'community/communitymessages', 'Community messages: Message created'],
  [46, 'HelpDeskComment', 'support/helpdeskcomments', 'Help-desk: Reply created'],
  [47, 'Checkin', 'spaces/checkins', null],
  [71, 'FloorPlanDesk', 'sys/floorplandesks', 'Floor plans desk: Created'],
  [75, 'Tariff', 'billing/tariffs', null],
  [84, 'Business', 'sys/businesses', null],
])('action %i sends a %s of %s', (number, name, path, helpCentre) => {
  expect(findActionDetails(number)).toMatchObject({ entity: { name, path }, helpCentre })
})
