import { hrefOf, paths } from '#paths'

import type { CoverageAction, CoverageLocation } from './coverage.ts'
import { addressForLink } from './siblings.ts'

/** The fields that a link to a new webhook fills in. */
export const prefillOf = (location: CoverageLocation, action: CoverageAction) => ({
  location: String(location.id),
  action: String(action.number),
  url: addressForLink(action),
})

export const hrefOfNew = (location: CoverageLocation, action: CoverageAction): string =>
  hrefOf(paths.newWebhook(), prefillOf(location, action))
