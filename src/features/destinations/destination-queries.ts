import { queryOptions, skipToken } from '@tanstack/react-query'

import type { ProbeReport } from '#contract/desk/probe.ts'

/** Results of checks in this tab. The desk keeps no results, so they last as long as the tab. */
export const destinationQueries = {
  all: () => ['destinations'] as const,

  lastProbe: (host: string) =>
    queryOptions<ProbeReport>({
      queryKey: [...destinationQueries.all(), 'probe', host],
      // only `useProbes` writes it
      queryFn: skipToken,
      staleTime: 'static',
      gcTime: Infinity,
    }),
}
