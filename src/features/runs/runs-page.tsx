import { Alert, Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import { isSignedOut } from '#api/failure.ts'
import type { Run } from '#contract/desk/run.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { paths } from '#paths'
import { runTitleText } from '#texts/run-title-text.ts'
import { Mark, type MarkLook } from '#ui/feedback/mark.tsx'
import { TimeAgo } from '#ui/feedback/time-ago.tsx'
import { Card } from '#ui/page/card.tsx'
import { Lead, Page, ScreenTitle, useDocumentTitle } from '#ui/page/page.tsx'

import { runQueries } from './run-queries.ts'
import { standOf } from './run-words.ts'
import classes from './runs.module.css'

/** Lists all runs of the person, newest first. */
export function RunsPage() {
  useDocumentTitle('Runs')
  const { data: runs, error } = useQuery(runQueries.list())
  return (
    <Page>
      <ScreenTitle>Runs</ScreenTitle>
      <Lead>
        A run changes many webhooks: a dry run first, then one webhook after another. You can undo
        it afterwards.
      </Lead>
      <p className={classes.ways}>
        <Link {...paths.fanOut()} className={classes.link}>
          Create several webhooks
        </Link>
        <Link {...paths.importPlan()} className={classes.link}>
          Import a plan
        </Link>
      </p>
      {error && !isSignedOut(error) && (
        <Alert color="orange" variant="light" role="alert">
          {explainFailure(error)}
        </Alert>
      )}
      {!runs && !error && <Skeleton height={160} aria-label="Loading runs" />}
      {runs?.length === 0 && (
        <Card>
          <Text>
            No runs yet. Tick webhooks in the{' '}
            <Link {...paths.webhooks()} className={classes.link}>
              list
            </Link>
            , or look for gaps in the{' '}
            <Link {...paths.coverage()} className={classes.link}>
              coverage
            </Link>
            .
          </Text>
        </Card>
      )}
      {runs && runs.length > 0 && (
        <ul className={classes.runs} aria-label="Runs, newest first">
          {runs.map((run) => (
            <RunRow key={run.id} run={run} />
          ))}
        </ul>
      )}
    </Page>
  )
}

function RunRow({ run }: { run: Run }) {
  return (
    <li className={classes.run}>
      <Link {...paths.run(run.id)} className={classes.link}>
        <bdi>{runTitleText(run.title)}</bdi>
      </Link>
      <Mark look={lookOf(run)}>{standOf(run)}</Mark>
      <TimeAgo at={Date.parse(run.createdAt)} />
    </li>
  )
}

function lookOf({ state, counts }: Run): MarkLook {
  if (counts.failed > 0) return 'bad'
  if (state === 'finished') return 'good'
  return state === 'running' || state === 'paused' || state === 'proposed' ? 'trouble' : 'quiet'
}
