import { useQueries, type UseQueryResult } from '@tanstack/react-query'

import { ApiError } from '#api/failure.ts'
import { inputOf, type Webhook } from '#contract/nexudus/webhook.ts'
import { UNREAD_ACTION } from '#contract/nexudus/wire-values.ts'
import { webhookQueries } from '#fleet/webhook-queries.ts'

import type { Source } from './plan.ts'

/** The current webhooks to copy, with the description, which the list lacks. */
export function useSources(ids: readonly number[]) {
  return useQueries({ queries: ids.map((id) => webhookQueries.detail(id)), combine })
}

function combine(reads: UseQueryResult<Webhook>[]) {
  const missing = reads.filter(({ data, error }) => !data && isGone(error)).length
  const read = reads.flatMap(({ data }) => data ?? [])
  const sources = read
    .filter(({ Action }) => Action !== UNREAD_ACTION)
    .map((webhook): Source => ({ id: webhook.Id, input: inputOf(webhook) }))
  const failed = reads.filter(({ data, error }) => !data && error && !isGone(error))
  return {
    sources,
    /** The number of webhooks that no longer exist. */
    missing,
    /** The number of webhooks with an unreadable action: a copy would be a guess. */
    unread: read.length - sources.length,
    error: failed[0]?.error ?? null,
    isReady: read.length + missing === reads.length,
    readAgain: () => failed.forEach(({ refetch }) => void refetch()),
  }
}

const isGone = (error: Error | null) => error instanceof ApiError && error.code === 'not_found'
