import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'

import type { SavedView } from '#contract/desk/views.ts'
import { useDesk, useMay } from '#features/session/use-desk.ts'
import type { ListSearch } from '#features/webhooks/search.ts'
import { viewQueries } from '#fleet/saved-views.ts'
import { createEntryState } from '#ui/hooks/entry-state.ts'

import { useTabsLine } from './use-tabs-line.ts'
import { searchOf, standingOf, writeShown, type Shown } from './view-rules.ts'

const useOpenedId = createEntryState<string | null>()

const NONE: readonly SavedView[] = []

const NO_FILTERS: ListSearch = {
  q: undefined,
  health: undefined,
  locations: undefined,
  actions: undefined,
  sort: undefined,
  dir: undefined,
  page: undefined,
}

export type ListViews = ReturnType<typeof useListViews>

/** The saved views, as they stand to what the list shows now. */
export function useListViews(
  { query, text, setText }: Shown & { setText: (text: string) => void },
  isListDrawn: boolean,
) {
  const maySee = useMay('WebHook-List')
  const { data, isError } = useQuery({ ...viewQueries.list(), enabled: maySee })
  const isAdministrator = useDesk().session.rights.kind === 'unrestricted'
  const views = data?.views ?? NONE
  const [openedId, setOpenedId] = useOpenedId(null)
  const standing = useMemo(
    () => standingOf(views, { query, text }, openedId),
    [views, query, text, openedId],
  )
  const { isPlain, current, altered } = standing
  const nowOpened = isPlain ? null : (current ?? altered)?.id
  if (data && nowOpened !== undefined && nowOpened !== openedId) setOpenedId(nowOpened)

  const [savedId, setSavedId] = useState<string | null>(null)
  const search = useMemo(() => writeShown({ query, text }), [query, text])
  const isReserved = useTabsLine(isError ? false : data && views.length > 0, isListDrawn, search)
  const navigate = useNavigate()

  return useMemo(() => {
    const goTo = (values: ListSearch, id: string | null) => {
      setOpenedId(id)
      // what was typed a moment ago is not in the address yet
      setText(values.q ?? '')
      // a webhook that is open beside the list stays open, as with any filter
      const search = (now: ListSearch) => ({ ...now, ...NO_FILTERS, ...values })
      void navigate({ to: '.', search, resetScroll: false })
    }
    return {
      ...standing,
      views,
      /** The filters and the order of now, to be saved. */
      search,
      isAdministrator,
      /** The view that was saved last, since the page was opened. */
      savedId,
      /** True if tabs are shown, or will be. */
      hasLine: isReserved || savedId !== null,
      canSave: data !== undefined && !standing.isPlain && standing.current === undefined,
      openAll: () => goTo({}, null),
      open: (view: SavedView) => goTo(searchOf(view), view.id),
      noteSaved(id: string) {
        setSavedId(id)
        setOpenedId(id)
      },
    }
  }, [
    standing,
    views,
    search,
    isAdministrator,
    isReserved,
    savedId,
    data,
    setOpenedId,
    setText,
    navigate,
  ])
}
