import { Alert } from '@mantine/core'
import { useEffect, useRef } from 'react'

import classes from './fan-out.module.css'
import type { FieldName, Problem } from './problems.ts'

const FIELDS: Record<FieldName, { label: string; id: string }> = {
  locations: { label: 'Locations', id: 'fan-locations' },
  actions: { label: 'Actions', id: 'fan-actions' },
  URL: { label: 'URL', id: 'fan-URL' },
  pattern: { label: 'Names', id: 'fan-pattern' },
  Description: { label: 'Description', id: 'fan-Description' },
  plan: { label: 'Plan', id: 'fan-plan-section' },
}

type FormProblemsProps = { problems: readonly Problem[]; tries: number }

/** What stands in the way, each line leading to its field. Takes the focus after each try. */
export function FormProblems({ problems, tries }: FormProblemsProps) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (tries > 0) box.current?.focus()
  }, [tries])

  // before the first try the field itself says it
  if (tries === 0 || problems.length === 0) return null
  return (
    <Alert
      ref={box}
      tabIndex={-1}
      role="group"
      color="red"
      variant="light"
      className={`${classes.problems} ${classes.wide}`}
      title={
        problems.length === 1
          ? 'One thing stands in the way'
          : `${problems.length} things stand in the way`
      }
    >
      <ul className={classes.problemList}>
        {problems.map(({ field, text }) => (
          <li key={field}>
            <a
              href={`#${FIELDS[field].id}`}
              onClick={(event) => {
                event.preventDefault()
                document.getElementById(FIELDS[field].id)?.focus()
              }}
            >
              {FIELDS[field].label}: {text}
            </a>
          </li>
        ))}
      </ul>
    </Alert>
  )
}
