import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDotted,
  IconCircleX,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'

import type { Stage } from '#texts/probe-words.ts'

import classes from './verdict.module.css'

const ICONS = {
  good: IconCircleCheck,
  bad: IconCircleX,
  unsure: IconAlertTriangle,
  'not reached': IconCircleDotted,
}

/** The result of a check, with a mark that does not rely on colour. */
export function Verdict({ level, children }: { level: Stage['state']; children: ReactNode }) {
  const Icon = ICONS[level]
  return (
    <span className={classes.verdict} data-level={level}>
      <Icon size={16} aria-hidden className={classes.icon} />
      <span>{children}</span>
    </span>
  )
}
