import { Link, type ErrorComponentProps } from '@tanstack/react-router'

import { paths } from '#paths'
import { ScreenTitle, useDocumentTitle } from '#ui/page/page.tsx'

import classes from './error-page.module.css'

/** The last resort: says that it is ours, and offers the way on. In plain elements, so that it works. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  useDocumentTitle('Something broke')
  const text = error instanceof Error ? error.message : String(error)
  // it was loaded again by itself already, and that did not help
  const isOldPage = /dynamically imported module|Importing a module|preload CSS/i.test(text)

  return (
    <div className={classes.page}>
      <ScreenTitle>{isOldPage ? 'Hookdesk was updated' : 'Something broke here'}</ScreenTitle>
      <p>
        {isOldPage
          ? 'This page is from before the update. Load it again to go on.'
          : 'This is our mistake, not yours. Your webhooks keep running.'}
      </p>
      <p className={classes.ways}>
        <button type="button" className={classes.way} onClick={() => location.reload()}>
          Load the page again
        </button>
        {!isOldPage && (
          <button type="button" className={classes.way} onClick={reset}>
            Try once more
          </button>
        )}
      </p>
      <p className={classes.raw}>{text}</p>
    </div>
  )
}

export function NotFoundPage() {
  useDocumentTitle('Not found')
  return (
    <div className={classes.page}>
      <ScreenTitle>There is nothing here</ScreenTitle>
      <p>This address leads nowhere in Hookdesk.</p>
      <Link to={paths.webhooks} className={classes.link}>
        All webhooks
      </Link>
    </div>
  )
}
