import { useContext, useEffect, useRef, useState } from 'react'
import * as z from 'zod/mini'

import { createEntryState, EntryContext, onForget } from '#ui/entry-state.ts'

import { withoutSecrets } from './plan-text.ts'

export type Source = { text: string; fileName: string | null }

const KEPT = 'hookdesk.plan'

const keptSchema = z.object({
  entry: z.string(),
  text: z.string(),
  fileName: z.nullable(z.string()),
  isMasked: z.boolean(),
})

const EMPTY: Source = { text: '', fileName: null }

const useEntrySource = createEntryState<Source>()

onForget(() => tryStorage((storage) => storage.removeItem(KEPT)))

/**
 * The text of the plan: found by Back as it was left, and after a reload without what opens doors,
 * since the browser writes that to disk.
 */
export function useKeptSource() {
  const entry = useContext(EntryContext)
  const [restored] = useState(() => readKept(entry))
  const [initial] = useState<Source>(() => restored ?? EMPTY)
  const [source, setSource] = useEntrySource(initial)
  const latest = useRef(source)
  useEffect(() => {
    latest.current = source
  })

  // on leaving, and not at every key: a plan may be long
  useEffect(() => {
    const keep = () => writeKept(entry, latest.current)
    addEventListener('pagehide', keep)
    return () => removeEventListener('pagehide', keep)
  }, [entry])

  return { source, setSource, isMasked: source === initial && restored?.isMasked === true }
}

function writeKept(entry: string, { text, fileName }: Source) {
  tryStorage((storage) => {
    if (text === '') {
      storage.removeItem(KEPT)
      return
    }
    const kept = withoutSecrets(text)
    const isMasked = kept !== text
    storage.setItem(KEPT, JSON.stringify({ entry, text: kept, fileName, isMasked }))
  })
}

function readKept(entry: string) {
  return tryStorage((storage) => {
    const kept = z.safeParse(keptSchema, JSON.parse(storage.getItem(KEPT) ?? 'null')).data
    return kept?.entry === entry ? kept : undefined
  })
}

function tryStorage<Result>(act: (storage: Storage) => Result): Result | undefined {
  try {
    return act(sessionStorage)
  } catch {
    // a browser without storage, or a full one, does without
    return undefined
  }
}
