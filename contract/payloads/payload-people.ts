import type { Kit } from './payload-scene.ts'

// Customers, their teams, visits and messages. The fields are those of the documented entities;
// payload.ts says which of them were seen in a delivery.

export const coworker = ({ location, customer, plan, int, time }: Kit) => ({
  Businesses: [location.id],
  Teams: [],
  InvoicingBusinessId: location.id,
  FullName: customer.fullName,
  CoworkerType: 1,
  Salutation: customer.first,
  Gender: null,
  Email: customer.email,
  Active: true,
  Address: '24 Curtain Road',
  PostCode: 'EC2A 3NH',
  CityName: 'London',
  State: null,
  MobilePhone: `+44 7700 900${int(100, 999)}`,
  LandLine: null,
  CompanyName: customer.company,
  Position: 'Founder',
  ProfileTags: 'design, hardware',
  BillingName: customer.company ?? customer.fullName,
  BillingEmail: customer.email,
  BillingAddress: '24 Curtain Road',
  BillingPostCode: 'EC2A 3NH',
  BillingCityName: 'London',
  TariffId: plan.id,
  TariffName: plan.name,
  NextTariffId: null,
  AccessCardId: null,
  AccessPincode: null,
  KeyFobNumber: null,
  UserId: null,
  RegistrationDate: time(-60 * 24 * int(1, 900)),
  RenewalDate: time(60 * 24 * int(1, 30)),
  GeneralTermsAccepted: true,
  ...customFields(),
  HasDueInvoices: false,
  IsAdmin: false,
})

const customFields = () =>
  Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`Custom${at + 1}`, null]))

export const coworkerMessage = ({ customer, id, location }: Kit) => ({
  CoworkerId: customer.id,
  EmailAccountId: id(),
  Subject: 'Your post has arrived',
  Body: `<p>Hello ${customer.first}, a parcel is waiting for you at ${location.name}.</p>`,
  IsNewMessage: true,
  Incoming: false,
})

export const coworkerPaymentMethod = ({ location, customer, int, pick }: Kit) => ({
  CoworkerId: customer.id,
  BusinessId: location.id,
  BusinessName: location.name,
  RegularPaymentProvider: pick([2, 11, 12, 13]),
  MethodId: `pm_${int(100_000, 999_999)}example`,
  CustomerId: `cus_${int(100_000, 999_999)}example`,
  MandateId: null,
  CardNumber: `**** **** **** ${int(1000, 9999)}`,
  Notes: null,
})

export const team = ({ location, customer, int }: Kit) => ({
  BusinessId: location.id,
  Name: customer.company ?? `${customer.last} and friends`,
  Description: null,
  PayingMemberId: customer.id,
  CreateSingleInvoiceForTeam: true,
  MaxTeamMemberCount: int(4, 12),
  TransferCreditsToPayingMember: false,
  ShareExtraServices: true,
  ShareTimePasses: true,
  DiscountExtraServices: 0,
  DiscountTariff: 0,
  DiscountTimePasses: 0,
  ProfileIsPublic: false,
  ProfileSummary: null,
  ProfileTagLine: null,
  CoworkerIds: [customer.id],
  CoworkerFullNames: customer.fullName,
  CoworkerBillingNames: customer.company ?? customer.fullName,
  ActiveContracts: 1,
})

export const checkin = ({ location, customer, plan, time, uuid, int }: Kit) => ({
  CoworkerId: customer.id,
  CoworkerFullName: customer.fullName,
  BusinessId: location.id,
  BusinessName: location.name,
  FromTime: time(-int(0, 240)),
  ToTime: null,
  Source: 2,
  MacAddresses: null,
  TeamsAtTheTimeOfCheckin: null,
  TariffAtTheTimeOfCheckin: plan.name,
  CoworkerTimePassGuid: uuid(),
  LastActivity: time(0),
})

export const visitor = ({ location, customer, time, int, pick }: Kit) => ({
  FullName: pick(['Nadia Haddad', 'Björn Ångström', 'Ines Carvalho', 'Oliver Twist']),
  CoworkerId: customer.id,
  CoworkerFullName: customer.fullName,
  BusinessId: location.id,
  Email: `visitor-${int(1, 999)}@guests.example.test`,
  PhoneNumber: null,
  VisitorSource: 1,
  VisitorCode: String(int(100_000, 999_999)),
  CheckedInAt: null,
  Notes: null,
  VisitReason: 'Meeting',
  CompanyName: 'Haddad & Partner',
  ExpectedArrival: time(30),
  Arrived: false,
  ArrivalDate: null,
  IsTour: false,
  TourConfirmed: false,
  HostApprovalStatus: null,
})

export const delivery = ({ location, customer, int }: Kit) => ({
  BusinessId: location.id,
  CoworkerId: customer.id,
  Name: 'Parcel',
  Location: `Shelf ${int(1, 12)}`,
  ReceivedBy: 'Front desk',
  Notes: 'Fragile',
  Processed: false,
  Collected: false,
  CollectedOn: null,
  RequiresSignature: true,
  Signed: false,
  Forwarded: false,
  Recycled: false,
  ReturnedToSender: false,
})

export const helpDeskMessage = ({ location, customer, id }: Kit) => ({
  BusinessId: location.id,
  CoworkerId: customer.id,
  HelpDeskDepartmentId: id(),
  Subject: 'The heating in the big room 🥶',
  MessageText: 'It has been at 16 °C since this morning. Could somebody have a look?',
  Closed: false,
  ClosedOn: null,
  OwnerId: null,
  FirstResponseTimeInMinutes: null,
})

export const helpDeskComment = ({ customer, id }: Kit) => ({
  HelpDeskMessageId: id(),
  CoworkerId: customer.id,
  MessageText: 'Thank you, somebody is on the way.',
})
