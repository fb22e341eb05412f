import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'

import type { RunProposal } from '#contract/run.ts'
import { paths } from '#paths'

import { proposeRun } from './run-api.ts'

/**
 * Proposes a run and leads to its dry run, where the person sees what it would do before it does
 * anything. What went wrong is for whoever asked to show.
 */
export function useProposeRun() {
  const navigate = useNavigate()
  // the same proposal tried again is the same intent, and another one is another
  const intent = useRef({ text: '', key: '' })
  return useMutation({
    mutationFn: (proposal: RunProposal) => {
      const text = JSON.stringify(proposal)
      if (intent.current.text !== text) intent.current = { text, key: crypto.randomUUID() }
      return proposeRun(proposal, intent.current.key)
    },
    onSuccess: ({ id }) => {
      intent.current = { text: '', key: '' }
      return navigate({ to: paths.run, params: { id: String(id) } })
    },
  })
}
