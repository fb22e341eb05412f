import { Button, Stack } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Suspense, useState, type ReactNode } from 'react'

import type { FleetReading } from '#fleet/webhook-api.ts'
import { webhookQueries } from '#fleet/webhook-queries.ts'
import { lazyPart } from '#ui/feedback/load-part.ts'
import { useNotices } from '#ui/feedback/notices.tsx'
import { useLoadAhead } from '#ui/hooks/load-ahead.ts'

import { EntryCard } from './entry-card.tsx'
import { daysOf } from './entry-words.ts'
import type { HistoryFilter } from './history-api.ts'
import classes from './history-list.module.css'
import { historyQueries } from './history-queries.ts'
import { HistoryEmpty, HistoryLoading, HistoryProblem } from './history-states.tsx'
import { isGroup, RunCard } from './run-card.tsx'
import type { RevertibleEntry } from './revert-dialog.tsx'
import { useLocations } from './use-locations.ts'

const RevertDialog = lazyPart(() => import('./revert-dialog.tsx'), 'RevertDialog')
const loadDialog = () => [RevertDialog.preload()]

type HistoryListProps = {
  filter: HistoryFilter
  /** True if all entries are about one webhook, which need not be named again. */
  isOfOne?: boolean
  /** True if the changes of a run are one entry. */
  isGrouped?: boolean
  /** True if all entries are of one run, which need not be named again, nor its day. */
  isOfRun?: boolean
  /** Says more of a run, by its number. */
  noteOfRun?: (id: number) => ReactNode
  onClear?: () => void
}

/** Lists changes, newest first and day by day. */
export function HistoryList(props: HistoryListProps) {
  const { filter, isOfOne = false, isGrouped = false, isOfRun = false, noteOfRun, onClear } = props
  useLoadAhead(loadDialog)
  const query = useInfiniteQuery(
    historyQueries.list(isGrouped ? { ...filter, grouped: true } : filter),
  )
  const { data: there } = useQuery({ ...webhookQueries.fleet(), select: idsOf })
  const locations = useLocations()
  const { announce } = useNotices()
  const [reverting, setReverting] = useState<RevertibleEntry | null>(null)
  const entries = query.data?.pages.flatMap((page) => page.entries) ?? []

  async function loadOlder() {
    const { data } = await query.fetchNextPage()
    const count = data?.pages.reduce((sum, page) => sum + page.entries.length, 0) ?? 0
    announce(`${count} changes shown.`)
  }

  if (query.isPending) return <HistoryLoading />
  return (
    <Stack gap="md">
      {query.error && (
        <HistoryProblem
          error={query.error}
          hasOlder={entries.length > 0}
          isBusy={query.isFetching}
          onAgain={() => void query.refetch()}
        />
      )}
      {query.data && entries.length === 0 && (
        <HistoryEmpty
          isFiltered={!isOfOne && Object.keys(filter).length > 0}
          isOfOne={isOfOne}
          onClear={onClear}
        />
      )}
      {daysOf(entries).map(({ label, entries: ofDay }) => (
        // a day may appear twice: changes made elsewhere are found later
        <section
          key={ofDay[0]?.id}
          aria-label={isOfRun ? undefined : label}
          className={classes.day}
        >
          {!isOfRun && <h2 className={classes.label}>{label}</h2>}
          <ol className={classes.entries}>
            {ofDay.map((entry) =>
              isGroup(entry) ? (
                <RunCard key={entry.id} entry={entry} note={noteOfRun?.(entry.runId)}>
                  <HistoryList filter={{ ...filter, run: entry.runId }} isOfRun />
                </RunCard>
              ) : (
                <EntryCard
                  key={entry.id}
                  entry={entry}
                  locations={locations}
                  isOfOne={isOfOne}
                  isOfRun={isOfRun}
                  isThere={there?.has(entry.webhookId)}
                  onRevert={setReverting}
                />
              ),
            )}
          </ol>
        </section>
      ))}
      {query.hasNextPage && (
        <div>
          <Button
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void loadOlder()}
          >
            Load older
          </Button>
        </div>
      )}
      <Suspense>
        {reverting && <RevertDialog entry={reverting} onClose={() => setReverting(null)} />}
      </Suspense>
    </Stack>
  )
}

const idsOf = ({ webhooks }: FleetReading) => new Set(webhooks.map(({ Id }) => Id))
