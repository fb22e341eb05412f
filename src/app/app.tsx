import { QueryClientProvider, useQuery } from '@tanstack/react-query'
import { Suspense, useEffect, useState } from 'react'

import { nameWhoAsks } from '#api/who-asks.ts'
import { sessionQueries } from '#features/session/session-queries.ts'
import { SignInPage } from '#features/session/sign-in-page.tsx'
import { LineBanner } from '#ui/feedback/line-banner.tsx'
import { lazyPart } from '#ui/feedback/load-part.ts'

import { createQueryClient } from './query-client.ts'
import { sessionTrouble } from './session-trouble.ts'
import { useOtherTabs } from './use-other-tabs.ts'

const SignedIn = lazyPart(() => import('./signed-in.tsx'), 'SignedIn')

export function App() {
  const [queryClient] = useState(createClient)
  return (
    <QueryClientProvider client={queryClient}>
      <LineBanner />
      <Gate />
    </QueryClientProvider>
  )
}

function createClient() {
  const client = createQueryClient(sessionTrouble.report)
  nameWhoAsks(() => client.getQueryData(sessionQueries.state().queryKey)?.session)
  return client
}

/**
 * Shows the sign-in page to a person who is not signed in, at the address they asked for; that
 * screen opens once they have signed in. The router and the component library load only after that.
 */
function Gate() {
  const { data, isError, refetch } = useQuery(sessionQueries.state())
  const { elsewhere, follow } = useOtherTabs()
  const isSignedIn = data?.session != null

  useEffect(() => {
    // the rest loads while the person types; a visitor who types nothing loads nothing more
    const load = () => void SignedIn.preload()
    document.addEventListener('focusin', load, { once: true })
    return () => document.removeEventListener('focusin', load)
  }, [])

  if (isSignedIn) {
    return (
      <Suspense>
        <SignedIn />
      </Suspense>
    )
  }
  return (
    <SignInPage
      state={data}
      isUnreachable={isError}
      onAgain={() => void refetch()}
      // calls still under way when the last session ended may have reported trouble since
      onSignedIn={sessionTrouble.settle}
      elsewhere={elsewhere?.session ?? null}
      onFollow={follow}
    />
  )
}
