import { IconCopyPlus } from '@tabler/icons-react'
import { useId, useRef, useState, type RefObject } from 'react'

import { useListener } from '#ui/hooks/effects.ts'

import classes from './copy-button.module.css'
import type { CoverageAction, CoverageLocation } from './coverage.ts'

type CopyButtonProps = {
  location: CoverageLocation
  copies: readonly CoverageAction[]
  /** The reason it cannot be done. */
  barred: string | undefined
  onCopy: (location: CoverageLocation) => void
  'data-at'?: string
  tabIndex?: number
}

/** Proposes to create what most siblings have; a tip lists the webhooks beforehand. */
export function CopyButton({ location, copies, barred, onCopy, ...stop }: CopyButtonProps) {
  const [isOpen, setIsOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const wordsId = useId()
  const labels = copies.map(({ label }) => label)
  const promise = barred ?? 'Nothing is created before you have seen the list and confirmed it'

  return (
    <span
      className={classes.root}
      onMouseEnter={() => setIsOpen(true)}
      onMouseLeave={() => setIsOpen(false)}
    >
      <button
        {...stop}
        ref={button}
        type="button"
        className={classes.button}
        aria-label={`Copy ${copies.length} from other locations to ${location.name}`}
        aria-describedby={wordsId}
        aria-disabled={barred !== undefined || undefined}
        onFocus={() => setIsOpen(true)}
        onBlur={() => setIsOpen(false)}
        onKeyDown={(event) => event.key === 'Escape' && setIsOpen(false)}
        onClick={() => barred === undefined && onCopy(location)}
      >
        <IconCopyPlus size={16} aria-hidden />
        <span>
          Copy {copies.length} <span className={classes.long}>from other locations</span>
        </span>
      </button>
      <span id={wordsId} hidden>
        {labels.join('; ')}. {promise}.
      </span>
      {isOpen && <Tip button={button} labels={labels} promise={promise} />}
    </span>
  )
}

const NAMED = 8
const ROOM = 220

type TipProps = {
  button: RefObject<HTMLButtonElement | null>
  labels: readonly string[]
  promise: string
}

/**
 * Placed at the button, wherever it is on the screen; inside the grid's box it would be cut off.
 */
function Tip({ button, labels, promise }: TipProps) {
  const place = () => button.current?.getBoundingClientRect()
  const [rect, setRect] = useState(place)
  useListener('scroll', () => setRect(place()), { capture: true })
  if (!rect) return null

  const isBelow = rect.bottom + ROOM < window.innerHeight
  const across = { left: Math.max(8, Math.min(rect.left, window.innerWidth - 300)) }
  const rest = labels.length - NAMED
  return (
    // hidden, because screen readers get the same text as the button's description
    <span
      aria-hidden
      className={classes.tip}
      style={
        isBelow
          ? { ...across, top: rect.bottom }
          : { ...across, bottom: window.innerHeight - rect.top }
      }
    >
      <span className={classes.promise}>{promise}.</span>
      {labels.slice(0, NAMED).map((label) => (
        <span key={label}>{label}</span>
      ))}
      {rest > 0 && <span>and {rest} more</span>}
    </span>
  )
}
