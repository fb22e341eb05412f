import { Anchor } from '@mantine/core'
import type { ReactNode } from 'react'

import { nearestGroups } from './action-search.ts'

/**
 * Explains why no action was found: Nexudus has none for the event, or the words are not
 * understood.
 */
export function explainNoAction(query: string): ReactNode {
  const nearest = nearestGroups(query)
  if (nearest.length > 0) {
    return (
      <span>
        As far as is known, Nexudus has no action for “{query}”. The nearest are{' '}
        <b>{nearest.join('; ')}</b>. Type one of these to see its actions.
      </span>
    )
  }
  return (
    <span>
      No action matches “{query}”. Clear the text to browse all 89, or read{' '}
      <Anchor
        href="https://learn.nexudus.com"
        target="_blank"
        rel="noreferrer"
        size="sm"
        underline="always"
      >
        what Nexudus documents
      </Anchor>
      .
    </span>
  )
}
