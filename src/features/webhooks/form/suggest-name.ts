import { findAction } from '#contract/actions/actions.ts'
import type { Location } from '#contract/nexudus/location.ts'
import type { WebhookInput } from '#contract/nexudus/webhook.ts'
import { locationNameOf } from '#fleet/fleet.ts'

/** "Booking – created – Soho": action and location. Empty until both are known. */
export function suggestName(
  { BusinessId, Action }: Pick<WebhookInput, 'BusinessId' | 'Action'>,
  locations: Map<number, Location>,
): string {
  const action = findAction(Action)
  if (!action || !locations.has(BusinessId)) return ''
  return `${action.label} – ${locationNameOf(locations, BusinessId)}`
}
