import { Text } from '@mantine/core'
import type { ReactNode } from 'react'

import classes from './empty-state.module.css'

type EmptyStateProps = {
  icon?: ReactNode
  title: string
  /** Says what will be here, and how it gets here. */
  text?: string
  /** The ways on. */
  children?: ReactNode
}

/** Replaces a list that is empty. */
export function EmptyState({ icon, title, text, children }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      {icon && <span className={classes.icon}>{icon}</span>}
      <Text fw={600}>{title}</Text>
      {text && <Text c="dimmed">{text}</Text>}
      {children && <div className={classes.acts}>{children}</div>}
    </div>
  )
}
