import { useCallback, useRef, useState } from 'react'

import type { ProbeReport } from '#contract/desk/probe.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { paced } from '#fleet/paced.ts'
import { probe } from '#fleet/probe-api.ts'
import { useOnLeave } from '#ui/hooks/effects.ts'

/** The desk's limit is shared by everyone, so one person does not use all of it. */
const AT_ONCE = 2

export type Probed =
  | { state: 'checking' }
  | { state: 'checked'; report: ProbeReport }
  | { state: 'failed'; text: string }

/** Checks each URL once, and keeps the results as long as the page is open. */
export function useProbes() {
  const [probed, setProbed] = useState<ReadonlyMap<string, Probed>>(new Map())
  const [waitsUntil, setWaitsUntil] = useState<number | null>(null)
  const [isRunning, setIsRunning] = useState(false)
  const running = useRef<AbortController>(undefined)
  const stop = useCallback(() => running.current?.abort(), [])
  useOnLeave(stop)

  async function start(addresses: readonly string[]) {
    const controller = new AbortController()
    const { signal } = controller
    running.current?.abort()
    running.current = controller
    setIsRunning(true)
    const note = (url: string, now: Probed | null) => {
      if (signal.aborted) return
      setProbed((before) => {
        const after = new Map(before)
        if (now) after.set(url, now)
        else after.delete(url)
        return after
      })
    }
    const check = async (url: string) => {
      note(url, { state: 'checking' })
      try {
        const report = await probe({ target: { kind: 'address', url } })
        note(url, { state: 'checked', report })
      } catch (error) {
        note(url, null)
        throw error
      }
    }
    const options = { atOnce: AT_ONCE, signal, onWait: setWaitsUntil }
    await paced(addresses, check, options).catch((error: unknown) => {
      if (signal.aborted) return
      for (const url of addresses) {
        setProbed((before) =>
          before.get(url)?.state === 'checked'
            ? before
            : new Map(before).set(url, { state: 'failed', text: explainFailure(error) }),
        )
      }
    })
    if (running.current !== controller) return
    setWaitsUntil(null)
    setIsRunning(false)
    // checks under way when the person stopped them have no result
    setProbed((all) => new Map([...all].filter(([, { state }]) => state !== 'checking')))
  }

  return { probed, waitsUntil, isRunning, start, stop }
}
