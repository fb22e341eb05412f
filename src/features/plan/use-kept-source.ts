import { useContext, useState } from 'react'
import * as z from 'zod/mini'

import { createEntryState, EntryContext } from '#ui/entry-state.ts'
import { keptName, tryStorage, useKeptOverReload } from '#ui/kept.ts'

import { withoutSecrets } from './plan-text.ts'

export type Source = { text: string; fileName: string | null }

const KEPT = keptName('hookdesk.plan')

const keptSchema = z.object({
  entry: z.string(),
  text: z.string(),
  fileName: z.nullable(z.string()),
  isMasked: z.boolean(),
})

const EMPTY: Source = { text: '', fileName: null }

const useEntrySource = createEntryState<Source>()

/**
 * The text of the plan: found by Back as it was left, and after a reload without what opens doors,
 * since the browser writes that to disk.
 */
export function useKeptSource() {
  const entry = useContext(EntryContext)
  const [restored] = useState(() => readKept(entry))
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

function readKept(entry: string) {
  return tryStorage((storage) => {
    const kept = z.safeParse(keptSchema, JSON.parse(storage.getItem(KEPT) ?? 'null')).data
    return kept?.entry === entry ? kept : undefined
  })
}
