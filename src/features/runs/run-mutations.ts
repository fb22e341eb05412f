import { useMutation, type QueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'

import type { Run } from '#contract/desk/run.ts'
import { paths } from '#paths'

import { startRun, steerRun, undoRun, type RunAct } from './run-api.ts'
import { runQueries } from './run-queries.ts'

function showTrue(client: QueryClient, run: Run) {
  client.setQueryData(runQueries.detail(run.id).queryKey, run)
}

export function useStartRun(id: number) {
  return useMutation({
    mutationFn: (leftOut: number[]) => startRun(id, leftOut),
    onSuccess: (run, _leftOut, _result, { client }) => showTrue(client, run),
  })
}

export function useSteerRun(id: number) {
  return useMutation({
    mutationFn: (act: RunAct) => steerRun(id, act),
    onSuccess: (run, _act, _result, { client }) => showTrue(client, run),
  })
}

/**
 * Props of an act's button: busy from the press on, and disabled while another act is under way.
 */
export const steeringProps = (steer: ReturnType<typeof useSteerRun>, act: RunAct) => ({
  loading: steer.isPending && steer.variables === act,
  disabled: steer.isPending && steer.variables !== act,
  onClick: () => steer.mutate(act),
})

/** Proposes the inverse, and leads to its dry run. */
export function useUndoRun(id: number) {
  const navigate = useNavigate()
  const [key] = useState(() => crypto.randomUUID())
  return useMutation({
    mutationFn: () => undoRun(id, key),
    onSuccess: (inverse) => navigate(paths.run(inverse.id)),
  })
}
