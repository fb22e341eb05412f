import classes from './line-banner.module.css'
import { useLine, type Line } from './line.ts'

const WORDS: Record<Exclude<Line, 'fine'>, string> = {
  offline:
    'You are offline. Nothing is lost. What you open now loads automatically when you are back online.',
  unreachable: 'Hookdesk does not answer. Nothing is lost. This page keeps trying.',
  updated: 'Hookdesk was updated. Save what you are typing, then reload the page.',
}

/**
 * Says above everything else that the connection is lost. It uses plain elements, because it also
 * appears before the sign-in.
 */
export function LineBanner() {
  const line = useLine()
  if (line === 'fine') return null
  return (
    <div role="alert" className={classes.banner}>
      <span>{WORDS[line]}</span>
      {line === 'updated' && (
        <button type="button" className={classes.again} onClick={() => location.reload()}>
          Reload the page
        </button>
      )}
    </div>
  )
}
