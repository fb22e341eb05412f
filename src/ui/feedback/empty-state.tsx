import { Text } from '@mantine/core'
import type { ReactNode } from 'react'

import classes from './empty-state.module.css'
// a file of its own, so that pages that are not empty do not load it
import pictures from './pictures.svg'

/** The drawings in the file. */
export const EMPTY_PICTURES = [
  'hook',
  'calm',
  'search',
  'changes',
  'receiver',
  'run',
  'inbox',
] as const

type EmptyStateProps = {
  picture: (typeof EMPTY_PICTURES)[number]
  title: string
  /** Says what will be here, and how it gets here. */
  text?: ReactNode
  /** True inside a card, which has a paper already. */
  isInCard?: boolean
  /** The ways on. */
  children?: ReactNode
}

/** Replaces a list that is empty. */
export function EmptyState({ picture, title, text, isInCard, children }: EmptyStateProps) {
  return (
    <div className={classes.empty} data-in-card={isInCard}>
      <svg aria-hidden className={classes.picture} data-picture={picture}>
        <use href={`${pictures}#${picture}`} />
      </svg>
      <Text fw={600} size={isInCard ? 'sm' : 'md'}>
        {title}
      </Text>
      {text && (
        <Text c="dimmed" size={isInCard ? 'sm' : 'md'}>
          {text}
        </Text>
      )}
      {children && <div className={classes.acts}>{children}</div>}
    </div>
  )
}
