import { Button, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'

import { Card } from '#ui/page/card.tsx'
import { byCount } from '#contract/words/plural.ts'

import type { PlanProblem } from './plan-entry.ts'
import classes from './plan.module.css'
import { showLine } from './plan-source.tsx'

const SHOWN_AT_FIRST = 50

/** Lists every error with its place, linked to the line to correct. */
export function PlanProblems({ problems }: { problems: readonly PlanProblem[] }) {
  const [shown, setShown] = useState(SHOWN_AT_FIRST)
  const hidden = problems.length - shown
  return (
    <Card
      className={classes.problems}
      title={
        <>
          <IconAlertTriangle size={20} aria-hidden />
          <span>
            {byCount(
              problems.length,
              '1 error to correct',
              `${problems.length.toLocaleString('en')} errors to correct`,
            )}
          </span>
        </>
      }
    >
      <ul className={classes.problemList} aria-label="Errors to correct">
        {problems.slice(0, shown).map(({ line, column, text }, at) => (
          <li key={at}>
            {line !== null && (
              <UnstyledButton className={classes.lineLink} onClick={() => showLine(line)}>
                {column === null ? `Line ${line}` : `Line ${line}, ${column}`}
              </UnstyledButton>
            )}
            <span>{` ${text}`}</span>
          </li>
        ))}
      </ul>
      {hidden > 0 && (
        <div>
          <Button size="compact-sm" variant="default" onClick={() => setShown(problems.length)}>
            Show {hidden.toLocaleString('en')} more
          </Button>
        </div>
      )}
    </Card>
  )
}
