import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'

import { ApiError, isSignedOut } from '#api/failure.ts'
import type { Webhook } from '#contract/nexudus/webhook.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { paced } from '#fleet/paced.ts'
import { webhookQueries } from '#fleet/webhook-queries.ts'
import { useOnLeave } from '#ui/hooks/effects.ts'

const AT_ONCE = 3
/** An export right after an import need not read everything again. */
const FRESH_MS = 60_000

export type Details = {
  found: ReadonlyMap<number, Webhook>
  /** The reasons for records that could not be read. */
  failed: ReadonlyMap<number, string>
}

const NOTHING: Details = { found: new Map(), failed: new Map() }

/**
 * Reads whole records, a few at a time, because rows of the list lack the description. Records that
 * cannot be read are named with the reason, never left out silently.
 */
export function useDetails() {
  const client = useQueryClient()
  const [details, setDetails] = useState(NOTHING)
  /** The records that `details` are about; those of the latest request may still be under way. */
  const [readFor, setReadFor] = useState<string | null>(null)
  const [progress, setProgress] = useState<{ done: number; total: number } | null>(null)
  const [waitsUntil, setWaitsUntil] = useState<number | null>(null)
  const running = useRef<AbortController>(undefined)

  /** Stops reading; the results so far count. */
  const stop = useCallback(() => running.current?.abort(), [])
  useOnLeave(stop)

  const start = useCallback(
    async (ids: readonly number[]): Promise<Details | undefined> => {
      running.current?.abort()
      const controller = new AbortController()
      running.current = controller
      const onDone = (done: number) => setProgress({ done, total: ids.length })
      onDone(0)
      const read = await readDetails(client, ids, {
        signal: controller.signal,
        onDone,
        onWait: setWaitsUntil,
      })
      if (running.current !== controller) return undefined
      setDetails(read)
      setReadFor(ids.join())
      setProgress(null)
      setWaitsUntil(null)
      return controller.signal.aborted ? undefined : read
    },
    [client],
  )

  return { ...details, readFor, progress, waitsUntil, start, stop }
}

type ReadOptions = {
  signal: AbortSignal
  onDone: (count: number) => void
  onWait: (until: number | null) => void
}

async function readDetails(
  client: QueryClient,
  ids: readonly number[],
  { signal, onDone, onWait }: ReadOptions,
): Promise<Details> {
  const found = new Map<number, Webhook>()
  const failed = new Map<number, string>()
  const read = async (id: number) => {
    try {
      const query = { ...webhookQueries.detail(id), staleTime: FRESH_MS }
      found.set(id, await client.fetchQuery(query))
    } catch (error) {
      // the limit, or the end of the session, affects all of them
      if (error instanceof ApiError && error.code === 'throttled') throw error
      if (isSignedOut(error)) throw error
      failed.set(id, explainFailure(error))
    }
    if (!signal.aborted) onDone(found.size + failed.size)
  }
  await paced(ids, read, { atOnce: AT_ONCE, signal, onWait }).catch((error: unknown) => {
    if (signal.aborted) return
    for (const id of ids) if (!found.has(id)) failed.set(id, explainFailure(error))
  })
  return { found, failed }
}
