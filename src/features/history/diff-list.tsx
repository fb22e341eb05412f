import type { HistoryEntry } from '#contract/desk/history.ts'
import type { Location } from '#contract/nexudus/location.ts'
import { FieldDiffs } from '#fleet/field-diff.tsx'
import { Disclosure } from '#ui/controls/disclosure.tsx'

/** Where nothing was there before, or nothing is left. */
const WHOLE: Partial<Record<HistoryEntry['kind'], string>> = {
  create: 'Created with',
  'outside-create': 'Values when found',
  delete: 'Values before',
  'outside-delete': 'Values when last seen',
}

type DiffListProps = { entry: HistoryEntry; locations: Map<number, Location> }

/** From what to what; of what was made or deleted, all it had, on demand. */
export function DiffList({ entry, locations }: DiffListProps) {
  const { kind, diff } = entry
  if (diff.length === 0) return null
  const title = WHOLE[kind]
  const isWhole = title !== undefined
  const list = <FieldDiffs diff={diff} isWhole={isWhole} locations={locations} />
  if (!isWhole) return list
  return <Disclosure summary={title}>{list}</Disclosure>
}
