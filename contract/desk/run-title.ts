import * as z from 'zod/mini'

import { isStorable } from '#contract/nexudus/text.ts'

/** The longest name in a title, in UTF-16 units: of a location, a host or a file. */
export const LONGEST_TITLE_NAME = 160

const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(LONGEST_TITLE_NAME), isStorable)

/**
 * Depth of undo: 1 undoes a run, 2 undoes that undo, and so on; absent for a run that undoes none.
 */
const undo = z.optional(z.int().check(z.positive()))

/** A run's act, for a list of runs. The page has the words. */
export const runTitleSchema = z.discriminatedUnion('act', [
  z.object({
    act: z.enum(['create', 'pause', 'resume', 'describe', 'delete', 'switch-on']),
    /** Number of webhooks. */
    count: z.int().check(z.positive()),
    undo,
  }),
  z.object({ act: z.literal('copy'), to: name, undo }),
  z.object({ act: z.literal('move'), from: name, to: name, undo }),
  z.object({ act: z.literal('import'), file: z.nullable(name), undo }),
])

/** A title, or the words that an earlier version of Hookdesk stored. */
export const keptTitleSchema = z.union([
  runTitleSchema,
  z.object({ act: z.literal('other'), text: z.string(), undo }),
])

export type RunTitle = z.infer<typeof runTitleSchema>
export type KeptTitle = z.infer<typeof keptTitleSchema>

/** The title of the run that undoes this one. */
export const undoOf = (title: KeptTitle): KeptTitle => ({ ...title, undo: (title.undo ?? 0) + 1 })

/** A stored title: structured in `what`, or in the words of an earlier version of Hookdesk. */
export type StoredTitle = { what: KeptTitle | null; title: string | null }

export const titleOf = ({ what, title }: StoredTitle): KeptTitle =>
  what ?? { act: 'other', text: title ?? '' }
