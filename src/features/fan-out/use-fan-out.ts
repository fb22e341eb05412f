import { useDeferredValue, useMemo, useState } from 'react'

import type { Location } from '#contract/nexudus/location.ts'
import { useProposeRun } from '#features/runs/propose.ts'
import { useDesk } from '#features/session/use-desk.ts'
import { locationNameOf, type FleetRow } from '#fleet/fleet.ts'

import { cellsOf, isTicked, planOf, type Draft, type Task } from './plan.ts'
import { problemsOf } from './problems.ts'
import { useKeptDraft } from './use-kept-draft.ts'

type FanOut = {
  task: Task
  start: Draft
  rows: readonly FleetRow[]
  locations: Map<number, Location>
}

/** The choices and texts, the plan that follows from them, and the way to its dry run. */
export function useFanOut({ task, start, rows, locations }: FanOut) {
  const { exceptions, allowPrivateTargets } = useDesk()
  const { draft, setDraft, choices, setChoices, isTouched, isRestored } = useKeptDraft(start)
  const question = useMemo(() => ({ draft, choices }), [draft, choices])
  const propose = useProposeRun(question)
  const [tries, setTries] = useState(0)

  // the typed letter is painted first, the plan follows
  const later = useDeferredValue(draft)
  // the plan may hold thousands of lines, so not at every tick
  const plan = useMemo(() => planFor(task, later, rows, locations), [task, later, rows, locations])
  const policy = { exceptions, allowPrivateTargets }
  const ticked = plan.filter((cell) => isTicked(cell, choices))
  const problems = problemsOf(task, draft, ticked, policy)

  function submit() {
    if (propose.isPending) return
    setTries((before) => before + 1)
    // the plan on the screen may not contain the last letter yet
    const cells = planFor(task, draft, rows, locations).filter((cell) => isTicked(cell, choices))
    if (problemsOf(task, draft, cells, policy).length > 0) return
    propose.mutate({
      title: { act: 'create', count: cells.length },
      changes: cells.map(({ input }) => ({ kind: 'create', input })),
    })
  }

  return {
    draft,
    change: (part: (before: Draft) => Partial<Draft>) =>
      setDraft((before) => ({ ...before, ...part(before) })),
    plan,
    choices,
    tick: (key: string, isNow: boolean) => setChoices((before) => new Map(before).set(key, isNow)),
    ticked,
    problems,
    tries,
    submit,
    isBusy: propose.isPending,
    refusal: propose.error,
    isTouched,
    isRestored,
  }
}

const planFor = (
  task: Task,
  draft: Draft,
  rows: readonly FleetRow[],
  locations: Map<number, Location>,
) =>
  planOf(
    cellsOf(task, draft, (id) => locationNameOf(locations, id)),
    rows,
  )
