import { parseAddress } from '#contract/address/address.ts'
import { LONGEST_TITLE_NAME } from '#contract/desk/run-title.ts'
import type { RunProposal } from '#contract/desk/run.ts'
import { startOf } from '#contract/nexudus/text.ts'
import type { WebhookInput } from '#contract/nexudus/webhook.ts'

import type { CoverageAction, CoverageLocation } from './coverage.ts'

/**
 * The actions that a location lacks although most siblings have them, if there is a URL to copy.
 */
export function copiesFor(location: CoverageLocation): CoverageAction[] {
  return location.lacking.filter(({ shared: [model] }) => {
    return model !== undefined && parseAddress(model.webhook.URL) !== undefined
  })
}

/** A run that gives the location the webhooks that most of its siblings have. */
export function proposeCopies(location: CoverageLocation): RunProposal {
  return {
    title: { act: 'copy', to: startOf(location.name, LONGEST_TITLE_NAME) },
    changes: copiesFor(location).map((action) => ({
      kind: 'create',
      input: inputFor(location, action),
    })),
  }
}

function inputFor(location: CoverageLocation, action: CoverageAction): WebhookInput {
  return {
    BusinessId: location.id,
    Action: action.number,
    Name: nameFor(location, action),
    URL: action.shared[0]?.webhook.URL ?? '',
    Description: '',
    Active: true,
  }
}

/** The siblings' name with the location replaced, if it contains the location. */
function nameFor({ name }: CoverageLocation, { label, shared }: CoverageAction): string {
  const model = shared.find(({ webhook, location }) => webhook.Name.includes(location))
  return model ? model.webhook.Name.replaceAll(model.location, name) : `${label} – ${name}`
}

/**
 * The siblings' URL for a link to a new webhook, unless it may contain a key: links are copied and
 * kept, keys must not be.
 */
export function addressForLink({ isAgreed, shared: [model] }: CoverageAction): string | undefined {
  const url = isAgreed && model ? parseAddress(model.webhook.URL) : undefined
  if (!url || url.username || url.password || url.search || url.hash) return undefined
  return model?.webhook.URL
}
