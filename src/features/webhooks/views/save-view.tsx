import { Button } from '@mantine/core'
import { IconBookmarkPlus } from '@tabler/icons-react'
import { Suspense, useState } from 'react'

import { lazyPart } from '#ui/feedback/load-part.ts'

import classes from './save-view.module.css'
import type { ListViews } from './use-list-views.ts'

const SaveDialog = lazyPart(() => import('./view-dialogs.tsx'), 'SaveDialog')

/** Saves the filters and the order of now, if they are worth a name and have none. */
export function SaveView({ views }: { views: ListViews }) {
  const [search, setSearch] = useState<string | null>(null)
  if (!views.canSave && search === null) return null
  return (
    <>
      <Button
        variant="default"
        className={classes.button}
        leftSection={<IconBookmarkPlus size={18} aria-hidden />}
        onClick={() => setSearch(views.search)}
      >
        <span className={classes.word}>Save view…</span>
      </Button>
      <Suspense>
        {search !== null && (
          <SaveDialog
            search={search}
            isAdministrator={views.isAdministrator}
            onSaved={views.noteSaved}
            onClose={() => setSearch(null)}
          />
        )}
      </Suspense>
    </>
  )
}
