import { Alert, Button, Checkbox, Switch, Text } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useMemo, useState } from 'react'

import { LONGEST_TITLE_NAME } from '#contract/desk/run-title.ts'
import { MAX_RUN_ITEMS, type RunChange } from '#contract/desk/run.ts'
import { startOf } from '#contract/nexudus/text.ts'
import type { WebhookRow } from '#contract/nexudus/webhook.ts'
import { useProposeRun } from '#features/runs/propose.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { CopyRequest, useLacking } from '#fleet/missing-rights.tsx'
import { partlyText } from '#texts/rights-words.ts'
import { InlineForm } from '#ui/controls/inline-form.tsx'
import { Card } from '#ui/page/card.tsx'
import { byCount, plural } from '#contract/words/plural.ts'

import type { PlanComparison, PlanItem } from './plan-compare.ts'
import classes from './plan.module.css'
import { PlanGroup } from './plan-group.tsx'
import { PlanProblems } from './plan-problems.tsx'

type PlanOutcomeProps = { comparison: PlanComparison; fileName: string | null }

type Of<Kind extends PlanItem['kind']> = Extract<PlanItem, { kind: Kind }>

/** Lists the webhooks to create, change, leave and delete, and leads to the dry run. */
export function PlanOutcome({ comparison, fileName }: PlanOutcomeProps) {
  const { items, extra } = comparison
  const of = <Kind extends PlanItem['kind']>(kind: Kind) =>
    items.filter((item): item is Of<Kind> => item.kind === kind)
  const changed = of('change')
  const created = of('create')
  const kept = of('leave')
  const leftOut = of('left-out')
  const broken = of('problem')
  const [isBrokenLeftOut, setIsBrokenLeftOut] = useState(false)
  const [isRemoving, setIsRemoving] = useState(false)
  // an unreadable line may be about one of them
  const canRemove = broken.length === 0 && extra.length > 0
  const removed = isRemoving && canRemove ? extra : []

  return (
    <>
      {broken.length > 0 && <PlanProblems problems={broken.flatMap(({ problems }) => problems)} />}
      <Card title="Summary">
        <p className={classes.counts} role="status">
          {[
            `${created.length.toLocaleString('en')} new`,
            plural(changed.length, 'change'),
            `${kept.length.toLocaleString('en')} unchanged`,
            leftOut.length > 0 && `${leftOut.length.toLocaleString('en')} left out`,
            removed.length > 0 && `${removed.length.toLocaleString('en')} to remove`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {broken.length > 0 && (
          <Checkbox
            label={`Leave out ${byCount(broken.length, 'the line', `the ${broken.length} lines`)} with errors`}
            checked={isBrokenLeftOut}
            onChange={(event) => setIsBrokenLeftOut(event.currentTarget.checked)}
          />
        )}
        {extra.length > 0 && (
          <Switch
            label={`Also remove what is not in the file: ${plural(extra.length, 'webhook')} at its locations`}
            description={canRemove ? undefined : 'Available once the file has no errors.'}
            disabled={!canRemove}
            checked={isRemoving && canRemove}
            onChange={(event) => setIsRemoving(event.currentTarget.checked)}
          />
        )}
        <Missing created={created.length} changed={changed.length} removed={removed.length} />
        <GoOn
          comparison={comparison}
          changes={changesOf(created, changed, removed)}
          isBlocked={broken.length > 0 && !isBrokenLeftOut}
          fileName={fileName}
        />
      </Card>
      <PlanGroup title="To remove" webhooks={removed} isOpen />
      <PlanGroup title="To change" items={changed} isOpen />
      <PlanGroup title="New" items={created} isOpen />
      <PlanGroup title="Unchanged" items={kept} isOpen={kept.some(hasNotes)} />
      {extra.length > 0 && removed.length === 0 && (
        <PlanGroup title="Not in the file" webhooks={extra} isOpen={false} />
      )}
    </>
  )
}

const hasNotes = ({ notes }: PlanItem) => notes.length > 0

const changesOf = (
  created: readonly Of<'create'>[],
  changed: readonly Of<'change'>[],
  removed: readonly WebhookRow[],
): RunChange[] => [
  ...created.map(({ input }) => ({ kind: 'create' as const, input })),
  ...changed.map(({ webhook, change, seen }) => ({
    kind: 'change' as const,
    webhookId: webhook.Id,
    change,
    seen,
  })),
  ...removed.map(({ Id, Name, URL }) => ({
    kind: 'delete' as const,
    webhookId: Id,
    seen: { Name, URL },
  })),
]

type MissingProps = { created: number; changed: number; removed: number }

/** Names missing rights before the dry run would report them webhook by webhook. */
function Missing({ created, changed, removed }: MissingProps) {
  const lacking = useLacking([
    ...(created > 0 ? ['WebHook-Create' as const] : []),
    ...(changed > 0 ? ['WebHook-Edit' as const] : []),
    ...(removed > 0 ? ['WebHook-Delete' as const] : []),
  ])
  if (lacking.length === 0) return null
  return (
    <Alert color="indigo" variant="light">
      <p className={classes.missing}>{partlyText(lacking)}</p>
      <CopyRequest rights={lacking} />
    </Alert>
  )
}

type GoOnProps = {
  comparison: PlanComparison
  changes: RunChange[]
  isBlocked: boolean
  fileName: string | null
}

/** Leads to the dry run, which asks for the number of deletions before it begins. */
function GoOn({ comparison, changes, isBlocked, fileName }: GoOnProps) {
  // with another text, or another choice about deletions, an older answer leads nowhere
  const question = useMemo(
    () => ({ comparison, size: changes.length }),
    [comparison, changes.length],
  )
  const propose = useProposeRun(question)
  const [isTold, setIsTold] = useState(false)
  const count = plural(changes.length, 'change')

  if (changes.length === 0) {
    return (
      <p className={classes.same}>
        <IconCircleCheck size={18} aria-hidden /> No changes needed.
      </p>
    )
  }
  if (changes.length > MAX_RUN_ITEMS) {
    return (
      <Alert color="orange" variant="light" title="Too many changes">
        One run takes at most {MAX_RUN_ITEMS.toLocaleString('en')} changes; this is {count}. Split
        the file.
      </Alert>
    )
  }
  return (
    <InlineForm
      label="Continue"
      onSubmit={() => {
        setIsTold(true)
        if (isBlocked || propose.isPending) return
        const file = fileName && startOf(fileName.trim(), LONGEST_TITLE_NAME)
        propose.mutate({ title: { act: 'import', file: file || null }, changes })
      }}
      below={
        <>
          <Text size="sm" c="dimmed">
            Nothing changes yet. The dry run shows what each change would do.
          </Text>
          {isTold && isBlocked && (
            <Text size="sm" c="var(--mantine-color-error)" role="alert">
              Correct the file first, or leave out the lines with errors.
            </Text>
          )}
          {propose.error && (
            <Alert role="alert" color="orange" variant="light">
              {explainFailure(propose.error)} Nothing was changed.
            </Alert>
          )}
        </>
      }
    >
      <Button type="submit" loading={propose.isPending}>
        Start dry run for {count}
      </Button>
    </InlineForm>
  )
}
