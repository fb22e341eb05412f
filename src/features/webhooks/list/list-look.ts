import { useSyncExternalStore } from 'react'
import * as z from 'zod/mini'

/** `compact`: one line a row. */
export const DENSITIES = ['compact', 'comfortable'] as const

export const OPTIONAL_COLUMNS = ['location', 'action', 'destination', 'triggered'] as const

export type Density = (typeof DENSITIES)[number]
export type OptionalColumn = (typeof OPTIONAL_COLUMNS)[number]

const lookSchema = z.object({
  density: z.catch(z.enum(DENSITIES), 'compact'),
  hidden: z.catch(z.array(z.enum(OPTIONAL_COLUMNS)), []),
})

type Look = z.infer<typeof lookSchema>

const KEPT = 'hookdesk-list-look'
const PLAIN: Look = { density: 'compact', hidden: [] }

let look: Look | undefined
const listeners = new Set<() => void>()

function readLook(): Look {
  try {
    return z.parse(lookSchema, JSON.parse(localStorage.getItem(KEPT) ?? '{}'))
  } catch {
    return PLAIN
  }
}

export function changeLook(change: Partial<Look>) {
  look = { ...getLook(), ...change }
  for (const listener of listeners) listener()
  try {
    localStorage.setItem(KEPT, JSON.stringify(look))
  } catch {
    // without storage the choice lasts until the page is loaded again
  }
}

const getLook = () => (look ??= readLook())

function listen(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** The look of the list that the person chose in this browser. */
export const useListLook = () => useSyncExternalStore(listen, getLook)
