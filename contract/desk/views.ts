import * as z from 'zod/mini'

import { isStorable } from '#contract/nexudus/text.ts'

/** In UTF-16 units. */
export const LONGEST_VIEW_NAME = 60
const LONGEST_SEARCH = 2000

/** Views of their own that one person may have. */
export const VIEWS_AT_MOST = 30

const view = {
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(LONGEST_VIEW_NAME), isStorable),
  /** Filters, typed text and order, as the list writes them into its address. */
  search: z.string().check(z.maxLength(LONGEST_SEARCH), isStorable),
  /** True if everybody in the network sees it. */
  isShared: z.boolean(),
}

export const newViewSchema = z.object(view)

/** Values that are left out stay as they are. */
export const viewChangeSchema = z.partial(z.object(view))

const savedViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  search: z.string(),
  isShared: z.boolean(),
  isOwn: z.boolean(),
  /** The person who made it, by their sign-in at Nexudus. */
  by: z.string(),
})

/** The person's own views, and then those that others share with the network. */
export const viewsSchema = z.object({ views: z.array(savedViewSchema) })

/** The answer to a save, with the id of the saved view. */
export const savedSchema = z.extend(viewsSchema, { id: z.string() })

export type NewView = z.infer<typeof newViewSchema>
export type ViewChange = z.infer<typeof viewChangeSchema>
export type SavedView = z.infer<typeof savedViewSchema>
export type Views = z.infer<typeof viewsSchema>
