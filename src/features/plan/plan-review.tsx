import { Text } from '@mantine/core'
import { useCallback, useEffect, useMemo } from 'react'

import type { WebhookRow } from '#contract/nexudus/webhook.ts'
import { useDesk } from '#features/session/use-desk.ts'
import { createEntryState } from '#ui/hooks/entry-state.ts'
import { useSteps } from '#ui/hooks/use-steps.ts'
import { Card } from '#ui/page/card.tsx'

import { comparePlan } from './plan-compare.ts'
import { matchPlan, type PlanMatch } from './plan-match.ts'
import { placesOf } from './plan-places.ts'
import type { Plan } from './plan-read.ts'
import { PlacesCard } from './places-card.tsx'
import classes from './plan.module.css'
import { PlanOutcome } from './plan-outcome.tsx'
import { PlanProblems } from './plan-problems.tsx'
import { readPlan } from './plan-text.ts'
import { Reading } from './reading.tsx'
import { useDetails, type Details } from './use-details.ts'

/** By the key of a location in the plan: the existing location, or `null` to leave it out. */
type Choices = ReadonlyMap<string, number | null>

const NO_CHOICES: Choices = new Map()

const useKeptChoices = createEntryState<Choices>()

type PlanReviewProps = {
  text: string
  fileName: string | null
  here: { locations: ReadonlyMap<number, string>; webhooks: readonly WebhookRow[] }
}

/** Reviews a plan: its errors, its locations, and the changes it would make. */
export function PlanReview({ text, ...props }: PlanReviewProps) {
  const plan = useSteps(useCallback(() => readPlan(text), [text]))
  if (!plan) return <AtIt>Reading the plan file …</AtIt>
  if (plan.problems.length > 0) return <PlanProblems problems={plan.problems} />
  return <PlacedPlan {...props} plan={plan} />
}

function AtIt({ children }: { children: string }) {
  return (
    <Text size="sm" c="dimmed" role="status">
      {children}
    </Text>
  )
}

type PlacedPlanProps = Omit<PlanReviewProps, 'text'> & { plan: Plan }

function PlacedPlan({ plan, fileName, here }: PlacedPlanProps) {
  const details = useDetails()
  const [choices, setChoices] = useKeptChoices(NO_CHOICES, fileName ?? '')

  // a few thousand rows take a moment, and every tick below renders this again
  const places = useMemo(() => placesOf(plan, here.locations), [plan, here.locations])
  const unfit = places.places.filter((place) => place.here === null)
  const matches = useMemo(() => {
    const guessed = places.places.flatMap(({ key, guess }) =>
      guess === null ? [] : [[key, guess] as const],
    )
    return matchPlan(plan, places, new Map([...guessed, ...choices]), here.webhooks)
  }, [plan, places, choices, here.webhooks])
  const undecided = unfit.filter(({ key, guess }) => guess === null && !choices.has(key))

  const ids = matches.flatMap(({ entry, webhook }) =>
    webhook && entry.Description !== undefined ? [webhook.Id] : [],
  )
  const idsText = undecided.length === 0 ? ids.join() : ''
  const { start, stop } = details
  useEffect(() => {
    void start(idsText === '' ? [] : idsText.split(',').map(Number))
    return stop
  }, [idsText, start, stop])

  return (
    <>
      {plan.ignored.length > 0 && (
        <Text size="sm" c="dimmed" role="note" className={classes.note}>
          Ignored columns that Hookdesk does not know: {plan.ignored.join(', ')}
        </Text>
      )}
      {unfit.length > 0 && (
        <PlacesCard
          places={unfit}
          isForeign={places.isForeign}
          locations={here.locations}
          choices={choices}
          onChoose={(key, id) => setChoices((all) => new Map(all).set(key, id))}
        />
      )}
      {undecided.length === 0 && details.progress && details.progress.total > 0 && (
        <Card label="Reading">
          <Reading details={details} stopLabel="Continue without them" onStop={stop}>
            Reading descriptions to compare:
          </Reading>
        </Card>
      )}
      {undecided.length === 0 && details.readFor === idsText && (
        <Compared
          matches={matches}
          webhooks={here.webhooks}
          found={details.found}
          fileName={fileName}
        />
      )}
    </>
  )
}

type ComparedProps = {
  matches: readonly PlanMatch[]
  webhooks: readonly WebhookRow[]
  found: Details['found']
  fileName: string | null
}

function Compared({ matches, webhooks, found, fileName }: ComparedProps) {
  const { exceptions, allowPrivateTargets } = useDesk()
  const compare = useCallback(() => {
    const policy = { exceptions, allowPrivateTargets }
    const descriptions = new Map(
      [...found.values()].map(({ Id, Description }) => [Id, Description ?? '']),
    )
    return comparePlan(matches, { webhooks, policy, descriptions })
  }, [matches, webhooks, found, exceptions, allowPrivateTargets])
  const comparison = useSteps(compare)
  if (!comparison) return <AtIt>Comparing with your webhooks …</AtIt>
  return <PlanOutcome comparison={comparison} fileName={fileName} />
}
