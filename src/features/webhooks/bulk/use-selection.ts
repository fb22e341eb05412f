import { useCallbackRef } from '@mantine/hooks'
import { useEffect, useMemo, useRef } from 'react'

import type { FleetRow } from '#fleet/fleet.ts'
import { useNotices } from '#ui/feedback/notices.tsx'
import { createEntryState } from '#ui/hooks/entry-state.ts'
import { byCount } from '#contract/words/plural.ts'

export type Selection = ReturnType<typeof useSelection>

const NONE: ReadonlySet<number> = new Set()

type State = {
  ids: ReadonlySet<number>
  /** The reading that the ticks were last compared with. */
  seen: readonly FleetRow[] | undefined
  /** The webhooks missing in that reading. */
  gone: ReadonlySet<number>
}

const NOTHING: State = { ids: NONE, seen: undefined, gone: NONE }

const useKeptState = createEntryState<State>()

/**
 * The ticked webhooks, by id: ticks last over pages, filters, readings, and Back. Webhooks missing
 * in a reading are dropped from them, and a message says so. `rows` is `undefined` until the list
 * has been read.
 */
export function useSelection(rows: readonly FleetRow[] | undefined, onPage: readonly FleetRow[]) {
  const { notify } = useNotices()
  const [{ ids, seen, gone }, setState] = useKeptState(NOTHING)
  // compared during rendering, so that a missing webhook is never counted
  if (rows && rows !== seen) setState(withoutGone(ids, rows))
  useEffect(() => {
    if (gone.size > 0) notify({ text: explainGone(gone.size) })
  }, [gone, notify])

  const anchor = useRef<number>(undefined)
  // the same function at every render: every row of the table holds it
  const tick = useCallbackRef((id: number, isTicked: boolean, isRange: boolean) => {
    const all = onPage.map((row) => row.webhook.Id)
    const [from, to] = [all.indexOf(anchor.current ?? id), all.indexOf(id)].toSorted(
      (a, b) => a - b,
    )
    const range = isRange && from !== undefined && to !== undefined && from >= 0
    const meant = range ? all.slice(from, to + 1) : [id]
    anchor.current = id
    setState((before) => ({ ...before, ids: withIds(before.ids, meant, isTicked) }))
  })

  return useMemo(
    () => ({
      ids,
      tick,
      setMany(many: readonly FleetRow[], isTicked: boolean) {
        const meant = many.map((row) => row.webhook.Id)
        setState((before) => ({ ...before, ids: withIds(before.ids, meant, isTicked) }))
      },
      toggle: (id: number) => tick(id, !ids.has(id), false),
      clear: () => setState((before) => ({ ...before, ids: NONE })),
    }),
    [ids, tick, setState],
  )
}

function withoutGone(ids: ReadonlySet<number>, rows: readonly FleetRow[]) {
  if (ids.size === 0) return { ids, seen: rows, gone: NONE }
  const there = new Set(rows.map((row) => row.webhook.Id))
  const gone = new Set([...ids].filter((id) => !there.has(id)))
  const kept = gone.size === 0 ? ids : new Set([...ids].filter((id) => there.has(id)))
  return { ids: kept, seen: rows, gone }
}

const explainGone = (count: number) =>
  byCount(
    count,
    '1 selected webhook no longer exists.',
    `${count} selected webhooks no longer exist.`,
  )

function withIds(before: ReadonlySet<number>, ids: readonly number[], isTicked: boolean) {
  const after = new Set(before)
  for (const id of ids) {
    if (isTicked) after.add(id)
    else after.delete(id)
  }
  return after
}
