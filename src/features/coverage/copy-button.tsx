import { IconCopyPlus } from '@tabler/icons-react'
import { useId, useState } from 'react'

import classes from './copy-button.module.css'
import type { CoverageAction, CoverageLocation } from './coverage.ts'

type CopyButtonProps = {
  location: CoverageLocation
  copies: readonly CoverageAction[]
  /** Why it cannot be done. */
  barred: string | undefined
  onCopy: (location: CoverageLocation) => void
  'data-at'?: string
  tabIndex?: number
}

const NAMED = 6

/** Proposes what most siblings have; says before what that would be. */
export function CopyButton({ location, copies, barred, onCopy, ...stop }: CopyButtonProps) {
  const [isOpen, setIsOpen] = useState(false)
  const tipId = useId()
  const named = copies.slice(0, NAMED).map(({ label }) => label)
  const rest = copies.length - named.length
  const tip = barred ?? 'Nothing is made before you have seen the list and agreed.'

  return (
    <span
      className={classes.root}
      onMouseEnter={() => setIsOpen(true)}
      onMouseLeave={() => setIsOpen(false)}
    >
      <button
        {...stop}
        type="button"
        className={classes.button}
        aria-describedby={tipId}
        aria-disabled={barred !== undefined || undefined}
        onFocus={() => setIsOpen(true)}
        onBlur={() => setIsOpen(false)}
        onKeyDown={(event) => event.key === 'Escape' && setIsOpen(false)}
        onClick={() => barred === undefined && onCopy(location)}
      >
        <IconCopyPlus size={16} aria-hidden />
        Copy what siblings have ({copies.length})
      </button>
      {/* always there for who hears the description, seen on hover and focus */}
      <span role="tooltip" id={tipId} className={classes.tip} data-open={isOpen || undefined}>
        <strong>{tip}</strong>
        {[...named, ...(rest > 0 ? [`and ${rest} more`] : [])].map((label) => (
          <span key={label}>{label}</span>
        ))}
      </span>
    </span>
  )
}
