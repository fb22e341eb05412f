import { queryOptions, type QueryClient } from '@tanstack/react-query'
import * as z from 'zod/mini'

import { deskStateSchema, type DeskState } from '#contract/desk.ts'

import { forgetEntryStates } from '#ui/entry-state.ts'

import { getDeskState } from './session-api.ts'

export const sessionQueries = {
  all: () => ['session'] as const,

  state: () =>
    queryOptions({
      queryKey: [...sessionQueries.all(), 'state'],
      queryFn: ({ signal }) => getDeskState(signal),
      staleTime: 'static',
      initialData: stampedState,
    }),
}

/** What the server wrote into the page; nothing where it could not know, and the page asks. */
function stampedState(): DeskState | undefined {
  const text = document.getElementById('desk-state')?.textContent ?? ''
  return z.safeParse(deskStateSchema, JSON.parse(text)).data
}

/**
 * Forgets everything but who is signed in. Not `clear()`: whoever watches the session would go on
 * watching what was cleared.
 */
export function forgetData(client: QueryClient) {
  forgetEntryStates()
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQueries.all()[0] })
}
