import { queryOptions, skipToken } from '@tanstack/react-query'

import type { ProbeReport } from '#contract/desk/probe.ts'

/** What was found out about hosts here. The desk keeps no results, so they last as long as this tab. */
export const destinationQueries = {
  all: () => ['destinations'] as const,

  lastProbe: (host: string) =>
    queryOptions<ProbeReport>({
      queryKey: [...destinationQueries.all(), 'probe', host],
      // only ever written by whoever probes
      queryFn: skipToken,
      staleTime: 'static',
      gcTime: Infinity,
    }),
}
