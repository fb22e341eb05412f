import { Pagination } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'

import { useMayImport } from '#features/session/use-desk.ts'
import type { SortKey } from '#features/webhooks/search.ts'
import { paths } from '#paths'
import { useAnnounceChange } from '#ui/feedback/announced.ts'

import classes from './list-pages.module.css'
import type { List } from './use-list.ts'

/** The words for an order. */
export const SORTED_BY: Record<SortKey, string> = {
  attention: 'needs attention first',
  name: 'name',
  location: 'location',
  action: 'action',
  destination: 'destination',
  triggered: 'last triggered',
  active: 'active first',
}

/** Says which part is shown and in which order, and leads to the other pages. */
export const ListPages = memo(function ListPages(props: { list: List; pageSize: number }) {
  const { list, pageSize } = props
  const mayImport = useMayImport()
  const { pages, total } = list
  const { page, sort, isDescending } = list.drawn
  const first = total === 0 ? 0 : (page - 1) * pageSize + 1
  const last = Math.min(page * pageSize, total)
  const order = `${SORTED_BY[sort]}${isDescending ? ', reversed' : ''}`
  const text = `Showing ${format(first)}–${format(last)} of ${format(total)}`
  useAnnounceChange(total === 0 ? 'No webhook matches' : text)

  return (
    <div className={classes.foot}>
      <p className={classes.text}>
        <span>{`${text} · Sorted by: ${order}`}</span>
        {mayImport && (
          <span>
            {' · '}
            <Link {...paths.importPlan()} className={classes.link}>
              Import a plan
            </Link>
          </span>
        )}
      </p>
      {pages > 1 && (
        <Pagination
          component="nav"
          aria-label="Pages"
          total={pages}
          value={list.askedPage}
          onChange={list.setPage}
          siblings={1}
          getItemProps={(item) => ({ 'aria-label': `Page ${item}` })}
          getControlProps={(control) => ({
            'aria-label':
              { first: 'First', previous: 'Previous', next: 'Next', last: 'Last' }[control] +
              ' page',
          })}
        />
      )}
    </div>
  )
})

const format = (count: number) => count.toLocaleString('en')
