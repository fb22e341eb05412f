import { useContext, useState } from 'react'
import * as z from 'zod/mini'

import { createEntryState, EntryContext } from '#ui/hooks/entry-state.ts'
import { useKeptOverReload } from '#ui/hooks/kept-over-reload.ts'
import { readKept } from '#ui/hooks/kept.ts'

import { withoutSecrets } from './plan-text.ts'

export type Source = { text: string; fileName: string | null }

const KEPT = 'plan'

const keptSchema = z.object({
  entry: z.string(),
  text: z.string(),
  fileName: z.nullable(z.string()),
  isMasked: z.boolean(),
})

const EMPTY: Source = { text: '', fileName: null }

const useEntrySource = createEntryState<Source>()

/**
 * The text of the plan. Back finds it as it was left; a reload finds it without secrets, because
 * the browser writes that copy to disk.
 */
export function useKeptSource() {
  const entry = useContext(EntryContext)
  const [restored] = useState(() => keptIn(entry))
  const [initial] = useState<Source>(() => restored ?? EMPTY)
  const [source, setSource] = useEntrySource(initial)
  useKeptOverReload(KEPT, () => keptText(entry, source))

  return { source, setSource, isMasked: source === initial && restored?.isMasked === true }
}

function keptText(entry: string, { text, fileName }: Source): string | null {
  if (text === '') return null
  const kept = withoutSecrets(text)
  return JSON.stringify({ entry, text: kept, fileName, isMasked: kept !== text })
}

const keptIn = (entry: string) =>
  readKept(KEPT, (text) => {
    const kept = z.safeParse(keptSchema, text).data
    return kept?.entry === entry ? kept : undefined
  })
