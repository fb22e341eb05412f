import { Alert, Button } from '@mantine/core'
import {
  IconArrowsExchange,
  IconClockPause,
  IconCopyPlus,
  IconDownload,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconTrash,
} from '@tabler/icons-react'
import { useNavigate, useRouteContext } from '@tanstack/react-router'
import { Suspense, useRef, useState, type ReactNode } from 'react'

import { MAX_RUN_ITEMS, type RunProposal } from '#contract/desk/run.ts'
import type { WebhookRole } from '#contract/nexudus/rights.ts'
import { switchRun, useProposeRun } from '#features/runs/propose.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import type { FleetRow } from '#fleet/fleet.ts'
import { CopyRequest, useBarred, useLacking } from '#fleet/missing-rights.tsx'
import { paths } from '#paths'
import { partlyText } from '#texts/rights-words.ts'
import { Disclosure } from '#ui/controls/disclosure.tsx'
import { useAnnounced } from '#ui/feedback/announced.ts'
import { lazyPart } from '#ui/feedback/load-part.ts'
import { byCount } from '#contract/words/plural.ts'

import type { Selection } from './use-selection.ts'
import classes from './bulk-bar.module.css'
import { DescribeDialog, MoveHostDialog } from './bulk-dialogs.tsx'
import { deleteRun, describeRun, webhooksIn } from './bulk-runs.ts'

const PauseUntil = lazyPart(() => import('#features/pauses/pause-until.tsx'), 'PauseUntil')

type BulkBarProps = {
  selection: Selection
  /** The whole fleet: selected webhooks may be on any page. */
  rows: readonly FleetRow[]
  matching: readonly FleetRow[]
  matchingNow: () => readonly FleetRow[]
  onPage: readonly FleetRow[]
}

/** An address, which people may pass on, has to hold all their ids. */
const COPIED_AT_MOST = 100

type Asking = 'until' | 'describe' | 'move' | 'export' | null

/** Acts for all selected webhooks. Each leads to the dry run of a run. */
export function BulkBar(props: BulkBarProps) {
  const { selection, rows } = props
  const { ExportDialog } = useRouteContext({ from: paths.webhooks.route })
  const [asking, setAsking] = useState<Asking>(null)
  const [tooMany, setTooMany] = useState<string | null>(null)
  const propose = useProposeRun(selection.ids)
  const navigate = useNavigate()
  const chosen = rows.filter((row) => selection.ids.has(row.webhook.Id))
  const ids = chosen.map((row) => row.webhook.Id)
  const count = webhooksIn(chosen.length)
  useAnnounced(`${count} selected`)

  const close = () => setAsking(null)
  function run(proposal: RunProposal) {
    const isTooMany = proposal.changes.length > MAX_RUN_ITEMS
    setTooMany(
      isTooMany
        ? `One run takes at most ${MAX_RUN_ITEMS.toLocaleString('en')} webhooks. Select fewer, and do the rest in a second run.`
        : null,
    )
    if (isTooMany) close()
    else propose.mutate(proposal, { onError: close })
  }

  function move(host: string) {
    void navigate({ ...paths.destinations(), search: { move: host } })
  }

  function askHost() {
    const hosts = new Set(chosen.map((row) => row.host))
    const [only] = hosts
    if (hosts.size === 1 && only !== undefined) move(only)
    else setAsking('move')
  }

  function copy() {
    if (chosen.length > COPIED_AT_MOST) {
      setTooMany(`Copy at most ${COPIED_AT_MOST} webhooks at a time. Select fewer.`)
      return
    }
    void navigate({ ...paths.fanOut(), search: { copy: ids.join(',') } })
  }

  const problem = tooMany ?? (propose.error && explainFailure(propose.error))
  const lacking = useLacking(['WebHook-Edit', 'WebHook-Create', 'WebHook-Delete'])

  return (
    <section aria-label={`Selection: ${count}`} className={classes.bar} data-bulk>
      <Summary {...props} count={count} />
      {/* a single line on a narrow screen, so that it does not cover the rows it is about */}
      <div className={classes.acts}>
        <Act icon={IconPlayerPause} needs="WebHook-Edit" onAct={() => run(switchRun(ids, false))}>
          Pause
        </Act>
        <Act icon={IconClockPause} needs="WebHook-Edit" onAct={() => setAsking('until')}>
          Pause until…
        </Act>
        <Act icon={IconPlayerPlay} needs="WebHook-Edit" onAct={() => run(switchRun(ids, true))}>
          Resume
        </Act>
        <Act icon={IconPencil} needs="WebHook-Edit" onAct={() => setAsking('describe')}>
          Change description…
        </Act>
        <Act icon={IconArrowsExchange} needs="WebHook-Edit" onAct={askHost}>
          Move host…
        </Act>
        <Act icon={IconCopyPlus} needs="WebHook-Create" onAct={copy}>
          Copy to locations…
        </Act>
        <Act icon={IconDownload} onAct={() => setAsking('export')}>
          Export…
        </Act>
        <Act
          icon={IconTrash}
          needs="WebHook-Delete"
          isDangerous
          // the dry run asks for the number, if there are many
          onAct={() => run(deleteRun(chosen))}
        >
          Delete…
        </Act>
      </div>
      {lacking.length > 0 && (
        <Disclosure summary="You cannot do all of this" className={classes.missing}>
          <p className={classes.note} id="bulk-missing">
            {partlyText(lacking)}
          </p>
          <CopyRequest rights={lacking} />
        </Disclosure>
      )}
      {propose.isPending && asking === null && (
        <p className={classes.note} role="status">
          Preparing the dry run …
        </p>
      )}
      {problem !== null && (
        <Alert color="red" role="alert" variant="light" p="xs">
          {problem}
        </Alert>
      )}
      {asking === 'describe' && (
        <DescribeDialog
          count={count}
          isBusy={propose.isPending}
          onConfirm={(text) => run(describeRun(chosen, text))}
          onCancel={close}
        />
      )}
      {asking === 'move' && (
        <MoveHostDialog chosen={chosen} rows={rows} onConfirm={move} onCancel={close} />
      )}
      <Suspense>
        {asking === 'until' && (
          <PauseUntil
            what={count}
            ids={ids}
            confirmLabel="Start dry run"
            onNoted={() => {
              close()
              run(switchRun(ids, false))
            }}
            onCancel={close}
          />
        )}
        {asking === 'export' && <ExportDialog ids={ids} onClose={close} />}
      </Suspense>
    </section>
  )
}

/** The number selected, with buttons to select all matches and to clear the selection. */
function Summary(props: BulkBarProps & { count: string }) {
  const { selection, matching, matchingNow, onPage, count } = props
  const clear = useRef<HTMLButtonElement>(null)
  const inList = matching.filter((row) => selection.ids.has(row.webhook.Id)).length
  const outside = selection.ids.size - inList
  const isPage = onPage.length > 0 && onPage.every((row) => selection.ids.has(row.webhook.Id))

  return (
    <div className={classes.summary}>
      <span className={classes.count}>{count} selected</span>
      <Button
        ref={clear}
        size="compact-sm"
        variant="subtle"
        onClick={() => {
          selection.clear()
          document.getElementById('webhooks-title')?.focus()
        }}
      >
        Clear
      </Button>
      {outside > 0 && (
        <span className={classes.note}>
          {outside.toLocaleString('en')} of them {byCount(outside, 'is', 'are')} not in this list
        </span>
      )}
      {isPage && inList < matching.length && (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => {
            selection.setMany(matchingNow(), true)
            // this button disappears, so its neighbour, which clears the selection, takes the focus
            clear.current?.focus()
          }}
        >
          Select all {matching.length.toLocaleString('en')} that match
        </Button>
      )}
    </div>
  )
}

type ActProps = {
  icon: typeof IconTrash
  /** The role that the act requires, if any. */
  needs?: WebhookRole
  isDangerous?: boolean
  onAct: () => void
  children: ReactNode
}

function Act({ icon: Icon, needs, isDangerous, onAct, children }: ActProps) {
  const barred = useBarred(needs)
  const isBarred = barred !== undefined
  return (
    <Button
      size="compact-md"
      variant="default"
      className={classes.act}
      leftSection={<Icon size={16} aria-hidden />}
      // not `disabled`: that would hide the reason
      aria-disabled={isBarred || undefined}
      aria-describedby={isBarred ? 'bulk-missing' : undefined}
      data-danger={(isDangerous && !isBarred) || undefined}
      title={barred}
      onClick={() => !isBarred && onAct()}
    >
      {children}
    </Button>
  )
}
