import { IconDots } from '@tabler/icons-react'
import { memo } from 'react'

import type { Strip } from '#contract/desk/timeline.ts'
import { switched, type FleetRow } from '#fleet/fleet.ts'
import { HealthBadge } from '#fleet/health-badge.tsx'
import { explainHealth, healthNote } from '#fleet/health-words.ts'
import { AtLocation } from '#fleet/at-location.tsx'
import { Host } from '#fleet/host.tsx'
import { Spark } from '#fleet/spark.tsx'
import { hrefOf, paths } from '#paths'
import { TimeAgo } from '#ui/feedback/time-ago.tsx'
import { useNow } from '#ui/hooks/now.ts'
import { isPlainClick } from '#ui/hooks/plain-click.ts'
import { dayTime } from '#ui/text/time.ts'

import { ActiveSwitch } from './active-switch.tsx'
import { TickBox } from './tick-box.tsx'
import classes from './webhooks-table.module.css'

type WebhookRowProps = {
  row: FleetRow
  open: (row: FleetRow) => void
  setActive: (row: FleetRow, isActive: boolean) => void
  openMenu: (row: FleetRow, button: HTMLButtonElement) => void
  tick: (id: number, isTicked: boolean, isRange: boolean) => void
  /** The error of this row, shown in the row. */
  problem: string | undefined
  /** The wanted state, until Nexudus has confirmed it. */
  wanted: boolean | undefined
  isTicked: boolean
  isOpen: boolean
  isMenuOpen: boolean
  /** The planned end of its pause, as an ISO instant. */
  pausedUntil: string | undefined
  /** Its last two weeks, once they are known and if there is room. */
  strip: Strip | undefined
  cannotEdit: string | undefined
}

/**
 * One webhook. Uses plain elements and explicit roles: on a narrow screen rows become cards, and a
 * table without table layout would lose its meaning. Memoised, so that a change of one row draws
 * one.
 */
export const WebhookTableRow = memo(function WebhookTableRow(props: WebhookRowProps) {
  const { open, setActive, openMenu, tick, problem, wanted, cannotEdit } = props
  const { isTicked, isOpen, isMenuOpen } = props
  const row = wanted === undefined ? props.row : switched(props.row, wanted)
  const { webhook } = row
  const name = webhook.Name || `Webhook ${webhook.Id}`

  return (
    <tr
      role="row"
      className={classes.row}
      data-open={isOpen || undefined}
      data-ticked={isTicked || undefined}
      data-id={webhook.Id}
    >
      <td role="cell" className={classes.tick}>
        <TickBox
          name={`Select ${name}, ${row.location}`}
          isTicked={isTicked}
          onTick={(isNow, isRange) => tick(webhook.Id, isNow, isRange)}
        />
      </td>
      <th
        role="rowheader"
        scope="row"
        className={classes.name}
        title={titleOf(name, row.description)}
      >
        <a
          href={hrefOf(paths.webhook(webhook.Id))}
          className={classes.link}
          onClick={(event) => {
            if (isPlainClick(event)) open(row)
          }}
        >
          <bdi>{name}</bdi>
        </a>
        {row.description && <span className={classes.second}>{row.description}</span>}
        {problem && (
          <span className={classes.problem} role="alert">
            {problem}
          </span>
        )}
      </th>
      <td role="cell" className={classes.location} title={row.location}>
        <bdi>{row.location}</bdi>
      </td>
      <td role="cell" className={classes.action} title={titleOf(row.action, row.actionName)}>
        {row.action}
        {row.actionName && <span className={classes.code}>{row.actionName}</span>}
      </td>
      <td role="cell" className={classes.destination} title={`${row.host}${row.path}`}>
        <span className={classes.host}>
          <Host host={row.host} />
        </span>
        {row.path.length > 1 && <span className={classes.code}>{shorten(row.path)}</span>}
      </td>
      <Health row={row} pausedUntil={props.pausedUntil} />
      <td role="cell" className={classes.triggered}>
        {row.triggeredAt === null ? (
          <span className={classes.never}>Not yet</span>
        ) : (
          <AtLocation id={webhook.BusinessId}>
            <TimeAgo at={row.triggeredAt} />
          </AtLocation>
        )}
        {props.strip && <Spark strip={props.strip} />}
      </td>
      <td role="cell" className={classes.active}>
        {webhook.Active === null ? (
          <span className={classes.unread}>Unknown</span>
        ) : (
          <ActiveSwitch
            name={`${name}, ${row.location}`}
            isActive={webhook.Active}
            reason={cannotEdit}
            onChange={(isActive) => setActive(row, isActive)}
          />
        )}
      </td>
      <td role="cell" className={classes.menu}>
        <button
          type="button"
          className={classes.menuButton}
          aria-label={`More for ${name}`}
          aria-haspopup="menu"
          aria-expanded={isMenuOpen}
          onClick={(event) => openMenu(row, event.currentTarget)}
        >
          <IconDots size={18} aria-hidden />
        </button>
      </td>
    </tr>
  )
})

/** A cut text in full. */
const titleOf = (...texts: (string | null)[]) => texts.filter(Boolean).join('\n')

const PATH_SHOWN = 44

/** Shortens in the middle: URLs differ at both ends of their paths. */
function shorten(path: string): string {
  if (path.length <= PATH_SHOWN) return path
  const half = PATH_SHOWN / 2 - 1
  return `${path.slice(0, half)}…${path.slice(-half)}`
}

type HealthProps = { row: FleetRow; pausedUntil: string | undefined }

/** The state, and since when and by whom, or the cause; its title explains it and says the way out. */
function Health({ row, pausedUntil }: HealthProps) {
  const now = useNow()
  const isTimed = row.health === 'paused' && pausedUntil !== undefined
  const until = isTimed ? `Paused until ${dayTime(Date.parse(pausedUntil), now)}` : null
  const note = until ?? healthNote(row, now) ?? (row.failures > 0 ? row.cause : null)
  return (
    <td role="cell" className={classes.health} title={titleOf(note, explainHealth(row, now))}>
      <HealthBadge state={row.health} failures={row.failures} />
      {note && <span className={classes.second}>{note}</span>}
    </td>
  )
}
