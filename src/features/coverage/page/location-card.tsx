import { Checkbox } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { memo } from 'react'

import { healthWords, lackWords, locationWords } from '#features/coverage/cell-words.ts'
import { CopyButton } from '#features/coverage/copy-button.tsx'
import {
  isCreatable,
  isDuplicateIn,
  type CoverageAction,
  type CoverageLocation,
} from '#features/coverage/coverage.ts'
import type { CoverageViewProps } from '#features/coverage/grid/coverage-grid.tsx'
import { hrefOfNew } from '#features/coverage/links.ts'
import { copiesFor } from '#features/coverage/siblings.ts'
import type { FleetRow } from '#fleet/fleet.ts'
import { HEALTH_ICONS } from '#fleet/health-badge.tsx'
import type { Share } from '#fleet/share.ts'
import { hrefOf, paths } from '#paths'
import { Disclosure } from '#ui/controls/disclosure.tsx'
import { isPlainClick } from '#ui/hooks/plain-click.ts'

import classes from './coverage-list.module.css'

type LocationCardProps = {
  location: CoverageLocation
  total: Share
  actions: readonly CoverageAction[]
  others: number
  ticked: ReadonlySet<number> | undefined
  barred: string | undefined
  acts: CoverageViewProps['acts']
}

/** One location in the list. Memoised, so that a tick draws one card. */
export const LocationCard = memo(function LocationCard(props: LocationCardProps) {
  const { location, total, actions, others, barred, acts } = props
  const copies = copiesFor(location)
  const cells = actions.flatMap(({ number }) => location.cells.get(number) ?? [])
  const gaps = actions.filter((action) => !location.cells.has(action.number) && isCreatable(action))
  const lacking = gaps.filter((action) => location.lacking.includes(action))
  const rest = gaps.filter((action) => !location.lacking.includes(action))

  return (
    <li className={classes.card}>
      <div className={classes.head}>
        <h2 className={classes.name}>
          <bdi>{location.name}</bdi>
        </h2>
        <span className={classes.second}>{locationWords(location, total)}</span>
        {copies.length > 0 && (
          <CopyButton location={location} copies={copies} barred={barred} onCopy={acts.copy} />
        )}
      </div>
      <div className={classes.content}>
        {cells.length > 0 && (
          <ul className={classes.tiles} aria-label={`Webhooks of ${location.name}`}>
            {cells.flatMap((cell) =>
              cell.rows.map((row) => (
                <li key={row.webhook.Id}>
                  <WebhookTile
                    row={row}
                    isDuplicateIn={isDuplicateIn(row, cell)}
                    onOpen={acts.openWebhook}
                  />
                </li>
              )),
            )}
          </ul>
        )}
        {lacking.length > 0 && (
          <section aria-label={`Gaps at ${location.name}`}>
            <h3 className={classes.subtitle}>Gaps: most others have these</h3>
            <ul className={classes.gaps}>
              {lacking.map((action) => (
                <Gap
                  key={action.number}
                  {...props}
                  action={action}
                  hint={lackWords(action, others)}
                />
              ))}
            </ul>
          </section>
        )}
        {rest.length > 0 && (
          <Disclosure summary={`No webhook for ${rest.length} other actions`}>
            {() => (
              <ul className={classes.gaps}>
                {rest.map((action) => (
                  <Gap key={action.number} {...props} action={action} hint={null} />
                ))}
              </ul>
            )}
          </Disclosure>
        )}
      </div>
    </li>
  )
})

type WebhookTileProps = {
  row: FleetRow
  isDuplicateIn: boolean
  onOpen: (row: FleetRow) => void
}

function WebhookTile({ row, isDuplicateIn, onOpen }: WebhookTileProps) {
  const Icon = HEALTH_ICONS[row.health]
  return (
    <a
      href={hrefOf(paths.webhook(row.webhook.Id))}
      className={classes.tile}
      data-state={row.health}
      title={row.webhook.Name}
      onClick={(event) => isPlainClick(event) && onOpen(row)}
    >
      <Icon size={16} aria-hidden />
      <span>
        {row.action}
        <span className={row.health === 'working' ? classes.hidden : classes.words}>
          {' '}
          {healthWords(row)}
        </span>
        {isDuplicateIn && (
          <span className={classes.words}>
            {' '}
            <IconCopy size={12} aria-hidden /> duplicate
          </span>
        )}
      </span>
    </a>
  )
}

type GapProps = Pick<LocationCardProps, 'location' | 'ticked' | 'barred' | 'acts'> & {
  action: CoverageAction
  hint: string | null
}

function Gap({ location, ticked, barred, acts, action, hint }: GapProps) {
  const name = `${action.label}, ${location.name}`
  return (
    <li className={classes.gap}>
      {barred === undefined ? (
        <Checkbox
          label={action.label}
          aria-label={`Tick ${name}`}
          checked={ticked?.has(action.number) ?? false}
          onChange={() => acts.toggleTick(location.id, action.number)}
        />
      ) : (
        <span>{action.label}</span>
      )}
      {hint && <span className={classes.second}>{hint}</span>}
      {barred === undefined && (
        <a
          href={hrefOfNew(location, action)}
          className={classes.link}
          aria-label={`Create ${name}`}
          onClick={(event) => isPlainClick(event) && acts.openNew(location, action)}
        >
          Create
        </a>
      )}
    </li>
  )
}
