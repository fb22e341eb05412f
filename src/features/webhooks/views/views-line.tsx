import { Suspense, useEffect } from 'react'

import { lazyPart } from '#ui/feedback/load-part.ts'

import type { ListViews } from './use-list-views.ts'
import classes from './views-line.module.css'

// for those who have views
const ViewTabs = lazyPart(() => import('./view-tabs.tsx'), 'ViewTabs')

/** Fetches the tabs while the list is still being read. */
export function useTabsAhead({ hasLine }: ListViews) {
  useEffect(() => {
    if (hasLine) void ViewTabs.preload()
  }, [hasLine])
}

/** The line of the tabs, as high before they are there. */
export const ViewsLine = ({ views }: { views: ListViews }) => (
  <div className={classes.line}>
    <Suspense>
      <ViewTabs views={views} />
    </Suspense>
  </div>
)
