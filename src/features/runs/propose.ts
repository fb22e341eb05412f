import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'

import type { RunProposal } from '#contract/run.ts'
import { paths } from '#paths'

import { proposeRun } from './run-api.ts'

/**
 * Proposes a run and leads to its dry run, where the person sees what it would do before it does
 * anything. What went wrong is for whoever asked to show.
 */
export function useProposeRun() {
  const navigate = useNavigate()
  const [key, setKey] = useState(() => crypto.randomUUID())
  return useMutation({
    mutationFn: (proposal: RunProposal) => proposeRun(proposal, key),
    onSuccess: ({ id }) => {
      setKey(crypto.randomUUID())
      return navigate({ to: paths.run, params: { id: String(id) } })
    },
  })
}
