import type { WebhookInput } from '#contract/nexudus/webhook.ts'

/** Shoreditch, one of the manager's two locations in the sandbox. */
const SHOREDITCH = 1_400_000_002

/** A webhook as the form would send it, with a name that no other test uses. */
export const draft = (more: Partial<WebhookInput> = {}): WebhookInput => ({
  BusinessId: SHOREDITCH,
  Action: 6,
  Name: `Bookings ${crypto.randomUUID()}`,
  URL: 'https://hooks.example.com/nexudus?key=k3y',
  Description: 'For the door',
  Active: true,
  ...more,
})
