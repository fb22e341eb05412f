import { UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconDots, IconUsers } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Suspense, useEffect, useRef, useState, type ReactNode } from 'react'

import type { SavedView, ViewChange } from '#contract/desk/views.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { changeView, viewQueries } from '#fleet/saved-views.ts'
import { hrefOf, paths } from '#paths'
import { lazyPart } from '#ui/feedback/load-part.ts'
import { useNotices } from '#ui/feedback/notices.tsx'
import { useListener } from '#ui/hooks/effects.ts'
import { focusOnArrival } from '#ui/hooks/focus.ts'
import { pressOf } from '#ui/hooks/link-press.ts'
import { useOpenAt } from '#ui/hooks/open-at.ts'

import { tabId } from './tab-id.ts'
import type { ListViews } from './use-list-views.ts'
import { rightsTo, searchOf } from './view-rules.ts'
import classes from './view-tabs.module.css'

const ViewMenu = lazyPart(() => import('./view-menu.tsx'), 'ViewMenu')
const RenameDialog = lazyPart(() => import('./view-dialogs.tsx'), 'RenameDialog')
const DeleteDialog = lazyPart(() => import('./view-dialogs.tsx'), 'DeleteDialog')

/** The saved views as links in one line, above the list that they filter. */
export function ViewTabs({ views: { views, ...list } }: { views: ListViews }) {
  const { current, altered, isPlain } = list
  const [asking, setAsking] = useState<{ act: 'rename' | 'delete'; view: SavedView } | null>(null)
  const change = useChange()
  const menu = useOpenAt()
  const open = current ?? altered
  const rights = open && rightsTo(open, list.isAdministrator)
  const line = useRef<HTMLUListElement>(null)
  const openId = open?.id ?? 'all'
  useEffect(() => showInLine(line.current, openId), [line, openId])
  useListener('resize', () => showInLine(line.current, openId))

  return (
    <nav aria-label="Views" className={classes.views}>
      <ul ref={line} className={classes.line}>
        <Tab id="all" href={hrefOf(paths.webhooks())} isCurrent={isPlain} onOpen={list.openAll}>
          All
        </Tab>
        {views.map((view) => (
          <Tab
            key={view.id}
            id={view.id}
            href={hrefOf(paths.webhooks(), searchOf(view))}
            isCurrent={view === current}
            isNew={view.id === list.savedId}
            onOpen={() => list.open(view)}
            more={
              view === open &&
              rights?.mayDelete && (
                <UnstyledButton
                  aria-haspopup="menu"
                  aria-label={`More for the view “${view.name}”`}
                  className={classes.more}
                  {...menu.buttonProps}
                >
                  <IconDots size={18} aria-hidden />
                </UnstyledButton>
              )
            }
          >
            {view.isShared && <IconUsers size={16} aria-hidden className={classes.shared} />}
            <bdi>{view.name}</bdi>
            {view.isShared && <VisuallyHidden>(shared)</VisuallyHidden>}
            {view === altered && <span className={classes.changed}>changed</span>}
          </Tab>
        ))}
      </ul>
      <Suspense>
        {/* not in the line, which would cut it off */}
        {menu.open && open && rights && (
          <ViewMenu
            {...menu.open}
            view={open}
            rights={rights}
            isAltered={open === altered}
            onRename={() => setAsking({ act: 'rename', view: open })}
            onDelete={() => setAsking({ act: 'delete', view: open })}
            onSave={() => change(open, { search: list.search })}
            onShare={(isShared) => change(open, { isShared })}
          />
        )}
        {asking?.act === 'rename' && (
          <RenameDialog view={asking.view} onClose={() => setAsking(null)} />
        )}
        {asking?.act === 'delete' && (
          <DeleteDialog view={asking.view} onClose={() => setAsking(null)} />
        )}
      </Suspense>
    </nav>
  )
}

type TabProps = {
  id: string
  href: string
  isCurrent: boolean
  /** Takes the focus, because the button that saved it is gone. */
  isNew?: boolean
  onOpen: () => void
  /** The button of the view's menu. */
  more?: ReactNode
  children: ReactNode
}

const Tab = ({ id, href, isCurrent, isNew, onOpen, more, children }: TabProps) => (
  <li className={classes.item} data-view={id} data-current={isCurrent || undefined}>
    <a
      ref={isNew ? focusOnArrival : undefined}
      id={tabId(id)}
      href={href}
      className={classes.tab}
      aria-current={isCurrent ? 'page' : undefined}
      {...pressOf(onOpen)}
    >
      {children}
    </a>
    {more}
  </li>
)

function useChange() {
  const queryClient = useQueryClient()
  const { notify } = useNotices()
  const { queryKey } = viewQueries.list()
  const changing = useMutation({
    mutationFn: ({ view, change }: { view: SavedView; change: ViewChange }) =>
      changeView(view.id, change),
    onSuccess(now, { view, change }) {
      queryClient.setQueryData(queryKey, now)
      notify({ text: doneText(view, change) })
    },
    onError(error) {
      notify({ text: `The view was not changed. ${explainFailure(error)}` })
      void queryClient.invalidateQueries({ queryKey })
    },
  })
  return (view: SavedView, change: ViewChange) => changing.mutate({ view, change })
}

function doneText({ name }: SavedView, { isShared }: ViewChange): string {
  if (isShared === undefined) return `Saved the changes to “${name}”.`
  return isShared
    ? `Everybody in this network sees the view “${name}” now.`
    : `Only you see the view “${name}” now.`
}

/** Scrolls the line, and nothing else, so that the tab of the open view is in sight. */
function showInLine(line: HTMLElement | null, id: string) {
  const tab = document.getElementById(tabId(id))?.parentElement
  if (!line || !tab) return
  line.scrollTo({ left: tab.offsetLeft - (line.clientWidth - tab.clientWidth) / 2 })
}
