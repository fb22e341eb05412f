import type { HistoryEntry } from '#contract/desk/history.ts'
import type { Location } from '#contract/nexudus/location.ts'
import { FieldDiffs } from '#fleet/field-diff.tsx'
import { Disclosure } from '#ui/controls/disclosure.tsx'

/** Labels for entries without values before or after. */
const WHOLE: Partial<Record<HistoryEntry['kind'], string>> = {
  create: 'Created with',
  'outside-create': 'Values when found',
  delete: 'Values before',
  'outside-delete': 'Values when last seen',
}

type DiffListProps = { entry: HistoryEntry; locations: Map<number, Location> }

/**
 * Lists the values before and after; for a created or deleted webhook, all its values on demand.
 */
export function DiffList({ entry, locations }: DiffListProps) {
  const { kind, diff } = entry
  if (diff.length === 0) return null
  const title = WHOLE[kind]
  const isWhole = title !== undefined
  const list = <FieldDiffs diff={diff} isWhole={isWhole} locations={locations} />
  if (!isWhole) return list
  return <Disclosure summary={title}>{list}</Disclosure>
}
