import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'

import { actionLabel } from '#contract/actions/actions.ts'
import type { WebhookInput, WebhookRow } from '#contract/nexudus/webhook.ts'
import { FieldDiffs } from '#fleet/field-diff.tsx'
import { locationNameOf } from '#fleet/fleet.ts'
import { locationQueries } from '#fleet/webhook-queries.ts'
import { paths } from '#paths'
import { CountedGroup } from '#ui/page/counted-group.tsx'

import type { PlanItem } from './plan-compare.ts'
import classes from './plan.module.css'
import { diffOfChange, diffOfNew } from './plan-diff.ts'

type Shown = {
  key: string
  id: number | null
  is: Pick<WebhookInput, 'Name' | 'BusinessId' | 'Action'>
  item: PlanItem | null
}

type PlanGroupProps = {
  title: string
  items?: readonly PlanItem[]
  webhooks?: readonly WebhookRow[]
  isOpen: boolean
}

const NONE: never[] = []

const SHOWN_AT_FIRST = 50

/** A group of webhooks that a plan treats alike, with their number. */
export function PlanGroup({ title, items = NONE, webhooks = NONE, isOpen }: PlanGroupProps) {
  const [shown, setShown] = useState(SHOWN_AT_FIRST)
  const { data = [] } = useQuery(locationQueries.list())
  const locations = new Map(data.map((location) => [location.Id, location]))
  const all = [
    ...items.flatMap(shownItem),
    ...webhooks.map((is) => ({ key: `webhook ${is.Id}`, id: is.Id, is, item: null })),
  ]
  const hidden = all.length - shown
  if (all.length === 0) return null

  return (
    <CountedGroup title={title} count={all.length} isOpen={isOpen}>
      <ul className={classes.items} aria-label={title}>
        {all.slice(0, shown).map(({ key, id, is, item }) => (
          <li key={key} className={classes.item}>
            <span className={classes.itemHead}>
              {id === null ? (
                <strong>
                  <bdi>{is.Name}</bdi>
                </strong>
              ) : (
                <Link {...paths.webhook(id)} className={classes.link}>
                  <bdi>{is.Name || `Webhook ${id}`}</bdi>
                </Link>
              )}
              <span className={classes.where}>
                {locationNameOf(locations, is.BusinessId)} · {actionLabel(is.Action)}
              </span>
            </span>
            {item?.notes.map((note) => (
              <p key={note} className={classes.itemNote}>
                {note}
              </p>
            ))}
            {item?.kind === 'change' && (
              <FieldDiffs
                isWhole={false}
                diff={diffOfChange(item.seen, item.change)}
                locations={locations}
              />
            )}
            {item?.kind === 'create' && (
              <FieldDiffs isWhole diff={diffOfNew(item.input)} locations={locations} />
            )}
          </li>
        ))}
      </ul>
      {hidden > 0 && (
        <Button size="compact-sm" variant="default" onClick={() => setShown(all.length)}>
          Show {hidden.toLocaleString('en')} more
        </Button>
      )}
    </CountedGroup>
  )
}

function shownItem(item: PlanItem): Shown[] {
  const key = `line ${item.line}`
  if (item.kind === 'create') return [{ key, id: null, is: item.input, item }]
  if (item.kind === 'problem' || item.kind === 'left-out') return []
  return [{ key, id: item.webhook.Id, is: item.webhook, item }]
}
