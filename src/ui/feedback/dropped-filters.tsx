import classes from './dropped-filters.module.css'

/** Says what of a link was no filter, so that nobody takes the list for filtered by it. */
export function DroppedFilters({ names }: { names: readonly string[] }) {
  if (names.length === 0) return null
  return (
    <p className={classes.dropped} role="note">
      Ignored {names.length === 1 ? 'one filter' : `${names.length} filters`} that Hookdesk does not
      know: {names.join(', ')}
    </p>
  )
}
