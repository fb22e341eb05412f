import { Link, type ErrorComponentProps } from '@tanstack/react-router'

import { ApiError } from '#api/failure.ts'
import { paths } from '#paths'
import { textOf } from '#texts/failure-texts.ts'
import { ScreenTitle, useDocumentTitle } from '#ui/page/page.tsx'

import classes from './error-page.module.css'

/**
 * The last resort: says that Hookdesk failed, and offers ways on. It uses plain elements only, so
 * that nothing else can fail.
 */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  useDocumentTitle('Something went wrong')
  const text = rawText(error)
  // the page has already reloaded itself, and that did not help
  const isOldPage = /dynamically imported module|Importing a module|preload CSS/i.test(text)

  return (
    <div className={classes.page}>
      <ScreenTitle>{isOldPage ? 'Hookdesk was updated' : 'Something went wrong here'}</ScreenTitle>
      <p>
        {isOldPage
          ? 'This page is from before the update. Reload it to continue.'
          : 'This is a fault in Hookdesk, not something you did. Your webhooks keep running.'}
      </p>
      <p className={classes.ways}>
        <button type="button" className={classes.way} onClick={() => location.reload()}>
          Reload the page
        </button>
        {!isOldPage && (
          <button type="button" className={classes.way} onClick={reset}>
            Try again
          </button>
        )}
      </p>
      <p className={classes.raw}>{text}</p>
    </div>
  )
}

function rawText(error: unknown): string {
  if (error instanceof ApiError) return textOf(error)
  return error instanceof Error ? error.message : String(error)
}

export function NotFoundPage() {
  useDocumentTitle('Not found')
  return (
    <div className={classes.page}>
      <ScreenTitle>Page not found</ScreenTitle>
      <p>Hookdesk has no page at this address.</p>
      <Link {...paths.webhooks()} className={classes.link}>
        All webhooks
      </Link>
    </div>
  )
}
