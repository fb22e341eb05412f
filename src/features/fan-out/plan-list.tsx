import { Button, Text } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useId, useState, type ReactNode } from 'react'

import { actionLabel } from '#contract/actions/actions.ts'
import { hostOf } from '#contract/address/address.ts'
import { hostText } from '#fleet/host.tsx'
import { paths } from '#paths'
import { offOrUnread } from '#texts/pause-words.ts'
import { PlainCheckbox } from '#ui/controls/plain-checkbox.tsx'
import { Mark, type MarkLook } from '#ui/feedback/mark.tsx'
import { Card } from '#ui/page/card.tsx'
import { byCount } from '#contract/words/plural.ts'

import { isTicked, type Choices, type PlannedCell } from './plan.ts'
import classes from './plan-list.module.css'

type PlanListProps = {
  plan: readonly PlannedCell[]
  choices: Choices
  nameOf: (location: number) => string
  onTick: (key: string, isTicked: boolean) => void
  /** Text and buttons below it. */
  children: ReactNode
}

// people do not read further at once; the plan still contains all of it
const SHOWN_AT_FIRST = 100

/** Lists the webhooks to create, location by location, and those not to create, with reasons. */
export function PlanList({ plan, choices, nameOf, onTick, children }: PlanListProps) {
  const [areAllShown, setAreAllShown] = useState(false)
  const shown = areAllShown ? plan : plan.slice(0, SHOWN_AT_FIRST)
  const groups = new Map<number, PlannedCell[]>()
  for (const cell of shown) {
    const { BusinessId } = cell.input
    groups.set(BusinessId, [...(groups.get(BusinessId) ?? []), cell])
  }

  return (
    <Card title="Plan" id="fan-plan-section" tabIndex={-1}>
      {plan.length === 0 ? (
        <Text c="dimmed">Webhooks to create appear here, line by line.</Text>
      ) : (
        <Summary plan={plan} choices={choices} />
      )}
      {[...groups].map(([location, cells]) => (
        <div key={location} className={classes.group}>
          <h3 className={classes.place}>
            <bdi>{nameOf(location)}</bdi>
          </h3>
          <ul className={classes.cells}>
            {cells.map((cell) => (
              <PlanLine
                key={cell.key}
                cell={cell}
                isTicked={isTicked(cell, choices)}
                onTick={(isNow) => onTick(cell.key, isNow)}
              />
            ))}
          </ul>
        </div>
      ))}
      {shown.length < plan.length && (
        <Button variant="default" size="compact-sm" onClick={() => setAreAllShown(true)}>
          Show the other {(plan.length - shown.length).toLocaleString('en')}
        </Button>
      )}
      <div className={classes.foot}>{children}</div>
    </Card>
  )
}

const LOOKS: Record<PlannedCell['state'], MarkLook> = {
  new: 'good',
  there: 'quiet',
  duplicate: 'trouble',
  elsewhere: 'trouble',
}

/** Counts the parts of a plan: "15 to create, 1 there already, 2 duplicates". */
export function countsOf(plan: readonly PlannedCell[], choices: Choices) {
  const count = (state: PlannedCell['state']) => plan.filter((cell) => cell.state === state).length
  const parts = [
    {
      state: 'new',
      count: plan.filter((cell) => isTicked(cell, choices)).length,
      word: 'to create',
    },
    { state: 'there', count: count('there'), word: 'existing' },
    {
      state: 'duplicate',
      count: count('duplicate'),
      word: byCount(count('duplicate'), 'duplicate', 'duplicates'),
    },
    { state: 'elsewhere', count: count('elsewhere'), word: 'with another URL' },
  ] as const
  return parts
    .filter(({ state, count }) => state === 'new' || count > 0)
    .map(({ state, count, word }) => ({ state, text: `${count.toLocaleString('en')} ${word}` }))
}

function Summary({ plan, choices }: Pick<PlanListProps, 'plan' | 'choices'>) {
  return (
    <ul className={classes.summary} aria-label="The plan in numbers">
      {countsOf(plan, choices).map(({ state, text }) => (
        <li key={state}>
          <Mark look={LOOKS[state]}>{text}</Mark>
        </li>
      ))}
    </ul>
  )
}

type PlanLineProps = {
  cell: PlannedCell
  isTicked: boolean
  onTick: (isTicked: boolean) => void
}

function PlanLine({ cell, isTicked, onTick }: PlanLineProps) {
  const { input, state } = cell
  const noteId = useId()
  const words = (
    <span className={classes.words}>
      <bdi className={classes.name}>{input.Name || 'No name yet'}</bdi>
      <span className={classes.what}>
        <span>{actionLabel(input.Action)}</span>
        {input.URL && <span>{` · ${hostText(hostOf(input.URL))}`}</span>}
      </span>
    </span>
  )
  return (
    <li className={classes.cell}>
      {state === 'there' ? (
        <span className={classes.line} data-out data-off>
          <IconCircleCheck className={classes.done} aria-hidden />
          {words}
        </span>
      ) : (
        <label className={classes.line} data-off={!isTicked || undefined}>
          <PlainCheckbox
            aria-describedby={state === 'new' ? undefined : noteId}
            checked={isTicked}
            onChange={(event) => onTick(event.currentTarget.checked)}
          />
          {words}
        </label>
      )}
      {state !== 'new' && (
        <p className={classes.note} id={noteId}>
          <Note cell={cell} />
        </p>
      )}
    </li>
  )
}

/** Describes the existing webhook or the duplicate that a line meets. */
function Note({ cell: { state, other } }: { cell: PlannedCell }) {
  if (state === 'duplicate') {
    return (
      <>
        <Mark look={LOOKS.duplicate}>Duplicate</Mark>
        <span>
          Another line has the same location, action and URL. With both, events would arrive twice.
        </span>
      </>
    )
  }
  if (!other) return null
  const link = (
    <Link {...paths.webhook(other.webhook.Id)}>
      <bdi>“{other.webhook.Name || `Webhook ${other.webhook.Id}`}”</bdi>
    </Link>
  )
  if (state === 'there') {
    return (
      <>
        <Mark look={LOOKS.there}>Exists</Mark>
        <span>
          {link}{' '}
          <span>
            {other.webhook.Active
              ? 'already does this.'
              : `already does this, but ${offOrUnread(other.webhook.Active)}.`}
          </span>
        </span>
      </>
    )
  }
  return (
    <>
      <Mark look={LOOKS.elsewhere}>Another URL</Mark>
      <span>
        {link} already sends this to {hostText(other.host)}
        {other.webhook.Active
          ? '. Both would fire.'
          : `, but ${offOrUnread(other.webhook.Active)}.`}
      </span>
    </>
  )
}
