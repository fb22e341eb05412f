import * as z from 'zod/mini'

import type { WebhookInput } from '#contract/nexudus/webhook.ts'
import { searchText } from '#ui/hooks/search-params.ts'

/** What a link may bring to the page. It never makes anything by itself. */
export const fanOutSearchSchema = z.object({
  /** `location:action` pairs: exactly these are the plan. */
  cells: searchText,
  /** The webhooks to copy. */
  copy: searchText,
  locations: searchText,
  actions: searchText,
  url: searchText,
})

export type FanOutSearch = z.infer<typeof fanOutSearchSchema>

declare module '@tanstack/history' {
  interface HistoryState {
    /** What was typed into the form for one webhook, and is not for the address. */
    fanOut?: Partial<Pick<WebhookInput, 'URL' | 'Description' | 'Active'>>
  }
}
