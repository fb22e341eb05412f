import { Alert, Button, Group, Skeleton, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { MAX_DELETES_UNASKED, type Run, type RunItem } from '#contract/desk/run.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { TimeAgo } from '#ui/feedback/time-ago.tsx'
import { createEntryState } from '#ui/hooks/entry-state.ts'
import { Card } from '#ui/page/card.tsx'
import { plural } from '#contract/words/plural.ts'

import { Cautions } from './cautions.tsx'
import { ItemsByState } from './items-by-state.tsx'
import { SwitchOnInstead } from './switch-on-instead.tsx'
import { steeringProps, useStartRun, useSteerRun } from './run-mutations.ts'
import { runQueries } from './run-queries.ts'
import { actOf } from './run-words.ts'
import classes from './runs.module.css'

const NONE: ReadonlySet<number> = new Set()

const useKeptLeftOut = createEntryState<ReadonlySet<number>>()

/** Shows the effect of a run before it starts; single items can be left out. */
export function DryRun({ run }: { run: Run }) {
  const { data: items, error } = useQuery(runQueries.items(run))
  const [leftOut, setLeftOut] = useKeptLeftOut(NONE, String(run.id))
  const [typed, setTyped] = useState('')
  const [isTold, setIsTold] = useState(false)
  const start = useStartRun(run.id)
  const discard = useSteerRun(run.id)

  if (error) {
    return (
      <Alert color="orange" variant="light" role="alert">
        {explainFailure(error)}
      </Alert>
    )
  }
  if (!items) return <Skeleton height={240} aria-label="Loading the dry run" />

  const ready = items.filter(({ state }) => state === 'ready')
  const chosen = ready.filter(({ id }) => !leftOut.has(id))
  const deletes = chosen.filter(({ kind }) => kind === 'delete').length
  const mustType = deletes > MAX_DELETES_UNASKED
  const isTyped = !mustType || typed.trim() === String(deletes)
  const minutes = Math.ceil(chosen.length / run.perMinute)

  const toggle = (toggled: readonly RunItem[]) =>
    setLeftOut((before) => {
      const after = new Set(before)
      for (const { id } of toggled) if (!after.delete(id)) after.add(id)
      return after
    })

  return (
    <>
      <Card label="Dry run">
        <Text>
          {ready.length === 0 ? (
            <span>Nothing would change. The reasons are below.</span>
          ) : (
            <span>
              Nothing has changed yet. Hookdesk read this from Nexudus{' '}
              <TimeAgo at={Date.parse(run.createdAt)} /> and reads each webhook again before it
              writes.
              {minutes > 1 && (
                <span>{` At the pace Nexudus allows, the run takes about ${plural(minutes, 'minute')}.`}</span>
              )}
            </span>
          )}
        </Text>
        <SwitchOnInstead items={items} />
        <Cautions items={chosen} />
        <form
          noValidate
          className={classes.start}
          onSubmit={(event) => {
            event.preventDefault()
            setIsTold(true)
            if (isTyped) start.mutate([...leftOut])
          }}
        >
          {mustType && (
            <TextInput
              label={`${deletes.toLocaleString('en')} webhooks would be deleted. Type ${deletes} to confirm.`}
              description="You can restore them from this run or from Activity, switched off and with new ids."
              inputMode="numeric"
              autoComplete="off"
              maw="28rem"
              error={isTold && !isTyped ? `Type ${deletes} to continue` : undefined}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
          )}
          {(start.error ?? discard.error) && (
            <Alert color="red" variant="light" role="alert">
              {explainFailure(start.error ?? discard.error)}
            </Alert>
          )}
          <Group>
            {ready.length > 0 && (
              <Button
                type="submit"
                color={deletes > 0 && deletes === chosen.length ? 'red' : undefined}
                disabled={chosen.length === 0}
                loading={start.isPending}
              >
                {actOf(chosen)}
              </Button>
            )}
            <Button variant="default" {...steeringProps(discard, 'discard')}>
              {ready.length > 0 ? 'Discard' : 'Close'}
            </Button>
          </Group>
        </form>
      </Card>
      <ItemsByState items={items} ticks={{ isTicked: ({ id }) => !leftOut.has(id), toggle }} />
    </>
  )
}
