import { useQuery, type UseQueryResult } from '@tanstack/react-query'

import { isSignedOut } from '#api/failure.ts'
import { lacking, type ListReading } from '#contract/nexudus/page.ts'
import { ReadProblem } from '#ui/feedback/read-problem.tsx'
import { useNow } from '#ui/hooks/now.ts'
import { timeAgo } from '#ui/text/time.ts'

import { explainFailure } from './failure-words.ts'
import { CannotSee, isRefused } from './missing-rights.tsx'
import type { FleetReading } from './webhook-api.ts'
import { locationQueries } from './webhook-queries.ts'

/**
 * Explains why the list is missing, old or incomplete. An earlier reading stays usable below it.
 */
export function FleetProblem({ fleet }: { fleet: UseQueryResult<FleetReading> }) {
  const now = useNow()
  const { error, data, refetch, isFetching } = fleet
  if (!error && data) return <Gaps webhooks={{ ...data, rows: data.webhooks }} />
  if (!error || isSignedOut(error)) return null

  if (isRefused(error)) return <CannotSee title="You cannot see webhooks" error={error} />

  return (
    <ReadProblem
      title={data ? 'This page may be out of date' : 'Hookdesk could not read the webhooks'}
      isBusy={isFetching}
      onAgain={() => void refetch()}
    >
      <span>{`${explainFailure(error)} Your webhooks keep running.`}</span>
      {data && <span>{` Last read ${timeAgo(data.readAt, now)}.`}</span>}
    </ReadProblem>
  )
}

/** Names the webhooks and locations that did not arrive or could not be read. */
function Gaps({ webhooks }: { webhooks: ListReading<unknown> }) {
  const { data: locations } = useQuery(locationQueries.reading())
  const gaps = [...gapsOf(webhooks, 'webhook'), ...(locations ? gapsOf(locations, 'location') : [])]
  if (gaps.length === 0) return null
  return (
    <ReadProblem title="This page is incomplete">
      {gaps.join(' ')} What is missing here may still exist in Nexudus.
    </ReadProblem>
  )
}

function gapsOf(list: ListReading<unknown>, noun: string): string[] {
  const { rows, unreadable, total } = list
  const texts: string[] = []
  if (lacking(list) > 0) {
    const read = total - lacking(list)
    texts.push(`Nexudus sent only ${counted(read)} of ${counted(total)} ${noun}s.`)
  }
  if (unreadable > 0) {
    const left = `${counted(unreadable)} of ${counted(rows.length + unreadable)} ${noun}s`
    texts.push(`Hookdesk could not read ${left}: too large, or in an unknown form.`)
  }
  return texts
}

const counted = (count: number) => count.toLocaleString('en')
