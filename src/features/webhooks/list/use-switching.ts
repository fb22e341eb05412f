import { notifyManager, useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'

import { ApiError } from '#api/failure.ts'
import type { Webhook } from '#contract/nexudus/webhook.ts'
import { useSetWebhookActive } from '#features/webhooks/webhook-mutations.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import type { FleetRow } from '#fleet/fleet.ts'
import { pauseQueries } from '#fleet/pauses.ts'
import { webhookQueries } from '#fleet/webhook-queries.ts'
import { EVENTS_WHILE_OFF } from '#texts/pause-words.ts'
import { useCopy } from '#ui/feedback/copy.ts'
import { useNotices } from '#ui/feedback/notices.tsx'

/**
 * Pauses and resumes webhooks in the list: at once, with an undo, and with a message at a failure.
 */
export function useSwitching() {
  const { mutateAsync } = useSetWebhookActive()
  const { notify, announce } = useNotices()
  const copy = useCopy()
  const queryClient = useQueryClient()
  const [asking, setAsking] = useState<FleetRow | null>(null)
  const [untilWhen, setUntilWhen] = useState<FleetRow | null>(null)
  const [problems, setProblems] = useState<ReadonlyMap<number, string>>(new Map())
  const [wanted, setWanted] = useState<ReadonlyMap<number, boolean>>(new Map())

  const readAgain = useCallback(
    (id: number) => queryClient.fetchQuery({ ...webhookQueries.detail(id), retry: false }),
    [queryClient],
  )

  // the same function at every render: every row of the table holds it
  const change = useCallback(
    async function change({ webhook }: FleetRow, active: boolean) {
      const say = (problem: string | null) =>
        setProblems((before) => withEntry(before, webhook.Id, problem))

      const was = webhook.Active === null ? null : !active
      say(null)
      setWanted((before) => withEntry(before, webhook.Id, active))
      try {
        // no callbacks to `mutate`, which drops those of all presses but the last
        await mutateAsync({ id: webhook.Id, was, active })
        return true
      } catch (error) {
        const act = active ? 'resume' : 'pause'
        const is = await stateAfter(error, was, () => readAgain(webhook.Id))
        // the answer was lost, but the switch happened
        if (is === active) return true
        const still =
          is == null ? 'Hookdesk does not know whether it is on.' : `It is still ${word(is)}.`
        say(`Could not ${act}: ${explainFailure(error)} ${still}`)
        return false
      } finally {
        // runs after the list's own update, or the switch would show the old state for a moment
        notifyManager.schedule(() =>
          setWanted((before) =>
            before.get(webhook.Id) === active ? withEntry(before, webhook.Id, null) : before,
          ),
        )
      }
    },
    [mutateAsync, readAgain],
  )

  const changeWithUndo = useCallback(
    async function changeWithUndo(row: FleetRow, active: boolean) {
      if (!(await change(row, active))) return
      const { Name, Active: was } = row.webhook
      const undo = async () => {
        if (await change(row, !active)) announce(active ? 'Paused again' : 'Resumed again')
      }
      notify({
        text: active ? `Resumed “${Name}”.` : `Paused “${Name}”. ${EVENTS_WHILE_OFF}`,
        // an unreadable earlier state cannot be restored
        ...(was !== null && { action: { label: 'Undo', run: () => void undo() } }),
      })
    },
    [change, notify, announce],
  )

  const ask = useCallback(
    (row: FleetRow, active: boolean) => {
      if (active && row.health === 'stopped') setAsking(row)
      else void changeWithUndo(row, active)
    },
    [changeWithUndo],
  )

  return {
    problems,
    /** The wanted states: each row shows its own before Nexudus has confirmed it. */
    wanted,
    /** The webhook for which the person says until when it is paused. */
    untilWhen,
    askUntil: setUntilWhen,
    /** Pauses it, once the end is noted. */
    pauseNoted(row: FleetRow) {
      setUntilWhen(null)
      const readPauses = () => queryClient.invalidateQueries(pauseQueries.list())
      void changeWithUndo(row, false).then(readPauses)
    },
    /** The stopped webhook about which the person has to decide. */
    asking,
    ask,
    resume(row: FleetRow | null) {
      setAsking(null)
      if (row) void changeWithUndo(row, true)
    },
    cancel: () => setAsking(null),
    copyId({ webhook }: FleetRow) {
      const blocked = `The browser blocked the copy. The id is ${webhook.Id}.`
      void copy(String(webhook.Id), `Copied ${webhook.Id}`, blocked)
    },
  }
}

const word = (isOn: boolean) => (isOn ? 'on' : 'off')

/** The state after a failed change; read again if the answer does not tell it. */
async function stateAfter(error: unknown, before: boolean | null, read: () => Promise<Webhook>) {
  const isLost =
    error instanceof ApiError &&
    (error.failure.outcome === 'unknown' || error.code === 'desk_unreachable')
  if (!isLost) return before
  return read().then(
    ({ Active }) => Active,
    () => undefined,
  )
}

function withEntry<Value>(
  entries: ReadonlyMap<number, Value>,
  id: number,
  value: Value | null,
): ReadonlyMap<number, Value> {
  const after = new Map(entries)
  if (value === null) after.delete(id)
  else after.set(id, value)
  return after
}

export type Switching = ReturnType<typeof useSwitching>
