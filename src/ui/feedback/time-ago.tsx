import { createContext, use, useId, useState, type ReactNode } from 'react'

import { useNow } from '#ui/hooks/now.ts'
import { exactTime, timeAgo } from '#ui/text/time.ts'

import classes from './time-ago.module.css'

/** Adds to exact times what the clocks of another place show. */
export const TimeElsewhere = createContext<((at: number) => ReactNode) | null>(null)

/**
 * A relative time that shows the exact one to pointer, keyboard and touch alike. It is light,
 * because every row has one: the tip exists only while it is open.
 */
export function TimeAgo({ at }: { at: number }) {
  const now = useNow()
  const [isOpen, setIsOpen] = useState(false)
  const tipId = useId()
  const timeThere = use(TimeElsewhere)

  return (
    <span
      className={classes.root}
      onMouseEnter={() => setIsOpen(true)}
      onMouseLeave={() => setIsOpen(false)}
    >
      <button
        type="button"
        className={classes.time}
        aria-describedby={isOpen ? tipId : undefined}
        onFocus={() => setIsOpen(true)}
        onBlur={() => setIsOpen(false)}
        onClick={() => setIsOpen(true)}
        onKeyDown={(event) => event.key === 'Escape' && setIsOpen(false)}
      >
        <time dateTime={new Date(at).toISOString()}>{timeAgo(at, now)}</time>
      </button>
      {isOpen && (
        <span role="tooltip" id={tipId} className={classes.tip}>
          <span>{exactTime(at)}</span>
          {timeThere?.(at)}
        </span>
      )}
    </span>
  )
}
