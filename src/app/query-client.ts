import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'

import { ApiError, isOtherPerson, isSignedOut } from '#api/failure.ts'

import type { SessionTrouble } from './session-trouble.ts'

/** The desk has tried already; another try helps only if the desk itself did not answer. */
const isWorthRetrying = (failures: number, error: Error) =>
  failures < 1 && error instanceof ApiError && error.code === 'desk_unreachable'

/**
 * Creates the query client. It calls `onTrouble` whenever any call finds the session ended or
 * changed, so features need not look for that.
 */
export function createQueryClient(onTrouble: (found: SessionTrouble) => void): QueryClient {
  const onError = (error: Error) => {
    if (isSignedOut(error)) onTrouble('over')
    if (isOtherPerson(error)) onTrouble('other-person')
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { retry: isWorthRetrying, staleTime: 30_000, refetchOnWindowFocus: true },
      // a change that waited for a connection would happen minutes later, unexpectedly
      mutations: { networkMode: 'always', retry: false },
    },
  })
}
