import { actionLabel } from '#contract/actions/actions.ts'
import type { Location } from '#contract/nexudus/location.ts'
import { FIELD_LABELS } from '#contract/nexudus/webhook.ts'

import { locationNameOf } from './fleet.ts'

const LABELS: Readonly<Record<string, string>> = FIELD_LABELS

export const fieldLabel = (field: string) => LABELS[field] ?? field

/** Fields that every webhook has: if one is empty, it was not read. */
const NEVER_EMPTY: ReadonlySet<string> = new Set(['BusinessId', 'Action', 'Active'])

const UNREAD = 'cannot be read'

/** Shows a value as people know it: location and action by name, a switch as on or off. */
export function valueLabel(
  field: string,
  value: string | null,
  locations: Map<number, Location>,
): string {
  if (value === null) return NEVER_EMPTY.has(field) ? UNREAD : 'nothing'
  if (field === 'BusinessId') return locationNameOf(locations, Number(value))
  if (field === 'Action') return actionLabel(Number(value))
  if (field === 'Active') return value === 'true' ? 'On' : value === 'false' ? 'Off' : UNREAD
  return value
}
