import type { WebhookInput } from '#contract/nexudus/webhook.ts'

/** Shoreditch, one of the two locations of the manager in the sandbox. */
const SHOREDITCH = 1_400_000_002

/** A webhook as the form would send it, under a name that no other test has. */
export const draft = (more: Partial<WebhookInput> = {}): WebhookInput => ({
  BusinessId: SHOREDITCH,
  Action: 6,
  Name: `Bookings ${crypto.randomUUID()}`,
  URL: 'https://hooks.example.com/nexudus?key=k3y',
  Description: 'For the door',
  Active: true,
  ...more,
})
