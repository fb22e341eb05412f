import { paths } from '#paths'

import type { CoverageAction, CoverageLocation } from './coverage.ts'
import { addressForLink } from './siblings.ts'

export const hrefOfWebhook = (id: number) => paths.webhook.replace('$id', String(id))

/** What a link to a new webhook fills in. */
export const prefillOf = (location: CoverageLocation, action: CoverageAction) => ({
  location: String(location.id),
  action: String(action.number),
  url: addressForLink(action),
})

export function hrefOfNew(location: CoverageLocation, action: CoverageAction): string {
  const { url, ...rest } = prefillOf(location, action)
  return `${paths.newWebhook}?${new URLSearchParams(url ? { ...rest, url } : rest)}`
}
