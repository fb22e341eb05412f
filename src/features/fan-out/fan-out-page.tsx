import { Alert, Skeleton, Stack, VisuallyHidden } from '@mantine/core'
import { useRouterState, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'

import { useDesk, useMayOnce } from '#features/session/use-desk.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { ReadingProgress } from '#fleet/reading-progress.tsx'
import { FleetAge } from '#fleet/fleet-age.tsx'
import { FleetProblem } from '#fleet/fleet-problem.tsx'
import { MissingRights } from '#fleet/missing-rights.tsx'
import { useReadFleet } from '#fleet/use-fleet.ts'
import { ReadProblem } from '#ui/feedback/read-problem.tsx'
import { paths } from '#paths'
import { Lead, Page, PageHead, ScreenTitle, useDocumentTitle } from '#ui/page/page.tsx'
import { byCount } from '#contract/words/plural.ts'

import { FanOutForm } from './fan-out-form.tsx'
import { DEFAULT_PATTERN } from './pattern.ts'
import type { Draft, Task } from './plan.ts'
import { readFanOutSearch, type Wanted } from './read-search.ts'
import type { FanOutSearch } from './search.ts'
import { useSources } from './use-sources.ts'

/** Creates many webhooks at once: for every chosen location and action, for gaps, or as copies. */
export function FanOutPage() {
  const search = useSearch({ from: paths.fanOut.route })
  const title = search.copy ? 'Copy to locations' : 'Create several webhooks'
  useDocumentTitle(title)
  const mayCreate = useMayOnce('WebHook-Create')
  return (
    <Page width="full">
      {mayCreate ? (
        <FanOut title={title} search={search} />
      ) : (
        <>
          <ScreenTitle>{title}</ScreenTitle>
          <MissingRights title="You cannot create webhooks" rights={['WebHook-Create']} />
        </>
      )}
    </Page>
  )
}

function FanOut({ title, search }: { title: string; search: FanOutSearch }) {
  const read = useReadFleet()
  const { fleet, locations, locationsFailed } = read
  const isReady = fleet.data !== undefined && locations.size > 0

  return (
    <>
      <PageHead>
        <ScreenTitle>{title}</ScreenTitle>
        <FleetAge fleet={fleet} />
      </PageHead>
      <Lead>{leadOf(search)}</Lead>
      <FleetProblem fleet={fleet} />
      {locationsFailed && (
        <Alert role="alert" color="orange" variant="light">
          Hookdesk could not read the locations. Reload the page.
        </Alert>
      )}
      {isReady ? (
        <Form key={JSON.stringify(search)} read={read} search={search} />
      ) : (
        !fleet.error && !locationsFailed && <Loading>Loading webhooks …</Loading>
      )}
    </>
  )
}

function leadOf({ cells, copy }: FanOutSearch): string {
  if (copy) return 'One copy for each location you tick. Existing webhooks are left out.'
  if (cells) return 'One webhook for each gap you chose. Existing webhooks are left out.'
  return 'One webhook for each location and action you tick. Existing webhooks are left out.'
}

type Read = ReturnType<typeof useReadFleet>
type FormProps = { read: Read; search: FanOutSearch }

/** Reads the link once; later changes are the person's. */
function Form({ read, search }: FormProps) {
  const { session } = useDesk()
  const isUsable = (id: number) =>
    read.locations.has(id) && (session.locations?.includes(id) ?? true)
  const [wanted] = useState(() => readFanOutSearch(search, isUsable))
  const usable = [...read.locations.values()].filter(({ Id }) => isUsable(Id))
  const props = { ...read, usable, wanted }
  return (
    <>
      {wanted.dropped.length > 0 && (
        <Alert color="indigo" variant="light">
          {wanted.dropped.join(' ')}
        </Alert>
      )}
      {wanted.copy ? <Copies {...props} ids={wanted.copy} /> : <Fresh {...props} />}
    </>
  )
}

type PartProps = Pick<Read, 'rows' | 'locations'> & {
  usable: Parameters<typeof FanOutForm>[0]['usable']
  wanted: Wanted
}

function Fresh({ wanted, ...props }: PartProps) {
  const typed = useRouterState({ select: ({ location }) => location.state.fanOut })
  const [task] = useState<Task>(() =>
    wanted.cells ? { kind: 'cells', cells: wanted.cells } : { kind: 'product' },
  )
  const [start] = useState(() => ({ ...draftOf(wanted), URL: wanted.url, ...typed }))
  return <FanOutForm {...props} task={task} start={start} isTyped={typed !== undefined} />
}

function Copies({ ids, wanted, ...props }: PartProps & { ids: number[] }) {
  const { sources, missing, unread, error, isReady, readAgain } = useSources(ids)
  const task = useMemo((): Task => ({ kind: 'copy', sources }), [sources])
  const [start] = useState(() => ({ ...draftOf(wanted), URL: wanted.url || null }))
  if (error) {
    return (
      <ReadProblem title="Hookdesk could not read what to copy" onAgain={readAgain}>
        {explainFailure(error)}
      </ReadProblem>
    )
  }
  if (!isReady) return <Loading>Loading what to copy …</Loading>
  return (
    <>
      {missing > 0 && (
        <Alert color="orange" variant="light">
          {byCount(
            missing,
            '1 webhook to copy no longer exists.',
            `${missing} webhooks to copy no longer exist.`,
          )}
        </Alert>
      )}
      {unread > 0 && (
        <Alert color="orange" variant="light">
          {byCount(
            unread,
            '1 webhook is left out: Hookdesk cannot read what it fires on.',
            `${unread} webhooks are left out: Hookdesk cannot read what they fire on.`,
          )}
        </Alert>
      )}
      {sources.length > 0 && <FanOutForm {...props} task={task} start={start} isTyped={false} />}
    </>
  )
}

const draftOf = ({ locations, actions }: Wanted): Draft => ({
  locations: new Set(locations),
  actions: new Set(actions),
  URL: '',
  pattern: DEFAULT_PATTERN,
  keepsNames: false,
  Description: '',
  Active: true,
})

function Loading({ children }: { children: string }) {
  return (
    <Stack aria-busy>
      <VisuallyHidden>{children}</VisuallyHidden>
      <ReadingProgress />
      <Skeleton height={260} />
      <Skeleton height={200} />
    </Stack>
  )
}
