import { queryOptions } from '@tanstack/react-query'

import {
  getSettings,
  listDeliveries,
  listMails,
  listReceived,
  listReceivers,
} from './sandbox-api.ts'

/** Short enough to watch events as they happen; a hidden tab asks for nothing. */
const LIVE_MS = 1_000

export const sandboxQueries = {
  all: () => ['sandbox'] as const,

  settings: () =>
    queryOptions({
      queryKey: [...sandboxQueries.all(), 'settings'],
      queryFn: ({ signal }) => getSettings(signal),
    }),

  deliveries: () =>
    queryOptions({
      queryKey: [...sandboxQueries.all(), 'deliveries'],
      queryFn: ({ signal }) => listDeliveries(signal),
      refetchInterval: LIVE_MS,
    }),

  received: () =>
    queryOptions({
      queryKey: [...sandboxQueries.all(), 'received'],
      queryFn: ({ signal }) => listReceived(signal),
      refetchInterval: LIVE_MS,
    }),

  mails: () =>
    queryOptions({
      queryKey: [...sandboxQueries.all(), 'mails'],
      queryFn: ({ signal }) => listMails(signal),
      refetchInterval: 2 * LIVE_MS,
    }),

  receivers: () =>
    queryOptions({
      queryKey: [...sandboxQueries.all(), 'receivers'],
      queryFn: ({ signal }) => listReceivers(signal),
      refetchInterval: 5 * LIVE_MS,
    }),
}
