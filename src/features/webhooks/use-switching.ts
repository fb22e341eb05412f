import { useCallback, useState } from 'react'

import { useNotices } from '#ui/notices.tsx'

import { explainFailure } from './failure-words.ts'
import type { FleetRow } from './fleet.ts'
import { useSetWebhookActive } from './webhook-mutations.ts'

/** Pausing and resuming from the list: at once, with a way back, and with words where it fails. */
export function useSwitching() {
  const { mutate } = useSetWebhookActive()
  const { notify, announce } = useNotices()
  const [asking, setAsking] = useState<FleetRow | null>(null)
  const [problems, setProblems] = useState<ReadonlyMap<number, string>>(new Map())

  // the same function at every render: every row of the table holds it
  const change = useCallback(
    function change(row: FleetRow, active: boolean, isUndo = false) {
      const { webhook } = row
      const say = (problem: string | null) =>
        setProblems((before) => withProblem(before, webhook.Id, problem))

      say(null)
      mutate(
        { webhook: { ...webhook, Active: !active }, active },
        {
          onSuccess: () => {
            if (isUndo) return announce(active ? 'Resumed again' : 'Paused again')
            return notify({
              text: active
                ? `Resumed “${webhook.Name}”.`
                : `Paused “${webhook.Name}”. Events during a pause are not kept.`,
              action: { label: 'Undo', run: () => change(row, !active, true) },
            })
          },
          onError: (error) => {
            const act = active ? 'resume' : 'pause'
            say(`Could not ${act}: ${explainFailure(error)} Still ${active ? 'off' : 'on'}.`)
          },
        },
      )
    },
    [mutate, notify, announce],
  )

  const ask = useCallback(
    (row: FleetRow, active: boolean) => {
      if (active && row.health === 'stopped') setAsking(row)
      else change(row, active)
    },
    [change],
  )

  return {
    problems,
    /** The webhook that stopped, about which the person has to decide. */
    asking,
    ask,
    resume(row: FleetRow | null) {
      setAsking(null)
      if (row) change(row, true)
    },
    cancel: () => setAsking(null),
    copyId({ webhook }: FleetRow) {
      navigator.clipboard.writeText(String(webhook.Id)).then(
        () => notify({ text: `Copied ${webhook.Id}` }),
        () => notify({ text: `The browser did not let us copy. The id is ${webhook.Id}.` }),
      )
    },
  }
}

function withProblem(
  problems: ReadonlyMap<number, string>,
  id: number,
  problem: string | null,
): ReadonlyMap<number, string> {
  const after = new Map(problems)
  if (problem === null) after.delete(id)
  else after.set(id, problem)
  return after
}
