import { Alert, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import { isSignedOut } from '#api/failure.ts'
import { isRunOver } from '#contract/desk/run-steps.ts'
import type { Run } from '#contract/desk/run.ts'
import { useMay, useMayImport } from '#features/session/use-desk.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { HelpFold } from '#features/help/help-fold.tsx'
import { runQueries } from '#features/runs/run-queries.ts'
import { progressOf, standOf } from '#features/runs/run-words.ts'
import { paths } from '#paths'
import { runTitleText } from '#texts/run-title-text.ts'
import { Disclosure } from '#ui/controls/disclosure.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Mark, type MarkLook } from '#ui/feedback/mark.tsx'
import { TimeAgo } from '#ui/feedback/time-ago.tsx'
import { currentTime } from '#ui/hooks/now.ts'
import { Card } from '#ui/page/card.tsx'

import classes from './own-runs.module.css'
import { durationOf, isOldDraft } from './run-times.ts'

/** The runs of the person: first those that wait for somebody, then those that are over. */
export function OwnRuns() {
  const mayCreate = useMay('WebHook-Create')
  const mayImport = useMayImport()
  const { data: runs, error } = useQuery(runQueries.list())
  const isOpen = (run: Run) => !isRunOver(run) && !isOldDraft(run, currentTime())
  const past = runs?.filter((run) => !isOpen(run)) ?? []
  const shown = [...(runs?.filter(isOpen) ?? []), ...past.slice(0, FEW)]
  const folded = past.slice(FEW)
  return (
    <Card
      title="Your runs"
      aside={
        <HelpFold question="What is a run?" section="change-many-at-once">
          A run changes many webhooks: a dry run shows what would happen, then it works through them
          at the pace that Nexudus allows. You can close the page meanwhile, and undo it afterwards.
        </HelpFold>
      }
    >
      <p className={classes.ways}>
        {mayCreate && (
          <Link {...paths.fanOut()} className={classes.link}>
            Create several webhooks
          </Link>
        )}
        {mayImport && (
          <Link {...paths.importPlan()} className={classes.link}>
            Import a plan
          </Link>
        )}
      </p>
      {error && !isSignedOut(error) && (
        <Alert color="orange" variant="light" role="alert">
          {explainFailure(error)}
        </Alert>
      )}
      {!runs && !error && <Skeleton height={80} aria-label="Loading runs" />}
      {runs?.length === 0 && (
        <EmptyState
          picture="run"
          isInCard
          title="No runs yet"
          text="Tick webhooks in the list to change them together, or fill gaps between locations."
        >
          <Link {...paths.webhooks()} className={classes.link}>
            Go to the list
          </Link>
          <Link {...paths.coverage()} className={classes.link}>
            Look for gaps
          </Link>
        </EmptyState>
      )}
      {shown.length > 0 && <RunRows label="Runs" runs={shown} />}
      {folded.length > 0 && (
        <Disclosure summary={`${folded.length.toLocaleString('en')} earlier`}>
          {() => <RunRows label="Earlier runs" runs={folded} />}
        </Disclosure>
      )}
    </Card>
  )
}

/** Runs that are over and shown all the same, because people come to see what came of them. */
const FEW = 3

function RunRows({ label, runs }: { label: string; runs: readonly Run[] }) {
  return (
    <ul className={classes.runs} aria-label={label}>
      {runs.map((run) => (
        <RunRow key={run.id} run={run} />
      ))}
    </ul>
  )
}

function RunRow({ run }: { run: Run }) {
  const { toDo, done, failed } = progressOf(run)
  const isAtWork = run.state === 'running' || run.state === 'paused'
  const took = durationOf(run)
  return (
    <li className={classes.run}>
      <Link {...paths.run(run.id)} className={classes.link}>
        <bdi>{runTitleText(run.title)}</bdi>
      </Link>
      <TimeAgo at={Date.parse(run.startedAt ?? run.createdAt)} />
      <Mark look={lookOf(run)}>{standOf(run)}</Mark>
      {took !== null && <span className={classes.note}>{`took ${took}`}</span>}
      {isOldDraft(run, currentTime()) && (
        <span className={classes.note}>Old: prepare it again, things may have changed since.</span>
      )}
      {isAtWork && (
        // the words beside it say the same
        <progress aria-hidden className={classes.bar} value={done + failed} max={toDo} />
      )}
    </li>
  )
}

function lookOf({ state, counts }: Run): MarkLook {
  if (counts.failed > 0) return 'bad'
  if (state === 'finished') return 'good'
  return state === 'running' || state === 'paused' || state === 'proposed' ? 'trouble' : 'quiet'
}
