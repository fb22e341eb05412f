import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'

import { ApiError, isSignedOut } from '#api/failure.ts'

/** The desk has tried already; once more helps only where the desk itself did not answer. */
const isWorthRetrying = (failures: number, error: Error) =>
  failures < 1 && error instanceof ApiError && error.code === 'desk_unreachable'

/** `onSignedOut` is told whenever any call finds the session over; features never look for it. */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const onError = (error: Error) => {
    if (isSignedOut(error)) onSignedOut()
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
