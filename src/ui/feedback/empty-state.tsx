import { Text } from '@mantine/core'
import type { ReactNode } from 'react'

import classes from './empty-state.module.css'

type EmptyStateProps = {
  icon?: ReactNode
  title: string
  /** What would be here, and how it comes here. */
  text?: string
  /** The ways on. */
  children?: ReactNode
}

/** Stands where a list would, when there is nothing in it. */
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
