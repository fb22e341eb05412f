import * as z from 'zod/mini'

import type { WebhookInput } from '#contract/nexudus/webhook.ts'
import { searchText } from '#ui/hooks/search-params.ts'

/** The values that a link may bring to the page. A link alone never creates anything. */
export const fanOutSearchSchema = z.object({
  /** `location:action` pairs: exactly these are the plan. */
  cells: searchText,
  copy: searchText,
  locations: searchText,
  actions: searchText,
  url: searchText,
})

export type FanOutSearch = z.infer<typeof fanOutSearchSchema>

declare module '@tanstack/history' {
  interface HistoryState {
    /** Text typed into the form for one webhook, which must not appear in the address. */
    fanOut?: Partial<Pick<WebhookInput, 'URL' | 'Description' | 'Active'>>
  }
}
