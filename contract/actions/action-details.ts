/** The record that Nexudus sends, and its place in the API. */
export type ActionEntity = {
  name: string
  path: string
  /** `false` if neither the documents nor the action's name settle which record it is. */
  certain: boolean
}

/** Texts about an action for the form, and words by which the search finds it. */
export type ActionDetails = {
  entity: ActionEntity
  /** Label in Nexudus' own screens, as far as one was published. */
  helpCentre: string | null
  /** Words that people use for it, collected by hand. */
  synonyms: readonly string[]
  /** Words for the record's owner; they match only beside a word for what happened. */
  owners: readonly string[]
  /** When it fires, only if documented or observed: a wrong sentence is worse than none. */
  fires: string | null
  /** Difference from a similar action, as far as is known. */
  contrast?: string
}

type Subject = ActionEntity & { words: readonly string[]; owners: readonly string[] }
type Row = readonly [
  number: number,
  subject: Subject,
  helpCentre: string | null,
  words: readonly string[],
  notes?: { fires?: string; contrast?: string },
]

function subject(
  name: string,
  path: string,
  words: readonly string[],
  owners: readonly string[] = [],
): Subject {
  return { name, path, certain: true, words, owners }
}

function guess(from: Subject): Subject {
  return { ...from, certain: false }
}

const NEW = ['new', 'add']
const CHANGED = ['change', 'edit', 'modify', 'modified']
const GONE = ['remove']
const CALLED_OFF = ['remove', 'cancel']

// owners of the records that belong to one customer
const WHO = ['customer', 'member', 'client', 'tenant', 'coworker']
const MEMBERSHIP = ['membership', 'subscription']

const CUSTOMER = subject('Coworker', 'spaces/coworkers', [
  'member',
  'client',
  'tenant',
  'coworker',
  'contact',
  'person',
  'user',
])
const MESSAGE = subject('CoworkerMessage', 'spaces/coworkermessages', ['email', 'inbox'], WHO)
// documented as a record; its place under billing/ is inferred from its neighbours
const PAYMENT_METHOD = subject(
  'CoworkerPaymentMethod',
  'billing/coworkerpaymentmethods',
  ['card', 'credit card', 'direct debit', 'mandate', 'stripe', 'gocardless'],
  WHO,
)
const TEAM = subject('Team', 'spaces/teams', ['company', 'organisation', 'organization'])
const CONTRACT = subject(
  'CoworkerContract',
  'billing/coworkercontracts',
  [...MEMBERSHIP, 'lease', 'agreement', 'licence', 'license'],
  WHO,
)
const PLAN = subject('Tariff', 'billing/tariffs', [...MEMBERSHIP, 'price plan', 'package', 'rate'])
const INVOICE = subject('CoworkerInvoice', 'billing/coworkerinvoices', ['bill'], WHO)
const LEDGER = subject(
  'CoworkerLedgerEntry',
  'billing/coworkerledgerentries',
  ['transaction', 'balance', 'payment', 'debit', 'credit', 'account'],
  WHO,
)
const PRODUCT = subject('Product', 'billing/products', ['item', 'shop', 'store', 'catalogue'])
const SALE = subject(
  'CoworkerProduct',
  'billing/coworkerproducts',
  ['purchase', 'order', 'sale', 'sold', 'bought', 'item'],
  WHO,
)
const BOOKING = subject(
  'Booking',
  'spaces/bookings',
  ['reservation', 'reserve', 'room', 'meeting', 'desk', 'resource', 'appointment'],
  WHO,
)
const FLOOR_PLAN = subject('FloorPlan', 'sys/floorplans', ['map', 'layout'])
const DESK = subject('FloorPlanDesk', 'sys/floorplandesks', ['office', 'unit', 'seat', 'map'])
const CHECKIN = subject('Checkin', 'spaces/checkins', ['attendance', 'presence'], WHO)
const PRESENCE = guess({
  ...CUSTOMER,
  words: ['attendance', 'presence'],
  owners: WHO,
})
const VISITOR = subject('Visitor', 'spaces/visitors', ['guest', 'reception', 'front desk'])
const EVENT = subject('CalendarEvent', 'content/calendarevents', ['workshop', 'class', 'talk'])
const ATTENDEE = subject('EventAttendee', 'content/eventattendees', [
  'participant',
  'event ticket',
  'rsvp',
  'registration',
])
const ARTICLE = subject('BlogPost', 'content/blogposts', ['blog', 'news', 'story'])
const THREAD = subject('CommunityThread', 'community/communitythreads', [
  'forum',
  'discussion',
  'topic',
  'post',
])
const REPLY = subject('CommunityMessage', 'community/communitymessages', [
  'forum',
  'discussion',
  'answer',
  'comment',
  'post',
])
const COMMUNITY_GROUP = subject('CommunityGroup', 'community/communitygroups', ['forum', 'club'])
const CHAT = subject('GlobalChatMessage', 'support/globalchatmessages', ['instant message'])
const SUBSCRIBER = subject('NewsLetterSubscriber', 'content/newslettersubscribers', [
  'mailing list',
  'email',
  'marketing',
])
// "heldesk": a person who copies the API's slip wants both actions
const SUPPORT_WORDS = ['ticket', 'support', 'issue', 'heldesk']
const SUPPORT_MESSAGE = subject('HelpDeskMessage', 'support/helpdeskmessages', [
  ...SUPPORT_WORDS,
  'request',
  'complaint',
])
const SUPPORT_COMMENT = subject('HelpDeskComment', 'support/helpdeskcomments', [
  ...SUPPORT_WORDS,
  'answer',
  'response',
])
const DELIVERY = subject(
  'CoworkerDelivery',
  'spaces/coworkerdeliveries',
  ['parcel', 'post', 'mail', 'package', 'letter', 'courier'],
  WHO,
)
const PROPOSAL = subject('Proposal', 'billing/proposals', [
  'quote',
  'lead',
  'offer',
  'estimate',
  'opportunity',
  'deal',
])
const LOCATION = subject('Business', 'sys/businesses', [
  'site',
  'space',
  'branch',
  'building',
  'centre',
  'center',
  'venue',
  'settings',
])

const SOLD = 'A product of one customer; “Product” is the item on offer.'
const OFFERED = 'The item on offer; “Customer product” is a product of one customer.'
const RECORD = 'About the check-in record; “checked in” (36) and “out” (35) are about the customer.'

const ROWS: readonly Row[] = [
  [3, CUSTOMER, 'Customers: Created', [...NEW, 'sign up', 'join', 'registered', 'onboarding']],
  [2, CUSTOMER, 'Customers: Updated', [...CHANGED, 'profile']],
  [50, CUSTOMER, 'Customers: Deleted', GONE],
  [9, guess(CUSTOMER), 'Customers: Welcome Email sent', ['onboarding', 'invitation', 'invite']],
  [51, MESSAGE, 'Customer message: Created', NEW],
  [88, PAYMENT_METHOD, null, NEW],
  [90, PAYMENT_METHOD, null, CHANGED],
  [89, PAYMENT_METHOD, null, GONE],
  [57, TEAM, null, NEW],
  [58, TEAM, null, CHANGED],
  [59, TEAM, null, GONE],

  [
    62,
    CONTRACT,
    'Contracts: Created',
    [...NEW, 'signed'],
    { contrast: 'The record being made; “activated” (10) follows on the day it takes effect.' },
  ],
  [
    10,
    CONTRACT,
    'Contracts: Activated',
    ['start', 'begin', 'move in'],
    {
      fires: 'Fires on the day the contract takes effect, not when that is scheduled.',
      contrast: '“For the first time” (14) and “created” (62) are actions of their own.',
    },
  ],
  [
    14,
    CONTRACT,
    'Contracts: First activated',
    ['start', 'begin', 'move in', 'new'],
    { contrast: 'Only a first activation; “activated” (10) does not say first.' },
  ],
  [60, CONTRACT, 'Contracts: Updated', CHANGED],
  [12, CONTRACT, 'Contracts: Renewed', ['renewal', 'extend']],
  [13, CONTRACT, 'Contracts: Upgraded/downgraded', ['switch', 'change', 'change plan']],
  [
    11,
    CONTRACT,
    'Contracts: Cancelled',
    ['end', 'ended', 'terminate', 'churn', 'move out', 'cancellation'],
    {
      fires:
        'Fires on the day the cancellation takes effect, not when it is scheduled, and was seen not to fire when the customer is deleted.',
    },
  ],
  [77, CONTRACT, null, GONE],
  [74, PLAN, 'Plans: Created', NEW],
  [76, PLAN, null, CHANGED],
  [75, PLAN, null, GONE],

  [16, INVOICE, 'Invoices: Created', [...NEW, 'issued', 'sent']],
  [15, INVOICE, 'Invoices: First created', [...NEW, 'issued']],
  [18, INVOICE, 'Invoices: Updated', CHANGED],
  [
    24,
    INVOICE,
    'Invoices: Awaiting payment',
    ['unpaid', 'due', 'overdue', 'outstanding', 'owed', 'late payment'],
  ],
  [
    23,
    INVOICE,
    'Invoices: Received payment',
    ['paid', 'pays', 'receipt', 'money'],
    { contrast: 'About a payment coming in; “fully paid” (21) is about the whole invoice.' },
  ],
  [
    21,
    INVOICE,
    'Invoices: Fully paid',
    ['pays', 'payment', 'settled', 'full', 'money'],
    { contrast: 'About the whole invoice; “payment received” (23) is about a payment coming in.' },
  ],
  [
    22,
    INVOICE,
    'Invoices: Failed payment',
    ['declined', 'card declined', 'bounced', 'failure', 'unpaid'],
  ],
  [
    19,
    INVOICE,
    'Invoices: Cancelled / refunded',
    ['void', 'money back', 'reimburse'],
    { contrast: 'Marks the invoice itself; a credit note (20) is a new record.' },
  ],
  [17, INVOICE, 'Invoices: Deleted', GONE],
  [
    20,
    INVOICE,
    'Credit notes: Created',
    [...NEW, 'refund'],
    { contrast: 'A new record with a negative amount; a refund (19) marks the invoice itself.' },
  ],
  [65, LEDGER, null, NEW],
  [67, LEDGER, null, CHANGED],
  [66, LEDGER, null, GONE],

  [81, PRODUCT, null, NEW, { contrast: OFFERED }],
  [83, PRODUCT, null, CHANGED, { contrast: OFFERED }],
  [82, PRODUCT, null, GONE, { contrast: OFFERED }],
  [68, SALE, 'Customer Products: Created', [...NEW, 'day pass'], { contrast: SOLD }],
  [69, SALE, 'Customer Products: Updated', CHANGED, { contrast: SOLD }],
  [70, SALE, 'Customer Products: Deleted', CALLED_OFF, { contrast: SOLD }],

  [6, BOOKING, 'Bookings: Created', [...NEW, 'made']],
  [7, BOOKING, 'Bookings: Updated', [...CHANGED, 'moved', 'reschedule']],
  [8, BOOKING, 'Bookings: Deleted', CALLED_OFF],
  [78, FLOOR_PLAN, null, NEW],
  [80, FLOOR_PLAN, null, CHANGED],
  [79, FLOOR_PLAN, null, GONE],
  [71, DESK, 'Floor plans desk: Created', NEW],
  [73, DESK, 'Floor plans desk: Updated', CHANGED],
  [72, DESK, 'Floor plans desk: Deleted', GONE],

  [
    36,
    PRESENCE,
    'Customers: Check-in',
    ['arrive', 'enter'],
    { contrast: 'About the customer; “Check-in record – created” (47) is about the record.' },
  ],
  [
    35,
    PRESENCE,
    'Customers: Check-out',
    ['leave', 'left', 'exit'],
    { contrast: 'About the customer; “Check-in record – updated” (48) is about the record.' },
  ],
  [
    37,
    PRESENCE,
    'Customers: Failed check-in',
    ['denied', 'refused', 'failure'],
    {
      contrast:
        'Nexudus lists it under customers, and “Check-in attempt – failed” (63) under check-ins; how they differ is not documented.',
    },
  ],
  [
    63,
    guess(CHECKIN),
    'Check-in: Attempt failed',
    ['denied', 'refused', 'failure'],
    {
      contrast:
        'Nexudus lists it under check-ins, and “Customer – check-in failed” (37) under customers; how they differ is not documented.',
    },
  ],
  [47, CHECKIN, null, NEW, { contrast: RECORD }],
  [48, CHECKIN, 'Check-in: Updated', CHANGED, { contrast: RECORD }],
  [49, CHECKIN, 'Check-in: Deleted', GONE, { contrast: RECORD }],
  [
    42,
    VISITOR,
    'Visitors: Created/Registered',
    [...NEW, 'expected', 'invite', 'announced', 'walk in'],
  ],
  [41, VISITOR, null, ['arrive', 'walk in']],
  [38, VISITOR, null, ['notify', 'alert', 'host']],
  [64, VISITOR, null, CALLED_OFF],
  [
    61,
    guess({ ...CUSTOMER, words: [], owners: WHO }),
    'Access control: Updated',
    [
      ...CHANGED,
      'door',
      'lock',
      'key',
      'fob',
      'badge',
      'card',
      'pin',
      'pass',
      'day pass',
      'suspended',
    ],
    {
      fires:
        'Fires 15 minutes before a booking starts and 15 minutes after it ends; when a booking is deleted; when a contract is created, updated, activated or cancelled; when a pass is created, updated or deleted; when a customer is created, activated or suspended, checks in or out, or joins or leaves a team; and when the details of an access card or fob change.',
    },
  ],

  [25, EVENT, 'Events: Created', NEW],
  [26, EVENT, 'Events: Updated', [...CHANGED, 'reschedule']],
  [44, EVENT, 'Events: Deleted', CALLED_OFF],
  [28, ATTENDEE, 'Event attendees: Created', [...NEW, 'sign up', 'join', 'registered']],
  [29, ATTENDEE, 'Event attendees: Updated', CHANGED],
  [27, ATTENDEE, 'Event attendees: Deleted', CALLED_OFF],

  [4, ARTICLE, 'Articles: Created', [...NEW, 'published']],
  [5, ARTICLE, 'Articles: Updated', CHANGED],
  [43, ARTICLE, 'Articles: Deleted', GONE],
  [39, THREAD, 'Community messages: Thread created', NEW],
  [40, REPLY, 'Community messages: Message created', NEW],
  [85, COMMUNITY_GROUP, null, NEW],
  [87, COMMUNITY_GROUP, null, CHANGED],
  [86, COMMUNITY_GROUP, null, GONE],
  [30, CHAT, 'Chat message: Created', NEW],
  [31, SUBSCRIBER, 'Newsletter subscribers: Created', NEW],
  [32, SUBSCRIBER, 'Newsletter subscribers: Subscribed', ['opt in', 'sign up', 'join']],
  [33, SUBSCRIBER, 'Newsletter subscribers: Unsubscribed', ['opt out', 'leave', 'left']],
  [34, guess(SUBSCRIBER), 'Newsletter subscribers: Removed from group', ['segment', 'delete']],

  [45, SUPPORT_MESSAGE, 'Help-desk: Message created', [...NEW, 'open']],
  [46, SUPPORT_COMMENT, 'Help-desk: Reply created', NEW],
  [52, DELIVERY, 'Deliveries: Created', [...NEW, 'arrived', 'received']],
  [53, DELIVERY, 'Deliveries: Assigned to customers', ['recipient', 'addressee']],

  [54, PROPOSAL, null, NEW],
  [55, PROPOSAL, null, [...CHANGED, 'accepted', 'sent']],
  [56, PROPOSAL, null, GONE],
  [84, LOCATION, null, CHANGED],
]

const byNumber = new Map(ROWS.map((row) => [row[0], details(row)]))

function details([, about, helpCentre, words, notes]: Row): ActionDetails {
  const { name, path, certain } = about
  return {
    entity: { name, path, certain },
    helpCentre,
    synonyms: [...about.words, ...words],
    owners: about.owners,
    fires: null,
    ...notes,
  }
}

/** `undefined` for `None` and for unknown numbers. */
export function findActionDetails(number: number): ActionDetails | undefined {
  return byNumber.get(number)
}
