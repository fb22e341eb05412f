import { Button } from '@mantine/core'
import {
  IconArrowBackUp,
  IconHandStop,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlus,
  IconTrash,
  IconWorld,
  IconWorldPlus,
  IconWorldX,
  type Icon,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'

import { actionLabel } from '#contract/actions/actions.ts'
import {
  isOwnKind,
  isRevertibleKind,
  type HistoryEntry,
  type RevertibleKind,
} from '#contract/desk/history.ts'
import { FAILURE_LIMIT } from '#contract/nexudus/health.ts'
import type { Location } from '#contract/nexudus/location.ts'
import { AtLocation } from '#fleet/at-location.tsx'
import { locationNameOf } from '#fleet/fleet.ts'
import { paths } from '#paths'
import { runTitleText } from '#texts/run-title-text.ts'
import { TimeAgo } from '#ui/feedback/time-ago.tsx'

import { DiffList } from './diff-list.tsx'
import classes from './entry-card.module.css'
import { kindLabel, wasDeleted, windowLabel } from './entry-words.ts'
import type { RevertibleEntry } from './revert-dialog.tsx'

const ICONS: Record<string, Icon> = {
  Created: IconPlus,
  Deleted: IconTrash,
  Paused: IconPlayerPause,
  Resumed: IconPlayerPlay,
  Stopped: IconHandStop,
  'Changed outside Hookdesk': IconWorld,
  'Created outside Hookdesk': IconWorldPlus,
  'Deleted outside Hookdesk': IconWorldX,
}

type EntryCardProps = {
  entry: HistoryEntry
  locations: Map<number, Location>
  isOfOne: boolean
  isOfRun: boolean
  /** True if the webhook is still in the list; `undefined` until the list is read. */
  isThere: boolean | undefined
  onRevert: (entry: RevertibleEntry) => void
}

/** One change: the webhook, the person, the time, and the values before and after. */
export function EntryCard(props: EntryCardProps) {
  const { entry, locations, isOfOne, isOfRun, isThere, onRevert } = props
  const { kind, name, businessId, action, runId, runTitle } = entry
  const what = kindLabel(entry)
  const KindIcon = ICONS[what] ?? IconPencil

  return (
    <li className={classes.entry} data-kind={entry.stoppedAfter === null ? kind : 'stopped'}>
      <span className={classes.icon}>
        <KindIcon size={18} aria-hidden />
      </span>
      <div className={classes.body}>
        <div className={classes.head}>
          <span className={classes.what}>{what} </span>
          {!isOfOne && (
            <span>
              <WebhookName entry={entry} isThere={isThere} />{' '}
            </span>
          )}
          <AtLocation id={businessId}>
            <TimeAgo at={Date.parse(entry.at)} />
          </AtLocation>
        </div>
        <div className={classes.second}>
          {!isOfRun && <Who entry={entry} />}
          {runId !== null && !isOfRun && (
            <span>
              {' · part of '}
              <Link {...paths.run(runId)} className={classes.link}>
                <bdi>{runTitle ? runTitleText(runTitle) : `run ${runId}`}</bdi>
              </Link>
            </span>
          )}
        </div>
        {!isOfOne && (
          <div className={classes.second}>
            <bdi>{locationNameOf(locations, businessId)}</bdi> · {actionLabel(action)}
          </div>
        )}
        <DiffList entry={entry} locations={locations} />
      </div>
      {entry.isRevertible && isRevertibleKind(kind) && (
        <Button
          className={classes.revert}
          size="compact-sm"
          variant="default"
          leftSection={<IconArrowBackUp size={16} aria-hidden />}
          aria-label={`${revertLabel(kind)} ${what}, ${name}`}
          onClick={() => onRevert({ ...entry, kind })}
        >
          {revertLabel(kind)}
        </Button>
      )}
    </li>
  )
}

const revertLabel = (kind: RevertibleKind) => (wasDeleted(kind) ? 'Restore…' : 'Revert…')

function WebhookName({ entry, isThere }: Pick<EntryCardProps, 'entry' | 'isThere'>) {
  const isGone = isThere === false || (wasDeleted(entry.kind) && isThere === undefined)
  if (isGone) return <bdi className={classes.name}>{entry.name}</bdi>
  return (
    <Link {...paths.webhook(entry.webhookId)} className={classes.link}>
      <bdi>{entry.name}</bdi>
    </Link>
  )
}

/**
 * Names the person. For a change made elsewhere, says what Nexudus tells, and the span in which it
 * must have happened.
 */
function Who({ entry }: { entry: HistoryEntry }) {
  const { kind, by, since, at } = entry
  if (isOwnKind(kind)) return <span>{`by ${by ?? 'someone'}`}</span>

  const [from, to] = [Date.parse(since ?? at), Date.parse(at)]
  return (
    <>
      <span>{explainOutside(entry, windowLabel(from, to))}</span>
      <span className={classes.moments}>
        {kind === 'outside-create' ? 'Created, according to Nexudus: ' : 'Last seen before: '}
        <TimeAgo at={from} /> · Found: <TimeAgo at={to} />
      </span>
    </>
  )
}

function explainOutside({ kind, by, stoppedAfter }: HistoryEntry, when: string): string {
  if (kind === 'outside-delete') return `${when}. Nexudus does not say by whom`
  if (kind === 'outside-create') return by ? `Last saved by ${by}` : 'Nexudus does not say by whom'
  if (stoppedAfter !== null) {
    return `Probably by Nexudus, which stops a webhook after ${FAILURE_LIMIT} failures in a row; it had counted ${stoppedAfter}. ${when}`
  }
  return `${when}${by ? `, last saved by ${by}` : ''}`
}
