import type { DemoAccount } from '#contract/desk/desk.ts'

export const DEMO_PASSWORD = 'sandbox'

/** Public on purpose: people who try the second factor can add it to their own app. */
export const SANDBOX_TOTP_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'

/** The account that a desk beside the sandbox watches with. It is not offered to people. */
export const WATCH_ACCOUNT = { email: 'watch@hookdesk.test', password: DEMO_PASSWORD }

/** The accounts offered to people, with their rights. */
export const DEMO_ACCOUNTS: DemoAccount[] = [
  {
    email: 'admin@hookdesk.test',
    password: DEMO_PASSWORD,
    may: 'Everything, at every location',
  },
  {
    email: 'named@hookdesk.test',
    password: DEMO_PASSWORD,
    may: 'Everything, at locations that are all named',
  },
  {
    email: 'manager@hookdesk.test',
    password: DEMO_PASSWORD,
    may: 'See, pause, resume and edit webhooks at two locations',
  },
  {
    email: 'viewer@hookdesk.test',
    password: DEMO_PASSWORD,
    may: 'See webhooks at every location, change nothing',
  },
  {
    email: 'totp@hookdesk.test',
    password: DEMO_PASSWORD,
    may: 'Everything, after a second factor',
  },
  {
    email: 'norole@hookdesk.test',
    password: DEMO_PASSWORD,
    may: 'No role: sees no webhooks',
  },
]
