import { DEMO_PASSWORD, SANDBOX_TOTP_SECRET, WATCH_ACCOUNT } from '#sandbox/access/accounts.ts'
import { hashPassword } from '#sandbox/access/password.ts'
import type { RoleRow, UserRoleRow, UserRow } from '#sandbox/db/tables.ts'

import { deterministicUuid } from '#sandbox/records/deterministic-uuid.ts'

const ENTITIES = `
  Business BusinessSetting WebHook User UserRole Role Application Coworker CoworkerContract
  CoworkerInvoice CoworkerProduct CoworkerDelivery CoworkerMessage CoworkerPaymentMethod
  CoworkerLedgerEntry Tariff Product Proposal Booking Resource ResourceType Team Visitor Checkin
  FloorPlan FloorPlanDesk BlogPost CalendarEvent EventAttendee NewsLetterSubscriber
  HelpDeskMessage HelpDeskComment CommunityGroup CommunityThread CommunityMessage GlobalChatMessage
`
  .trim()
  .split(/\s+/)

const VERBS = ['List', 'Read', 'Edit', 'Create', 'Delete']

const FIRST_ROLE = 1_400_020_001
const FIRST_USER_ROLE = 1_400_030_001
const FIRST_USER = 1_400_010_001

type Stamp = { createdOn: string; updatedOn: string; updatedBy: string }

export function roleRows(stamp: Stamp): RoleRow[] {
  const names = ENTITIES.flatMap((entity) => VERBS.map((verb) => `${entity}-${verb}`))
  return names.map((name, index) => ({
    id: FIRST_ROLE + index,
    uniqueId: deterministicUuid(`role ${name}`),
    systemId: null,
    name,
    ...stamp,
  }))
}

// needed to show locations, and to find out one's own rights
const HELPERS = ['Business-List', 'Business-Read', 'UserRole-Read', 'Role-List']

const USER_ROLES = {
  manager: {
    id: FIRST_USER_ROLE,
    name: 'Location manager',
    roles: ['WebHook-List', 'WebHook-Read', 'WebHook-Edit', ...HELPERS],
  },
  viewer: {
    id: FIRST_USER_ROLE + 1,
    name: 'Webhook viewer',
    roles: ['WebHook-List', 'WebHook-Read', ...HELPERS],
  },
  none: { id: FIRST_USER_ROLE + 2, name: 'No rights yet', roles: [] },
  // what the watch needs to look, and to end pauses
  watch: {
    id: FIRST_USER_ROLE + 3,
    name: 'Hookdesk watch',
    roles: ['WebHook-List', 'WebHook-Read', 'WebHook-Edit', ...HELPERS],
  },
}

/** The account's own business, the two that the manager is limited to, and all of them. */
export type Places = { root: number; managed: [number, number]; all: number[] }

/** A user role belongs to a location, but its rights apply to the whole network. */
export function userRoleRows(roles: RoleRow[], places: Places, stamp: Stamp): UserRoleRow[] {
  const idOf = new Map(roles.map((role) => [role.name, role.id]))
  const { manager, viewer, none, watch } = USER_ROLES
  return [
    // at a location the manager can see, or they could not read their own role
    { ...manager, businessId: places.managed[0] },
    { ...viewer, businessId: places.root },
    { ...none, businessId: places.root },
    { ...watch, businessId: places.root },
  ].map((role) => ({
    ...role,
    roles: role.roles.flatMap((name) => idOf.get(name) ?? []),
    uniqueId: deterministicUuid(`user role ${role.name}`),
    systemId: null,
    ...stamp,
  }))
}

type Account = Pick<UserRow, 'fullName' | 'email' | 'defaultBusinessId'> &
  Partial<
    Pick<
      UserRow,
      'businesses' | 'userRoles' | 'twoFactorSecret' | 'mustResetPassword' | 'apiAccess'
    >
  >

function accountsOf({ root, managed, all }: Places): Account[] {
  return [
    { email: 'admin@hookdesk.test', fullName: 'Ana Admin', defaultBusinessId: root },
    {
      email: 'manager@hookdesk.test',
      fullName: 'Malik Manager',
      defaultBusinessId: managed[0],
      businesses: managed,
      userRoles: [USER_ROLES.manager.id],
    },
    {
      email: 'viewer@hookdesk.test',
      fullName: 'Vera Viewer',
      defaultBusinessId: root,
      userRoles: [USER_ROLES.viewer.id],
    },
    {
      email: 'totp@hookdesk.test',
      fullName: 'Tomás Totp',
      defaultBusinessId: root,
      twoFactorSecret: SANDBOX_TOTP_SECRET,
      // Basic authentication has no room for a code; what Nexudus does then is not documented
      apiAccess: false,
    },
    {
      email: 'norole@hookdesk.test',
      fullName: 'Nora Norole',
      defaultBusinessId: root,
      userRoles: [USER_ROLES.none.id],
    },
    {
      email: 'reset@hookdesk.test',
      fullName: 'Rafael Reset',
      defaultBusinessId: root,
      mustResetPassword: true,
      apiAccess: false,
    },
    {
      email: 'named@hookdesk.test',
      fullName: 'Nadia Named',
      defaultBusinessId: root,
      // the documented form of no limit
      businesses: all,
    },
    {
      email: WATCH_ACCOUNT.email,
      fullName: 'Hookdesk Watch',
      defaultBusinessId: root,
      userRoles: [USER_ROLES.watch.id],
    },
  ]
}

export function userRows(places: Places, stamp: Stamp): Promise<UserRow[]> {
  return Promise.all(
    accountsOf(places).map(async (account, index) => ({
      id: FIRST_USER + index,
      uniqueId: deterministicUuid(`user ${account.email}`),
      systemId: null,
      accessToken: deterministicUuid(`access token ${account.email}`),
      twoFactorSecret: null,
      spentSteps: [],
      mustResetPassword: false,
      isAdmin: true,
      apiAccess: true,
      active: true,
      businesses: [],
      userRoles: [],
      lastAccess: null,
      ...stamp,
      ...(await hashPassword(DEMO_PASSWORD)),
      ...account,
    })),
  )
}
