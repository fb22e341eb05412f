import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'

import type { RunProposal } from '#contract/desk/run.ts'
import { paths } from '#paths'
import { useOnLeave } from '#ui/hooks/effects.ts'

import { proposeRun, steerRun } from './run-api.ts'

/**
 * Proposes a run and leads to its dry run, where the person sees the effect before anything
 * happens. The caller shows a failure. `question` identifies the selection: the answer to an older
 * one leads nowhere, and neither does one that arrives after the person has left.
 */
export function useProposeRun(question?: unknown) {
  const navigate = useNavigate()
  // the same proposal tried again is the same intent; another proposal is another
  const intent = useRef({ text: '', key: '' })
  const asked = useRef({ question })

  const mutation = useMutation({
    mutationFn: async (proposal: RunProposal) => {
      const text = JSON.stringify(proposal)
      if (intent.current.text !== text) intent.current = { text, key: crypto.randomUUID() }
      const asking = asked.current
      const { id } = await proposeRun(proposal, intent.current.key)
      return { id, isStillAsked: asked.current === asking }
    },
    onSuccess: async ({ id, isStillAsked }) => {
      intent.current = { text: '', key: '' }
      if (isStillAsked) await navigate(paths.run(id))
      // if it cannot be discarded, it stays in the list of runs, as not started
      else await steerRun(id, 'discard').catch(() => {})
    },
  })

  const { reset } = mutation
  useEffect(() => {
    if (asked.current.question === question) return
    asked.current = { question }
    reset()
  }, [question, reset])
  useOnLeave(() => {
    asked.current = { question: undefined }
  })
  return mutation
}

/** Switches them on, if they are still off by then. */
export const switchOnRun = (ids: readonly number[]): RunProposal => ({
  title: { act: 'switch-on', count: ids.length },
  changes: ids.map((webhookId) => ({
    kind: 'change',
    webhookId,
    seen: { Active: false },
    change: { Active: true },
  })),
})

/** Pauses or resumes them all; the dry run names those that need no change. */
export const switchRun = (ids: readonly number[], Active: boolean): RunProposal => ({
  title: { act: Active ? 'resume' : 'pause', count: ids.length },
  changes: ids.map((webhookId) => ({ kind: 'change', webhookId, change: { Active } })),
})
