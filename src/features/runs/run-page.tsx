import { Alert, Skeleton, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'

import { ApiError, isSignedOut } from '#api/failure.ts'
import { runCan, isRunOver } from '#contract/desk/run-steps.ts'
import type { Run } from '#contract/desk/run.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { webhookQueries } from '#fleet/webhook-queries.ts'
import { paths } from '#paths'
import { runTitleText } from '#texts/run-title-text.ts'
import { ReadProblem } from '#ui/feedback/read-problem.tsx'
import { TimeAgo } from '#ui/feedback/time-ago.tsx'
import { Lead, Page, ScreenTitle, useDocumentTitle } from '#ui/page/page.tsx'

import { DryRun } from './dry-run.tsx'
import { RunProgress } from './run-progress.tsx'
import { RunResult } from './run-result.tsx'
import { runQueries } from './run-queries.ts'
import { standOf } from './run-words.ts'
import classes from './runs.module.css'

/** One run: its dry run, its progress, its result. A person may leave the page and return. */
export function RunPage() {
  const { id } = useParams({ from: paths.run.route })
  return <KnownRun key={id} id={Number(id)} />
}

function KnownRun({ id }: { id: number }) {
  const { data: run, error, refetch } = useQuery(runQueries.detail(id))
  useDocumentTitle(run ? `${runTitleText(run.title)} (${standOf(run)})` : 'Run')
  useFleetAfter(run)

  if (!run) {
    return (
      <Page>
        <ScreenTitle>Run</ScreenTitle>
        {error && !isSignedOut(error) ? (
          <RunProblem error={error} onAgain={() => void refetch()} />
        ) : (
          <Skeleton height={160} aria-label="Loading the run" />
        )}
      </Page>
    )
  }
  return (
    <Page>
      <ScreenTitle>
        <bdi>{runTitleText(run.title)}</bdi>
      </ScreenTitle>
      <Lead>
        Prepared <TimeAgo at={Date.parse(run.createdAt)} />
        <When word="started" at={run.startedAt} />
        <When word="ended" at={run.startedAt && run.finishedAt} />
        {run.undoes !== null && (
          <span>
            {' · '}
            <RunLink id={run.undoes}>the run it undoes</RunLink>
          </span>
        )}
        {run.undoneBy !== null && (
          <span>
            {' · '}
            <RunLink id={run.undoneBy}>the run that undoes it</RunLink>
          </span>
        )}
      </Lead>
      {error && !isSignedOut(error) && (
        <Alert color="orange" variant="light" role="alert">
          {explainFailure(error)} The run continues without this page.
        </Alert>
      )}
      {runCan.start(run) && <DryRun run={run} />}
      {!runCan.start(run) && !isRunOver(run) && <RunProgress run={run} />}
      {isRunOver(run) && <RunResult run={run} />}
    </Page>
  )
}

function When({ word, at }: { word: string; at: string | null }) {
  if (at === null) return null
  return (
    <span>
      {` · ${word} `}
      <TimeAgo at={Date.parse(at)} />
    </span>
  )
}

function RunLink({ id, children }: { id: number; children: string }) {
  return (
    <Link {...paths.run(id)} className={classes.link}>
      {children}
    </Link>
  )
}

function RunProblem({ error, onAgain }: { error: Error; onAgain: () => void }) {
  const isUnknown = error instanceof ApiError && error.code === 'not_found'
  return (
    <ReadProblem title="Hookdesk could not read the run" onAgain={isUnknown ? undefined : onAgain}>
      {isUnknown ? (
        <>
          <span>You have no such run.</span>
          <Text size="sm" mt="xs">
            <Link {...paths.activity()} className={classes.link}>
              All runs
            </Link>
          </Text>
        </>
      ) : (
        <span>{explainFailure(error)}</span>
      )}
    </ReadProblem>
  )
}

/** Reads the list again when the run is over, and when its page is left. */
function useFleetAfter(run: Run | undefined) {
  const queryClient = useQueryClient()
  const hasChanged = (run?.counts.done ?? 0) > 0
  const state = run?.state
  useEffect(() => {
    if (!hasChanged) return undefined
    const readAgain = () => void queryClient.invalidateQueries({ queryKey: webhookQueries.all() })
    if (state !== 'running') readAgain()
    return readAgain
  }, [queryClient, hasChanged, state])
}
