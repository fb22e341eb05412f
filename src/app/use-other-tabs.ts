import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

import { personText, type DeskState } from '#contract/desk/desk.ts'
import { onOtherTabs } from '#features/session/other-tabs.ts'
import { forgetData, isOfSession, sessionQueries } from '#features/session/session-queries.ts'

import { sessionTrouble } from './session-trouble.ts'

const stateKey = () => sessionQueries.state().queryKey

/**
 * Follows what other tabs do to the session they share. If a person signs in there while this tab
 * has typed text, returns that state instead of following it: the text would be lost with its form.
 */
export function useOtherTabs() {
  const client = useQueryClient()
  const [elsewhere, setElsewhere] = useState<DeskState | null>(null)
  useEffect(
    () =>
      onOtherTabs({
        'signed-out': () => {
          const state = client.getQueryData(stateKey())
          setElsewhere(null)
          // clears everything that this tab still shows
          forgetData(client)
          client.setQueryData(stateKey(), state && { ...state, session: null })
        },
        'signed-in': () => void followSignIn(client, setElsewhere),
      }),
    [client],
  )
  return {
    elsewhere,
    follow: () => {
      setElsewhere(null)
      client.setQueryData(stateKey(), elsewhere ?? undefined)
    },
  }
}

async function followSignIn(client: QueryClient, ask: (now: DeskState) => void) {
  // if the desk does not answer, the next request finds out
  const now = await client.fetchQuery(sessionQueries.now()).catch(() => undefined)
  if (!now?.session) return
  const believed = client.getQueryData(stateKey())?.session
  if (!believed) {
    if (isSomethingTyped()) ask(now)
    else client.setQueryData(stateKey(), now)
    return
  }
  if (personText(believed) !== personText(now.session)) {
    sessionTrouble.report('other-person')
    return
  }
  sessionTrouble.settle()
  client.setQueryData(stateKey(), now)
  void client.invalidateQueries({ predicate: (query) => !isOfSession(query) })
}

const isSomethingTyped = () =>
  [...document.querySelectorAll('input')].some(({ value }) => value !== '')
