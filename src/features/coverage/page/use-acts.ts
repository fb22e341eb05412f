import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'

import type { CoverageActs } from '#features/coverage/coverage-acts.ts'
import { prefillOf } from '#features/coverage/links.ts'
import { proposeCopies } from '#features/coverage/siblings.ts'
import { useProposeRun } from '#features/runs/propose.ts'
import { paths } from '#paths'

type Given = Pick<CoverageActs, 'toggleGroup' | 'toggleTick'>

/** The acts of a cell or a card, in an object that stays the same at every render. */
export function useActs({ toggleGroup, toggleTick }: Given) {
  const navigate = useNavigate()
  const copying = useProposeRun()
  const { mutate } = copying

  const acts = useMemo(
    (): Omit<CoverageActs, 'openMenu'> => ({
      openWebhook: ({ webhook }) => void navigate(paths.webhook(webhook.Id)),
      openNew: (location, action) =>
        void navigate({ ...paths.newWebhook(), search: prefillOf(location, action) }),
      copy: (location) => mutate(proposeCopies(location)),
      toggleGroup,
      toggleTick,
    }),
    [navigate, mutate, toggleGroup, toggleTick],
  )
  return { acts, copying }
}
