import * as z from 'zod/mini'

import { isStorable } from '#contract/nexudus/text.ts'

/** The longest name in a title, in UTF-16 units: of a location, a host or a file. */
export const LONGEST_TITLE_NAME = 160

const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(LONGEST_TITLE_NAME), isStorable)

/** How often a run takes back one that takes back one …; absent for a run that takes nothing back. */
const undo = z.optional(z.int().check(z.positive()))

/** What a run does, for a list of runs. The page has the words. */
export const runTitleSchema = z.discriminatedUnion('act', [
  z.object({
    act: z.enum(['create', 'pause', 'resume', 'describe', 'delete', 'switch-on']),
    /** How many webhooks. */
    count: z.int().check(z.positive()),
    undo,
  }),
  z.object({ act: z.literal('copy'), to: name, undo }),
  z.object({ act: z.literal('move'), from: name, to: name, undo }),
  z.object({ act: z.literal('import'), file: z.nullable(name), undo }),
])

/** The same, or the words that an earlier version of Hookdesk kept. */
export const keptTitleSchema = z.union([
  runTitleSchema,
  z.object({ act: z.literal('other'), text: z.string(), undo }),
])

export type RunTitle = z.infer<typeof runTitleSchema>
export type KeptTitle = z.infer<typeof keptTitleSchema>

/** The title of the run that takes one back. */
export const undoOf = (title: KeptTitle): KeptTitle => ({ ...title, undo: (title.undo ?? 0) + 1 })

/** A title as it is stored: as `what`, or as the words of an earlier version of Hookdesk. */
export type StoredTitle = { what: KeptTitle | null; title: string | null }

export const titleOf = ({ what, title }: StoredTitle): KeptTitle =>
  what ?? { act: 'other', text: title ?? '' }
