import type { SiteKey } from './seed-network.ts'

export const MINUTE = 1
export const HOUR = 60
export const DAY = 24 * HOUR
export const YEAR = 365 * DAY

/** A webhook of the demonstration network; its times are minutes before the seeding. */
export type SeedWebhook = {
  site: SiteKey
  action: number
  name: string
  url: string
  created: number
  /** Absent: it never fired. */
  fired?: number
  /** Absent: true. */
  active?: false
  /** Absent: 0. */
  errors?: number
  lastError?: string
  description?: string
  systemId?: string
  /** Absent: one of the network's administrators. */
  by?: string
}
