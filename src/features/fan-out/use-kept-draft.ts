import { useContext, useState } from 'react'
import * as z from 'zod/mini'

import { isSafeToKeep } from '#contract/address/address.ts'
import { createEntryState, EntryContext } from '#ui/hooks/entry-state.ts'
import { useKeptOverReload } from '#ui/hooks/kept-over-reload.ts'
import { readKept } from '#ui/hooks/kept.ts'

import type { Choices, Draft } from './plan.ts'

const KEPT = 'fanOut'

const numbers = z.pipe(
  z.array(z.number()),
  z.transform((values) => new Set(values)),
)

const keptSchema = z.object({
  entry: z.string(),
  draft: z.object({
    locations: numbers,
    actions: numbers,
    URL: z.nullable(z.string()),
    pattern: z.string(),
    keepsNames: z.boolean(),
    Description: z.string(),
    Active: z.boolean(),
  }),
  choices: z.pipe(
    z.array(z.tuple([z.string(), z.boolean()])),
    z.transform((entries) => new Map(entries)),
  ),
})

const NO_CHOICES: Choices = new Map()

const useEntryDraft = createEntryState<Draft>()
const useEntryChoices = createEntryState<Choices>()

/** The draft of the form: Back finds it as it was left, and a reload finds it without keys. */
export function useKeptDraft(start: Draft) {
  const entry = useContext(EntryContext)
  const [restored] = useState(() => keptIn(entry))
  const [initial] = useState(() => restored?.draft ?? start)
  const [initialChoices] = useState(() => restored?.choices ?? NO_CHOICES)
  const [draft, setDraft] = useEntryDraft(initial)
  const [choices, setChoices] = useEntryChoices(initialChoices)
  const isTouched = draft !== start || choices.size > 0
  useKeptOverReload(KEPT, () => (isTouched ? keptText(entry, draft, choices) : null))
  return { draft, setDraft, choices, setChoices, isTouched, isRestored: restored !== undefined }
}

function keptText(entry: string, draft: Draft, choices: Choices): string {
  const { URL: address, locations, actions } = draft
  const kept = {
    ...draft,
    locations: [...locations],
    actions: [...actions],
    URL: address === null || isSafeToKeep(address) ? address : '',
  }
  return JSON.stringify({ entry, draft: kept, choices: [...choices] })
}

const keptIn = (entry: string) =>
  readKept(KEPT, (text) => {
    const kept = z.safeParse(keptSchema, text).data
    return kept?.entry === entry ? kept : undefined
  })
