import classes from './dropped-filters.module.css'

import { byCount } from '#contract/words/plural.ts'

/**
 * Names parts of a link that are no filters, so that people do not think the list is filtered by
 * them.
 */
export function DroppedFilters({ names }: { names: readonly string[] }) {
  if (names.length === 0) return null
  return (
    <p className={classes.dropped} role="note">
      Ignored {byCount(names.length, 'one filter', `${names.length} filters`)} that Hookdesk does
      not know: {names.join(', ')}
    </p>
  )
}
