import { useNavigate, useSearch } from '@tanstack/react-router'
import { useDeferredValue, useEffect, useMemo, useState } from 'react'

import { filterRows, sortRows, type FleetRow } from './fleet.ts'
import {
  readListSearch,
  writeList,
  type ListQuery,
  type ListSearch,
  type SortKey,
} from './search.ts'
import { useHeldOrder } from './use-held-order.ts'

export const PAGE_SIZE = 50

// typing is answered at once; the address follows when the typing stops
const ADDRESS_AFTER_MS = 300

export type List = ReturnType<typeof useList>

/** What of the fleet is shown: the address decides, and every control writes to the address. */
export function useList(rows: readonly FleetRow[]) {
  const search = useSearch({ from: '/webhooks' })
  const navigate = useNavigate()
  const { query, dropped } = useMemo(() => readListSearch(search), [search])
  const { text, setText } = useSearchText(search.q ?? '')
  const needle = useDeferredValue(text)

  // measured with 10,000 rows: sorting 25 ms, filtering 6 ms; neither may happen at every render
  const sorted = useMemo(
    () => sortRows(rows, query.sort, query.isDescending),
    [rows, query.sort, query.isDescending],
  )
  const { rows: matching, counts } = useMemo(
    () => filterRows(sorted, query, needle),
    [sorted, query, needle],
  )

  const pages = Math.max(1, Math.ceil(matching.length / PAGE_SIZE))
  const page = Math.min(needle === (search.q ?? '') ? query.page : 1, pages)
  const onPage = matching.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
  const held = useHeldOrder({
    rows: onPage,
    all: rows,
    view: JSON.stringify([query, needle, page]),
  })

  const go = (change: Partial<ListSearch>, replace = false) =>
    void navigate({
      to: '.',
      search: (now: ListSearch) => ({ ...now, page: undefined, ...change }),
      replace,
      resetScroll: false,
    })

  return {
    query,
    dropped,
    text,
    setText,
    counts,
    page,
    pages,
    total: matching.length,
    shown: held.rows,
    isWaiting: held.isWaiting,
    release: held.release,
    holdProps: held.holdProps,
    setPage: (next: number) => go({ page: next === 1 ? undefined : String(next) }),
    sortBy: (sort: SortKey, isDescending: boolean) =>
      go({
        sort: sort === 'attention' ? undefined : sort,
        dir: isDescending ? 'desc' : undefined,
      }),
    filter: <Name extends 'health' | 'locations' | 'actions'>(
      name: Name,
      values: ListQuery[Name],
    ) => go({ [name]: writeList(values) }),
    clear() {
      setText('')
      go({ q: undefined, health: undefined, locations: undefined, actions: undefined })
    },
  }
}

/**
 * The search text: the person's own while they type, the address's when it changes by itself,
 * as with Back. Typing replaces the history entry, so that Back undoes a filter, not a letter.
 */
function useSearchText(inAddress: string) {
  const navigate = useNavigate()
  const [state, setState] = useState({ text: inAddress, inAddress })
  if (state.inAddress !== inAddress) setState({ text: inAddress, inAddress })

  useEffect(() => {
    if (state.text === inAddress) return undefined
    const timer = setTimeout(() => {
      setState(({ text }) => ({ text, inAddress: text }))
      void navigate({
        to: '.',
        search: (now: ListSearch) => ({ ...now, page: undefined, q: state.text || undefined }),
        replace: true,
        resetScroll: false,
        ignoreBlocker: true,
      })
    }, ADDRESS_AFTER_MS)
    return () => clearTimeout(timer)
  }, [state.text, inAddress, navigate])

  return {
    text: state.text,
    setText: (text: string) => setState((now) => ({ ...now, text })),
  }
}
