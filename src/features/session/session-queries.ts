import { queryOptions, type QueryClient } from '@tanstack/react-query'
import * as z from 'zod/mini'

import { deskStateSchema, type DeskState } from '#contract/desk/desk.ts'

import { forgetEntryStates } from '#ui/hooks/entry-state.ts'
import { forgetKept } from '#ui/hooks/kept.ts'

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

  /** The person signed in now, whom another tab may have changed; asked again every time. */
  now: () =>
    queryOptions({
      queryKey: [...sessionQueries.all(), 'now'],
      queryFn: ({ signal }) => getDeskState(signal),
      staleTime: 0,
      gcTime: 0,
    }),
}

/**
 * The state that the server wrote into the page; `undefined` if it could not know, and the page
 * asks.
 */
function stampedState(): DeskState | undefined {
  const text = document.getElementById('desk-state')?.textContent ?? ''
  return z.safeParse(deskStateSchema, JSON.parse(text)).data
}

function forgetTyped() {
  forgetEntryStates()
  forgetKept()
}

/**
 * Forgets everything except the session. Not `clear()`: components that watch the session would go
 * on watching the cleared query.
 */
export function forgetData(client: QueryClient) {
  forgetTyped()
  client.removeQueries({ predicate: (query) => !isOfSession(query) })
}

/**
 * Continues the page as another person. Visible data stays until it is read again in their name,
 * since forms depend on it; other data is removed.
 */
export function becomePerson(client: QueryClient, state: DeskState) {
  forgetTyped()
  client.removeQueries({ type: 'inactive', predicate: (query) => !isOfSession(query) })
  client.setQueryData(sessionQueries.state().queryKey, state)
  void client.invalidateQueries({ predicate: (query) => !isOfSession(query) })
}

export const isOfSession = ({ queryKey }: { queryKey: readonly unknown[] }) =>
  queryKey[0] === sessionQueries.all()[0]
