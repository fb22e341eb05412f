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
 * Whoever is not signed in gets the sign-in page, at the address they asked for, and is there
 * once they are. The router and the component library are loaded only behind it.
 */
function Gate() {
  const { data, isError, refetch } = useQuery(sessionQueries.state())
  const { elsewhere, follow } = useOtherTabs()
  const isSignedIn = data?.session != null

  useEffect(() => {
    // while they type, the rest arrives; who only looks loads nothing
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
      // whatever was still under way when the last session ended may have reported it since
      onSignedIn={sessionTrouble.settle}
      elsewhere={elsewhere?.session ?? null}
      onFollow={follow}
    />
  )
}
