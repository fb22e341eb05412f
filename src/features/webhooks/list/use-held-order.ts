import { useCallback, useMemo, useState, type FocusEvent } from 'react'

import type { FleetRow } from '#fleet/fleet.ts'

type Held = { view: string; ids: readonly number[] }

type Order = {
  /** The matching rows in their new order. */
  rows: readonly FleetRow[]
  /** All rows: one that no longer matches keeps its place while the order waits. */
  all: readonly FleetRow[]
  /** Names the view that the person asked for: a new view may change the order at once. */
  view: string
}

/**
 * Keeps rows where they are while a person points at them. New contents show in place at once; a
 * new order waits until the person asks for it or changes the view.
 */
export function useHeldOrder({ rows, all, view }: Order) {
  const [isPointedAt, setIsPointedAt] = useState(false)
  const [held, setHeld] = useState<Held>(() => ({ view, ids: idsOf(rows) }))

  const isSame = held.view === view && isSameOrder(held.ids, rows)
  const isWaiting = held.view === view && !isSame && isPointedAt
  if (!isSame && !isWaiting) setHeld({ view, ids: idsOf(rows) })

  const holdProps = useMemo(() => {
    const point = () => setIsPointedAt(true)
    // a waiting order keeps waiting: the pointer leaves the table on its way to the button
    const leave = () => {
      if (!isWaiting) setIsPointedAt(false)
    }
    const blur = ({ currentTarget, relatedTarget }: FocusEvent) => {
      if (!currentTarget.contains(relatedTarget)) leave()
    }
    return { onMouseEnter: point, onMouseLeave: leave, onFocus: point, onBlur: blur }
  }, [isWaiting])
  const release = useCallback(() => {
    setIsPointedAt(false)
    setHeld({ view, ids: idsOf(rows) })
  }, [view, rows])

  return {
    rows: isWaiting ? inHeldOrder(held.ids, all) : rows,
    isWaiting,
    release,
    /** Props for the element that contains the rows. */
    holdProps,
  }
}

const idsOf = (rows: readonly FleetRow[]) => rows.map((row) => row.webhook.Id)

const isSameOrder = (ids: readonly number[], rows: readonly FleetRow[]) =>
  ids.length === rows.length && rows.every((row, index) => row.webhook.Id === ids[index])

function inHeldOrder(ids: readonly number[], all: readonly FleetRow[]): FleetRow[] {
  const byId = new Map(all.map((row) => [row.webhook.Id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}
