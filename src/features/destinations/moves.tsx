import { Alert, Button, Text, TextInput } from '@mantine/core'
import { useState } from 'react'

import { LONGEST_TITLE_NAME } from '#contract/desk/run-title.ts'
import { MAX_RUN_ITEMS } from '#contract/desk/run.ts'
import { startOf } from '#contract/nexudus/text.ts'
import { useProposeRun } from '#features/runs/propose.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { shortVerdict } from '#texts/probe-words.ts'
import { InlineForm } from '#ui/controls/inline-form.tsx'
import { createEntryState } from '#ui/hooks/entry-state.ts'
import { Card } from '#ui/page/card.tsx'
import { plural } from '#contract/words/plural.ts'

import { Checking } from './checked-parts.tsx'
import { TooMany } from './host-task.tsx'
import { MoveItem } from './move-item.tsx'
import classes from './host-task.module.css'
import { changesOf, countOf, type Move } from './move-plan.ts'
import { useProbes, type Probed } from './use-probes.ts'

type ByHand = ReadonlyMap<string, boolean>

const NOTHING_BY_HAND: ByHand = new Map()

const useKeptByHand = createEntryState<ByHand>()

type MovesProps = { from: string; to: string; moves: Move[] }

/**
 * Lists every distinct URL before and after, with the check of the new one, to tick those to move.
 */
export function Moves({ from, to, moves }: MovesProps) {
  const probes = useProbes()
  const [byHand, setByHand] = useKeptByHand(NOTHING_BY_HAND, to)
  const possible = moves.filter((move) => isPossible(move))
  const isTicked = (move: Move) =>
    isPossible(move) && (byHand.get(move.before) ?? isFine(probes.probed.get(move.after)))
  const ticked = moves.filter(isTicked)

  return (
    <>
      <Card
        className={classes.moving}
        title={titleOf(possible.length)}
        aside={<Checking probes={probes} urls={possible.map(({ after }) => after)} kind="new" />}
      >
        <Text size="sm" c="dimmed">
          URLs that do not answer well are left out unless you tick them. Hookdesk checks from its
          own server; Nexudus may see something else.
        </Text>
        <ul className={classes.moves} aria-label="URLs">
          {moves.map((move) => (
            <MoveItem
              key={move.before}
              move={move}
              probed={probes.probed.get(move.after)}
              isTicked={isTicked(move)}
              onTick={(is) => setByHand((all) => new Map(all).set(move.before, is))}
            />
          ))}
        </ul>
      </Card>
      {possible.length > 0 && (
        <Confirm from={from} to={to} moves={ticked} onPropose={probes.stop} />
      )}
    </>
  )
}

function titleOf(possible: number): string {
  if (possible === 0) return 'No URL can move there'
  return plural(possible, 'URL changes', 'URLs change')
}

/** A URL that stays the same, or that cannot be reached, is never moved. */
const isPossible = ({ blocked, before, after }: Move) => blocked === null && before !== after

const isFine = (probed: Probed | undefined) =>
  probed?.state === 'checked' && shortVerdict(probed.report).level !== 'bad'

type ConfirmProps = MovesProps & {
  /** Called first: an answer that arrives later must not change what was confirmed. */
  onPropose: () => void
}

/** The person types the number, because a slip here stops deliveries everywhere at once. */
function Confirm({ from, to, moves, onPropose }: ConfirmProps) {
  // with another selection, the answer for an older one leads nowhere
  const propose = useProposeRun(moves.map(({ before }) => before).join('\n'))
  const [typed, setTyped] = useState('')
  const [isTold, setIsTold] = useState(false)
  const count = countOf(moves)
  if (count === 0) {
    return (
      <Text size="sm" c="dimmed">
        Nothing is ticked yet. Check the new URLs, or tick those you know are right.
      </Text>
    )
  }
  if (count > MAX_RUN_ITEMS) {
    return <TooMany count={count} then="move them" />
  }

  const isRight = typed.trim() === String(count)
  const what = plural(count, 'webhook')
  return (
    <InlineForm
      label="Move"
      onSubmit={() => {
        setIsTold(true)
        if (!isRight || propose.isPending) return
        onPropose()
        propose.mutate({
          title: {
            act: 'move',
            from: startOf(from, LONGEST_TITLE_NAME),
            to: startOf(to, LONGEST_TITLE_NAME),
          },
          changes: changesOf(moves),
        })
      }}
      below={
        <>
          <Text size="sm" c="dimmed">
            Nothing changes yet. The dry run shows what the move would do, webhook by webhook.
          </Text>
          {propose.error && (
            <Alert role="alert" color="orange" variant="light">
              {explainFailure(propose.error)} Nothing was changed.
            </Alert>
          )}
        </>
      }
    >
      <TextInput
        label={`Type ${count} to move that many webhooks`}
        inputMode="numeric"
        autoComplete="off"
        className={classes.number}
        error={isTold && !isRight ? `Type ${count} to continue` : undefined}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Button type="submit" loading={propose.isPending}>
        Start dry run for {what}
      </Button>
    </InlineForm>
  )
}
