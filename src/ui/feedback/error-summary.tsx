import { Alert } from '@mantine/core'
import { useEffect, useRef } from 'react'

import classes from './error-summary.module.css'

import { byCount } from '#contract/words/plural.ts'

export type FormError = {
  text: string
  /** The field of the error, if it is about one field. */
  field?: { id: string; focus: () => void }
}

type ErrorSummaryProps = {
  errors: readonly FormError[]
  /** The number of tries: before the first, each field reports its own errors. */
  tries: number
  className?: string | undefined
}

/** Lists the errors of a form, each linked to its field. Takes the focus after each try. */
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
      title={byCount(
        errors.length,
        'Fix 1 problem before you continue',
        `Fix ${errors.length} problems before you continue`,
      )}
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
