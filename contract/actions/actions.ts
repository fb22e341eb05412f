import { UNREAD_ACTION } from '#contract/nexudus/wire-values.ts'

/** Hookdesk's groups, in the picker's order; Nexudus' numbers are in no useful order. */
export const ACTION_GROUPS = [
  'Customers and teams',
  'Contracts and plans',
  'Billing',
  'Products',
  'Bookings and floor plans',
  'Check-in, visitors and access',
  'Events',
  'Community and news',
  'Help-desk and deliveries',
  'Proposals and location',
] as const

export type ActionGroup = (typeof ACTION_GROUPS)[number]

/** A value of Nexudus' eWebhookAction: the occurrence that a webhook fires on. */
export type Action = {
  number: number
  /** Spelled as in the API, slips included. */
  name: string
  label: string
  /** `null` for `None`, which nobody can choose. */
  group: ActionGroup | null
}

export type SelectableAction = Action & { group: ActionGroup }

type Row = readonly [number: number, name: string, label: string]

// The list needs these labels at first paint. The form's further texts are in action-details.ts.
const ROWS = {
  'Customers and teams': [
    [3, 'CoworkerCreate', 'Customer – created'],
    [2, 'CoworkerUpdate', 'Customer – updated'],
    [50, 'CoworkerDelete', 'Customer – deleted'],
    [9, 'SendWelcomeEmail', 'Customer – welcome e-mail sent'],
    [51, 'CoworkerMessageCreate', 'Customer message – created'],
    [88, 'CoworkerPaymentMethodCreate', 'Payment method – created'],
    [90, 'CoworkerPaymentMethodUpdate', 'Payment method – updated'],
    [89, 'CoworkerPaymentMethodDelete', 'Payment method – deleted'],
    [57, 'TeamCreated', 'Team – created'],
    [58, 'TeamUpdated', 'Team – updated'],
    [59, 'TeamDeleted', 'Team – deleted'],
  ],
  'Contracts and plans': [
    [62, 'CoworkerContractCreate', 'Contract – created'],
    [10, 'CoworkerContractActivate', 'Contract – activated'],
    [14, 'CoworkerContractActivateFirst', 'Contract – activated for the first time'],
    [60, 'CoworkerContractUpdate', 'Contract – updated'],
    [12, 'CoworkerContractRenew', 'Contract – renewed'],
    [13, 'CoworkerContractUpgradeDowngrade', 'Contract – upgraded or downgraded'],
    [11, 'CoworkerContractCancel', 'Contract – cancelled'],
    [77, 'CoworkerContractDelete', 'Contract – deleted'],
    [74, 'TariffCreate', 'Plan – created'],
    [76, 'TariffUpdate', 'Plan – updated'],
    [75, 'TariffDelete', 'Plan – deleted'],
  ],
  Billing: [
    [16, 'CoworkerInvoiceCreate', 'Invoice – created'],
    [15, 'CoworkerInvoiceCreateFirst', 'Invoice – first one created'],
    [18, 'CoworkerInvoiceUpdate', 'Invoice – updated'],
    [24, 'CoworkerInvoiceAwaitingPayment', 'Invoice – awaiting payment'],
    [23, 'CoworkerInvoiceReceivedPayment', 'Invoice – payment received'],
    [21, 'CoworkerInvoicePaid', 'Invoice – fully paid'],
    [22, 'CoworkerInvoiceFailedPayment', 'Invoice – payment failed'],
    [19, 'CoworkerInvoiceRefund', 'Invoice – cancelled or refunded'],
    [17, 'CoworkerInvoiceDelete', 'Invoice – deleted'],
    [20, 'CoworkerInvoiceCreditNote', 'Credit note – created'],
    [65, 'CoworkerInvoiceLedgerEntryCreate', 'Ledger entry – created'],
    [67, 'CoworkerInvoiceLedgerEntryUpdate', 'Ledger entry – updated'],
    [66, 'CoworkerInvoiceLedgerEntryDelete', 'Ledger entry – deleted'],
  ],
  Products: [
    [81, 'ProductCreate', 'Product – created'],
    [83, 'ProductUpdate', 'Product – updated'],
    [82, 'ProductDelete', 'Product – deleted'],
    [68, 'CoworkerProductCreate', 'Customer product – created'],
    [69, 'CoworkerProductUpdate', 'Customer product – updated'],
    [70, 'CoworkerProductDelete', 'Customer product – deleted'],
  ],
  'Bookings and floor plans': [
    [6, 'BookingCreate', 'Booking – created'],
    [7, 'BookingUpdate', 'Booking – updated'],
    [8, 'BookingDelete', 'Booking – deleted'],
    [78, 'FloorPlanCreate', 'Floor plan – created'],
    [80, 'FloorPlanUpdate', 'Floor plan – updated'],
    [79, 'FloorPlanDelete', 'Floor plan – deleted'],
    [71, 'FloorPlanDeskCreate', 'Floor plan desk – created'],
    [73, 'FloorPlanDeskUpdate', 'Floor plan desk – updated'],
    [72, 'FloorPlanDeskDelete', 'Floor plan desk – deleted'],
  ],
  'Check-in, visitors and access': [
    [36, 'CoworkerCheckin', 'Customer – checked in'],
    [35, 'CoworkerCheckout', 'Customer – checked out'],
    [37, 'CoworkerCheckinFailed', 'Customer – check-in failed'],
    [63, 'FailedCheckin', 'Check-in attempt – failed'],
    [47, 'CheckinCreated', 'Check-in record – created'],
    [48, 'CheckinUpdated', 'Check-in record – updated'],
    [49, 'CheckinDeleted', 'Check-in record – deleted'],
    [42, 'VisitorRegistered', 'Visitor – registered'],
    [41, 'VisitorCheckedin', 'Visitor – checked in'],
    [38, 'VisitorNotification', 'Visitor – notification'],
    [64, 'VisitorDeleted', 'Visitor – deleted'],
    [61, 'AccessControlUpdate', 'Access control – updated'],
  ],
  Events: [
    [25, 'CalendarEventCreate', 'Event – created'],
    [26, 'CalendarEventUpdate', 'Event – updated'],
    [44, 'CalendarEventDelete', 'Event – deleted'],
    [28, 'CalendarEventAttendeeCreate', 'Event attendee – created'],
    [29, 'CalendarEventAttendeeUpdate', 'Event attendee – updated'],
    [27, 'CalendarEventAttendeeDelete', 'Event attendee – deleted'],
  ],
  'Community and news': [
    [4, 'BlogPostCreate', 'Article – created'],
    [5, 'BlogPostUpdate', 'Article – updated'],
    [43, 'BlogPostDelete', 'Article – deleted'],
    [39, 'CommunityBoardNewThread', 'Community – thread created'],
    [40, 'CommunityBoardNewReply', 'Community – reply created'],
    [85, 'CommunityGroupCreate', 'Community group – created'],
    [87, 'CommunityGroupUpdate', 'Community group – updated'],
    [86, 'CommunityGroupDelete', 'Community group – deleted'],
    [30, 'GlobalChatMessageCreate', 'Chat message – created'],
    [31, 'NewsLetterSubscriberCreate', 'Newsletter subscriber – created'],
    [32, 'NewsLetterSubscriberSubscribed', 'Newsletter – subscribed'],
    [33, 'NewsLetterSubscriberUnSubscribed', 'Newsletter – unsubscribed'],
    [34, 'NewsLetterSubscriberRemovedFromGroup', 'Newsletter – removed from group'],
  ],
  'Help-desk and deliveries': [
    // the API's own spelling, without the "p"
    [45, 'HelDeskMessageCreated', 'Help-desk message – created'],
    [46, 'HelpDeskCommentCreated', 'Help-desk reply – created'],
    [52, 'DeliveryCreated', 'Delivery – created'],
    [53, 'DeliveryAssigned', 'Delivery – assigned to a customer'],
  ],
  'Proposals and location': [
    [54, 'ProposalCreated', 'Proposal – created'],
    [55, 'ProposalUpdated', 'Proposal – updated'],
    [56, 'ProposalDeleted', 'Proposal – deleted'],
    [84, 'BusinessUpdate', 'Location – updated'],
  ],
} as const satisfies Record<ActionGroup, readonly Row[]>

const NONE = { number: 1, name: 'None', label: 'None', group: null } as const satisfies Action

type Rows = (typeof ROWS)[ActionGroup][number]

/** The number of each name. */
export type ActionNumbers = { readonly [Of in Rows as Of[1]]: Of[0] } & { readonly None: 1 }

/** The 89 actions that people can choose, in catalogue order: by group, then by likely use. */
export const SELECTABLE_ACTIONS: readonly SelectableAction[] = ACTION_GROUPS.flatMap((group) =>
  ROWS[group].map(([number, name, label]) => ({ number, name, label, group })),
)

/** All 90 actions, `None` first. */
export const ACTIONS: readonly Action[] = [NONE, ...SELECTABLE_ACTIONS]

const byNumber = new Map(ACTIONS.map((action) => [action.number, action]))

export function findAction(number: number): Action | undefined {
  return byNumber.get(number)
}

/** A label for any number: Nexudus adds actions over time, so it may be missing from the table. */
export function actionLabel(number: number): string {
  if (number === UNREAD_ACTION) return 'Action that cannot be read'
  return findAction(number)?.label ?? `Action ${number} (unknown to Hookdesk)`
}

export function actionApiName(number: number): string | null {
  return findAction(number)?.name ?? null
}
