import { Alert } from '@mantine/core'
import { useEffect, useRef } from 'react'

import classes from './error-summary.module.css'

export type FormError = {
  text: string
  /** What it is about, if it is about one field. */
  field?: { id: string; focus: () => void }
}

type ErrorSummaryProps = {
  errors: readonly FormError[]
  /** How often it was tried: before the first time a field says itself what it lacks. */
  tries: number
  className?: string | undefined
}

/** What stands in the way of a form, each line leading to its field. Takes the focus after each try. */
export function ErrorSummary({ errors, tries, className }: ErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (tries > 0) box.current?.focus()
  }, [tries])

  if (tries === 0 || errors.length === 0) return null
  return (
    <Alert
      ref={box}
      tabIndex={-1}
      role="group"
      color="red"
      variant="light"
      className={`${classes.summary} ${className ?? ''}`}
      title={
        errors.length === 1
          ? 'Fix 1 problem before you continue'
          : `Fix ${errors.length} problems before you continue`
      }
    >
      <ul className={classes.list}>
        {errors.map(({ text, field }) => (
          <li key={text}>
            {field ? (
              <a
                href={`#${field.id}`}
                onClick={(event) => {
                  event.preventDefault()
                  field.focus()
                }}
              >
                {text}
              </a>
            ) : (
              text
            )}
          </li>
        ))}
      </ul>
    </Alert>
  )
}
