import { Alert, Button, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'

import { runCan } from '#contract/desk/run-steps.ts'
import type { Run, RunItem } from '#contract/desk/run.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { useAnnounced } from '#ui/feedback/announced.ts'
import { loadPart } from '#ui/feedback/load-part.ts'
import { Card } from '#ui/page/card.tsx'
import { byCount } from '#contract/words/plural.ts'

import { ItemsByState } from './items-by-state.tsx'
import type { RunAct } from './run-api.ts'
import { steeringProps, useSteerRun, useUndoRun } from './run-mutations.ts'
import { runQueries } from './run-queries.ts'
import { standOf } from './run-words.ts'
import { SwitchOnInstead } from './switch-on-instead.tsx'
import classes from './runs.module.css'

/** The result of a run, item by item, with the possible next steps. */
export function RunResult({ run }: { run: Run }) {
  const { data: items = [], error } = useQuery(runQueries.items(run))
  const stand = standOf(run)
  useAnnounced(stand)
  const wasStarted = run.startedAt !== null

  return (
    <>
      <Card label="Result">
        <p className={classes.count}>{stand}</p>
        {!wasStarted && <Text>Discarded before it started. Nothing was changed.</Text>}
        {error && (
          <Alert color="orange" variant="light" role="alert">
            {explainFailure(error)}
          </Alert>
        )}
        {wasStarted && <SwitchOnInstead items={items} />}
        {wasStarted && <Acts run={run} items={items} />}
      </Card>
      <ItemsByState items={items} isOver />
    </>
  )
}

function Acts({ run, items }: { run: Run; items: readonly RunItem[] }) {
  const steer = useSteerRun(run.id)
  const steering = (act: RunAct) => steeringProps(steer, act)
  const undo = useUndoRun(run.id)
  const { counts, undoable } = run
  const problem = steer.error ?? undo.error

  async function download() {
    const { saveResult } = await loadPart(() => import('./result-csv.ts'))
    saveResult(run, items)
  }

  return (
    <>
      {problem && (
        <Alert color="red" variant="light" role="alert">
          {explainFailure(problem)}
        </Alert>
      )}
      <Group>
        {runCan.continue(run) && (
          <Button {...steering('continue')}>
            Continue with {counts.ready.toLocaleString('en')}
          </Button>
        )}
        {runCan.retry(run) && (
          <Button {...steering('retry')}>Retry {counts.failed.toLocaleString('en')} failed</Button>
        )}
        {runCan.undo(run) && (
          <Button variant="default" loading={undo.isPending} onClick={() => undo.mutate()}>
            Undo {undoable.toLocaleString('en')} {byCount(undoable, 'change', 'changes')}…
          </Button>
        )}
        <Button variant="default" onClick={() => void download()}>
          Download result
        </Button>
      </Group>
    </>
  )
}
