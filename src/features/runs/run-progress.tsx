import { Alert, Button, Group, Progress, Text } from '@mantine/core'
import { IconClockPause } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { runCan } from '#contract/desk/run-steps.ts'
import type { Run } from '#contract/desk/run.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { useAnnounced } from '#ui/feedback/announced.ts'
import { useTick } from '#ui/hooks/effects.ts'
import { currentTime } from '#ui/hooks/now.ts'
import { Card } from '#ui/page/card.tsx'

import { ItemGroup } from './run-items.tsx'
import type { RunAct } from './run-api.ts'
import { steeringProps, useSteerRun } from './run-mutations.ts'
import { runQueries } from './run-queries.ts'
import { GROUPS, progressOf, standOf, timeLeft, waitText } from './run-words.ts'
import classes from './runs.module.css'

/** The progress of a run. The run goes on without this page; closing it changes nothing. */
export function RunProgress({ run }: { run: Run }) {
  const { toDo, all, done, failed } = progressOf(run)
  const isChecking = run.state === 'checking'
  const total = isChecking ? all : toDo
  const text = `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`
  const left = timeLeft(run)
  const share = (part: number) => (total === 0 ? 0 : (part / total) * 100)
  // announced at the start and at each quarter, not at each item
  useAnnounced(standOf(run), Math.floor(share(done + failed) / 25))

  return (
    <>
      <Card label="Progress">
        <div className={classes.progress}>
          <strong className={classes.count}>{text}</strong>
          {failed > 0 && <strong className={classes.failed}>{failed} failed</strong>}
          <span className={classes.current}>
            {isChecking ? 'read from Nexudus' : run.state === 'paused' ? 'Paused' : run.current}
          </span>
        </div>
        {/* Mantine's section would announce its own percentage, whatever its label */}
        <Progress.Root
          size="lg"
          role="progressbar"
          aria-label={isChecking ? 'Checked' : 'Done'}
          aria-valuemin={0}
          aria-valuemax={total}
          aria-valuenow={done}
          aria-valuetext={failed > 0 ? `${text} done, ${failed} failed` : text}
        >
          <Progress.Section className={classes.doneBar} value={share(done)} withAria={false} />
          {failed > 0 && (
            <Progress.Section
              className={classes.failedBar}
              value={share(failed)}
              withAria={false}
            />
          )}
        </Progress.Root>
        {left && (
          <Text size="sm" c="dimmed">
            {left}
          </Text>
        )}
        <Waiting run={run} />
        <Steering run={run} />
        {run.state !== 'paused' && run.wait?.for !== 'session' && (
          <Text size="sm" c="dimmed">
            You can close this page: {isChecking ? 'the dry run' : 'the run'} continues until you
            sign out. Find it under Activity.
          </Text>
        )}
      </Card>
      {!isChecking && <ItemsSoFar run={run} />}
    </>
  )
}

function ItemsSoFar({ run }: { run: Run }) {
  const { data: items = [] } = useQuery(runQueries.items(run))
  return GROUPS.map(({ state, title }) => (
    <ItemGroup
      key={state}
      title={state === 'ready' ? 'To do' : title}
      items={items.filter((item) => item.state === state)}
      count={run.counts[state]}
      isOpen={state === 'failed'}
    />
  ))
}

function Waiting({ run }: { run: Run }) {
  const [now, setNow] = useState(() => currentTime())
  const isCounting = run.wait?.until != null
  useTick(isCounting ? 1000 : null, () => setNow(currentTime()))

  const text = waitText(run, now)
  if (!text) return null
  return (
    <Alert color="yellow" variant="light" icon={<IconClockPause aria-hidden />}>
      {text}
    </Alert>
  )
}

function Steering({ run }: { run: Run }) {
  const steer = useSteerRun(run.id)
  const steering = (act: RunAct) => steeringProps(steer, act)
  return (
    <>
      {steer.error && (
        <Alert color="red" variant="light" role="alert">
          {explainFailure(steer.error)}
        </Alert>
      )}
      <Group>
        {runCan.continue(run) && <Button {...steering('continue')}>Continue</Button>}
        {runCan.pause(run) && (
          <Button variant="default" {...steering('pause')}>
            Pause
          </Button>
        )}
        {runCan.discard(run) ? (
          <Button variant="default" {...steering('discard')}>
            Discard
          </Button>
        ) : (
          <Button variant="default" {...steering('stop')}>
            Stop after this one
          </Button>
        )}
      </Group>
    </>
  )
}
