import { ErrorSummary } from '#ui/feedback/error-summary.tsx'

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

/** Lists the problems to fix before the dry run can start. */
export function FormProblems({ problems, tries }: FormProblemsProps) {
  const errors = problems.map(({ field, text }) => {
    const { label, id } = FIELDS[field]
    return {
      text: `${label}: ${text}`,
      field: { id, focus: () => document.getElementById(id)?.focus() },
    }
  })
  return <ErrorSummary errors={errors} tries={tries} className={classes.wide} />
}
