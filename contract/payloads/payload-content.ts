import type { Kit } from './payload-scene.ts'

// Events, articles, the community and the newsletter.

const DAY = 60 * 24

export const calendarEvent = ({ location, id, int, time }: Kit) => ({
  BusinessId: location.id,
  Name: 'Breakfast with founders 🥐',
  ShortDescription: 'Croissants, coffee, and two short talks.',
  LongDescription: '<p>Doors open at eight.</p>',
  Location: 'Event space',
  VenueAddress: '24 Curtain Road, London',
  ResourceId: id(),
  StartDate: time(DAY * 7),
  EndDate: time(DAY * 7 + 120),
  Allocation: int(20, 80),
  PublishDate: time(0),
  OnlyForMembers: false,
  OnlyForContacts: false,
  RepeatEvent: false,
  RepeatEvery: null,
  RepeatUntil: null,
})

export const eventAttendee = ({ customer, id, int, time, location }: Kit) => ({
  CalendarEventId: id(),
  CoworkerId: customer.id,
  CoworkerFullName: customer.fullName,
  FullName: customer.fullName,
  Email: customer.email,
  AttendeeCode: String(int(100_000, 999_999)),
  CheckedIn: false,
  CheckedInDate: null,
  EventProductId: id(),
  EventProductName: 'Standard ticket',
  EventProductPrice: 12,
  EventProductCurrencyCode: location.currency,
  Invoiced: false,
  CoworkerInvoiceId: null,
  CoworkerInvoiceNumber: null,
  CoworkerInvoicePaid: false,
  DueDate: time(DAY * 14),
  PurchaseOrder: null,
})

export const blogPost = ({ location, id, time }: Kit) => ({
  BusinessId: location.id,
  PostedById: id(),
  Title: 'New on the roof: a kitchen garden 🌱',
  SummaryText: 'Help yourself to the herbs.',
  FullText: '<p>Help yourself to the herbs, and water what you take.</p>',
  PublishDate: time(0),
  CommentsCount: 0,
})

export const communityThread = ({ location, id, time }: Kit) => ({
  BusinessId: location.id,
  CommunityGroupId: id(),
  UserId: id(),
  Subject: 'Who knows a good accountant?',
  Message: 'Ours retires in spring.',
  Tags: 'help',
  Private: false,
  LastMessageDate: time(0),
})

export const communityMessage = ({ id }: Kit) => ({
  CommunityThreadId: id(),
  UserId: id(),
  Message: 'Mine answers on the same day. I will introduce you.',
})

export const communityGroup = ({ location, id }: Kit) => ({
  BusinessId: location.id,
  UserId: id(),
  Name: 'Runners before work',
  Description: 'Tuesdays at seven, five kilometres.',
  GroupAccess: 1,
})

export const globalChatMessage = ({ location, id }: Kit) => ({
  BusinessId: location.id,
  FromUserId: id(),
  MessageText: 'The lift is working again.',
})

export const newsLetterSubscriber = ({ location, customer }: Kit) => ({
  Name: customer.fullName,
  Email: customer.email,
  BusinessId: location.id,
  CompanyName: customer.company,
  Language: 'en',
  VisitReason: null,
  Active: true,
  Viewed: 0,
  Clicked: 0,
})
