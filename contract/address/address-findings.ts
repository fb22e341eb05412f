import { hostnameOf, isExceptedUrl, isPublicHost, type Exception } from './address-class.ts'
import { decodePercent, invisibleIn, trimAddress } from './address-text.ts'
import { looksHidden, parseAddress } from './address.ts'
import { lookAlikeOf } from './host-name.ts'
import {
  ADDRESS_FINDINGS,
  type AddressBlock,
  type AddressFinding,
  type StrayEnd,
} from './finding-codes.ts'

export type TargetPolicy = {
  /** Private addresses that may be used, e.g. the sandbox's receiver. */
  exceptions: readonly Exception[]
  allowPrivateTargets: boolean
}

/** Examines a URL without calling it. Only a `block` keeps it from being saved. */
export function addressFindings(address: string, policy: TargetPolicy): AddressFinding[] {
  const url = parseAddress(address)
  const text = trimAddress(address)
  if (!url || SCHEME_TWICE.test(text)) return [{ level: 'block', ...unreadable(text) }]

  const isAllowed = policy.allowPrivateTargets || isExceptedUrl(url, policy.exceptions)
  if (!isAllowed && !isPublicHost(hostnameOf(url))) return [{ level: 'block', code: 'not-public' }]
  return [
    ...ADDRESS_FINDINGS.warn.flatMap((code) => {
      const found = foundBy(WARNINGS[code], url, text)
      return found ? [{ level: 'warn' as const, code, ...found }] : []
    }),
    ...ADDRESS_FINDINGS.inform.flatMap((code) =>
      foundBy(HINTS[code], url, text) ? [{ level: 'inform' as const, code }] : [],
    ),
  ]
}

/** The reason a URL must not be saved, if there is one. */
export const blockOf = (address: string, policy: TargetPolicy): AddressBlock | undefined =>
  addressFindings(address, policy).find((finding) => finding.level === 'block')

/** Things to consider before a URL is saved. */
export const warningsOf = (address: string, policy: TargetPolicy): AddressFinding[] =>
  addressFindings(address, policy).filter(({ level }) => level === 'warn')

/**
 * Returns `true`, or the part of the URL, if it applies. `text` is the URL as the person wrote it.
 */
type Rule = (url: URL, text: string) => boolean | string | undefined

function foundBy(rule: Rule, url: URL, text: string): { about?: string } | undefined {
  const found = rule(url, text)
  if (!found) return undefined
  return typeof found === 'string' ? { about: found } : {}
}

// the URL parser takes the second "https" for the host
const SCHEME_TWICE = /^https?:\/\/+https?(?:[:/\\]|$)/i

const LAST_PORT = 65_535

function unreadable(text: string): Pick<AddressBlock, 'code' | 'about'> {
  if (SCHEME_TWICE.test(text)) return { code: 'scheme-twice' }
  const [, authority = ''] = /^https?:\/\/([^/?#\\]*)/i.exec(text) ?? []
  if (authority === '') return { code: 'incomplete' }
  if (placeholderIn(authority)) return { code: 'host-placeholder' }
  if (/\s/.test(authority)) return { code: 'host-space' }

  const port = /:([^:\]]+)$/.exec(authority)?.[1]
  if (port !== undefined && !/^\d+$/.test(port)) return { code: 'port-unreadable', about: port }
  if (port !== undefined && Number(port) > LAST_PORT) return { code: 'port-too-high', about: port }
  return { code: 'host-unreadable' }
}

const hostEndsWith = (url: URL, ...ends: string[]) =>
  ends.some((end) => url.hostname === end || url.hostname.endsWith(`.${end}`))

// GUIDs are also written in braces
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const IN_BRACKETS = /\{([\w\s.$-]+)\}|<([^<>]+)>|\[(your[\w\s.-]*)\]/gi
const YOURS =
  /(?<![a-z])(?:YOUR[_-][A-Z0-9_-]+|[A-Z0-9_]+_HERE|your[_-](?:id|token|key|api|secret|domain|host|server|subdomain|company|name|account|url|webhook|endpoint|org|site|app|instance|workspace|tenant)|changeme|change[_-]me|replace[_-]me)(?![a-z])/

function placeholderIn(text: string): boolean {
  const readable = decodePercent(text)
  const bracketed = [...readable.matchAll(IN_BRACKETS)].map((match) => match[1] ?? '')
  return bracketed.some((inside) => !GUID.test(inside)) || YOURS.test(readable)
}

const ENDS: readonly (readonly [RegExp, StrayEnd])[] = [
  [/,$/, 'comma'],
  [/;$/, 'semicolon'],
  [/\.$/, 'full-stop'],
  [/["'`”’»]$/, 'quotation-mark'],
  [/^[^(]*\)$/, 'bracket'],
  [/^[^[]*\]$/, 'bracket'],
  [/^[^<]*>$/, 'bracket'],
  [/^[^{]*\}$/, 'bracket'],
]

const TEST_HOSTS = [
  'webhook.site',
  'requestbin.com',
  'pipedream.net',
  'beeceptor.com',
  'hookbin.com',
  'ngrok.io',
  'ngrok.app',
  'ngrok-free.app',
  'trycloudflare.com',
  'loca.lt',
]

const lookAlike =
  (kind: ReturnType<typeof lookAlikeOf>): Rule =>
  ({ hostname }) =>
    lookAlikeOf(hostname) === kind && hostname

const WARNINGS: Record<(typeof ADDRESS_FINDINGS.warn)[number], Rule> = {
  'look-alike-mixed': lookAlike('mixed'),
  'look-alike-foreign': lookAlike('foreign'),
  'look-alike-sign': lookAlike('sign'),
  invisible: (_url, text) => invisibleIn(decodePercent(text)),
  placeholder: (_url, text) => placeholderIn(text),
  hidden: (_url, text) => looksHidden(text),
  'line-break': (_url, text) => /[\t\n\r]/.test(text),
  space: (_url, text) => /\p{Zs}/u.test(text),
  backslash: (_url, text) => text.includes('\\'),
  'stray-end': (_url, text) => ENDS.find(([pattern]) => pattern.test(text))?.[1],
  fragment: (_url, text) => text.includes('#'),
  'port-zero': (url) => url.port === '0',
  'not-encrypted': (url) => url.protocol === 'http:',
  password: (url) => url.username !== '' || url.password !== '',
  'test-url': (url) =>
    url.pathname.startsWith('/webhook-test/') || hostEndsWith(url, ...TEST_HOSTS),
}

const HINTS: Record<(typeof ADDRESS_FINDINGS.inform)[number], Rule> = {
  zapier: (url) => hostEndsWith(url, 'hooks.zapier.com'),
  make: (url) => hostEndsWith(url, 'make.com', 'integromat.com') && url.hostname.startsWith('hook'),
  'power-automate': (url) => hostEndsWith(url, 'logic.azure.com', 'api.powerplatform.com'),
  n8n: (url) => hostEndsWith(url, 'n8n.cloud') || url.hostname.startsWith('n8n.'),
  slack: (url) => hostEndsWith(url, 'hooks.slack.com'),
}
