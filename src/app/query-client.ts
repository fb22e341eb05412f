import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'

import { ApiError, isOtherPerson, isSignedOut } from '#api/failure.ts'

import type { SessionTrouble } from './session-trouble.ts'

/** The desk has tried already; once more helps only where the desk itself did not answer. */
const isWorthRetrying = (failures: number, error: Error) =>
  failures < 1 && error instanceof ApiError && error.code === 'desk_unreachable'

/** `onTrouble` is told whenever any call finds the session over or changed; features never look for it. */
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
      // a change that waits for a connection would happen minutes later, unasked
      mutations: { networkMode: 'always', retry: false },
    },
  })
}
