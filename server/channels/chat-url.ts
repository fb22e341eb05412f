import { hostnameOf, type Exception } from '#contract/address/address-class.ts'
import type { ChannelKind } from '#contract/desk/channels.ts'
import { Failed } from '#platform/http/failure.ts'
import { checkTarget } from '#server/alerts/target.ts'

/** Hosts of each chat's incoming webhooks. Other programs understand what Slack understands. */
const HOSTS: { readonly [Kind in Exclude<ChannelKind, 'webhook'>]: RegExp } = {
  slack: /^hooks\.slack(-gov)?\.com$/,
  discord: /^((ptb|canary)\.)?discord(app)?\.com$/,
  teams: /\.(logic\.azure\.com|powerplatform\.com|powerautomate\.com)$/,
  'google-chat': /^chat\.googleapis\.com$/,
}

/** Kinds that only one company's hosts understand. */
const OF_ONE_COMPANY: ReadonlySet<string> = new Set(['discord', 'teams', 'google-chat'])

const TAIL = 4

/**
 * Checks the URL of a channel of this kind. Throws the reason it is refused: no https, private,
 * or plainly one of another kind. The operator's exceptions take every kind.
 */
export function checkedUrl(kind: ChannelKind, text: string, exceptions: readonly Exception[]) {
  const { url, isExcepted } = checkTarget(text, exceptions)
  if (!isExcepted && kind !== 'webhook' && !fits(kind, hostnameOf(url))) {
    throw new Failed('bad_request', { reason: 'channel_kind' })
  }
  return url
}

function fits(kind: Exclude<ChannelKind, 'webhook'>, hostname: string): boolean {
  if (HOSTS[kind].test(hostname)) return true
  const isOfAnother = Object.values(HOSTS).some((hosts) => hosts.test(hostname))
  return !isOfAnother && !OF_ONE_COMPANY.has(kind)
}

/** The part of a URL that may be shown: enough to know it again, too little to use it. */
export const hintOf = (url: URL) => `${url.host}/…${url.href.slice(-TAIL)}`
