import { hostnameOf, isExceptedUrl, isPublicHost, type Exception } from './address-class.ts'
import { decodePercent, invisibleIn, trimAddress } from './address-text.ts'
import { looksHidden, parseAddress } from './address.ts'
import { lookAlikeOf } from './host-name.ts'

export type AddressFinding = {
  level: 'block' | 'warn' | 'inform'
  text: string
}

export type TargetPolicy = {
  /** What may be used although it is private, e.g. the sandbox's receiver. */
  exceptions: readonly Exception[]
  allowPrivateTargets: boolean
}

/** What can be said of an address without calling it. Only a `block` stands in the way of saving. */
export function addressFindings(address: string, policy: TargetPolicy): AddressFinding[] {
  const url = parseAddress(address)
  const text = trimAddress(address)
  if (!url || SCHEME_TWICE.test(text)) return [{ level: 'block', text: unreadableText(text) }]

  const isAllowed = policy.allowPrivateTargets || isExceptedUrl(url, policy.exceptions)
  if (!isAllowed && !isPublicHost(hostnameOf(url))) {
    return [{ level: 'block', text: 'Nexudus cannot reach this URL over the internet.' }]
  }
  return FINDINGS.flatMap(({ level, find }) => {
    const found = find(url, text)
    return found === undefined ? [] : [{ level, text: found }]
  })
}

/** Why an address must not be saved, if so. */
export const blockOf = (address: string, policy: TargetPolicy): string | undefined =>
  addressFindings(address, policy).find(({ level }) => level === 'block')?.text

/** What to think about before an address is saved. */
export const warningsOf = (address: string, policy: TargetPolicy): string[] =>
  addressFindings(address, policy).flatMap(({ level, text }) => (level === 'warn' ? [text] : []))

// the parser takes the second "https" for the host
const SCHEME_TWICE = /^https?:\/\/+https?(?:[:/\\]|$)/i

const LAST_PORT = 65_535

function unreadableText(text: string): string {
  if (SCHEME_TWICE.test(text)) return 'The URL starts with https:// twice. Keep one.'
  const [, authority = ''] = /^https?:\/\/([^/?#\\]*)/i.exec(text) ?? []
  if (authority === '') return 'Enter a full URL that starts with https://'
  if (placeholderIn(authority)) return 'The host name contains a placeholder. Replace it.'
  if (/\s/.test(authority)) return 'The host name contains a space. Delete it.'

  const port = /:([^:\]]+)$/.exec(authority)?.[1]
  if (port !== undefined && !/^\d+$/.test(port)) return `${port} is not a port.`
  if (Number(port) > LAST_PORT)
    return `Port ${port} does not exist. The highest port is ${LAST_PORT}.`
  return 'Hookdesk cannot read the host name. Check its spelling.'
}

type Finding = {
  level: 'warn' | 'inform'
  /** What is to be said, if anything. The text is the address as it was written. */
  find: (url: URL, text: string) => string | undefined
}

const hostEndsWith = (url: URL, ...ends: string[]) =>
  ends.some((end) => url.hostname === end || url.hostname.endsWith(`.${end}`))

/** A finding of one sentence. */
const when = (
  level: Finding['level'],
  text: string,
  applies: (url: URL, text: string) => boolean,
): Finding => ({ level, find: (url, address) => (applies(url, address) ? text : undefined) })

const warnWhen = (text: string, applies: (url: URL, text: string) => boolean) =>
  when('warn', text, applies)
const informWhen = (text: string, applies: (url: URL, text: string) => boolean) =>
  when('inform', text, applies)

const LOOK_ALIKE_TEXTS = {
  mixed: 'The host name mixes look-alike letters from different alphabets',
  foreign: 'The host name contains letters that look Latin but are not',
  sign: 'The host name contains a character that looks like a slash but is not',
}

// GUIDs are written in braces, too
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const IN_BRACKETS = /\{([\w\s.$-]+)\}|<([^<>]+)>|\[(your[\w\s.-]*)\]/gi
const YOURS =
  /(?<![a-z])(?:YOUR[_-][A-Z0-9_-]+|[A-Z0-9_]+_HERE|your[_-](?:id|token|key|api|secret|domain|host|server|subdomain|company|name|account|url|webhook|endpoint|org|site|app|instance|workspace|tenant)|changeme|change[_-]me|replace[_-]me)(?![a-z])/

function placeholderIn(text: string): boolean {
  const readable = decodePercent(text)
  const bracketed = [...readable.matchAll(IN_BRACKETS)].map((match) => match[1] ?? '')
  return bracketed.some((inside) => !GUID.test(inside)) || YOURS.test(readable)
}

const ENDS: readonly (readonly [RegExp, string])[] = [
  [/,$/, 'a comma'],
  [/;$/, 'a semicolon'],
  [/\.$/, 'a full stop'],
  [/["'`”’»]$/, 'a quotation mark'],
  [/^[^(]*\)$/, 'a closing bracket'],
  [/^[^[]*\]$/, 'a closing bracket'],
  [/^[^<]*>$/, 'a closing bracket'],
  [/^[^{]*\}$/, 'a closing bracket'],
]

const FINDINGS: Finding[] = [
  {
    level: 'warn',
    find(url) {
      const kind = lookAlikeOf(url.hostname)
      return (
        kind && `${LOOK_ALIKE_TEXTS[kind]} (${url.hostname}). It may be another host than it seems.`
      )
    },
  },
  {
    level: 'warn',
    find(_url, text) {
      const name = invisibleIn(decodePercent(text))
      return name && `The URL contains an invisible character: ${name}. Delete it.`
    },
  },
  warnWhen('The URL seems to contain a placeholder. Nexudus uses it as it is.', (_url, text) =>
    placeholderIn(text),
  ),
  warnWhen('Part of this URL seems to be hidden. Enter the whole URL.', (_, text) =>
    looksHidden(text),
  ),
  warnWhen('The URL contains a line break or a tab. Delete it.', (_url, text) =>
    /[\t\n\r]/.test(text),
  ),
  warnWhen('The URL contains a space. Delete it, or write %20 instead.', (_url, text) =>
    /\p{Zs}/u.test(text),
  ),
  warnWhen('The URL contains a \\. URLs use / instead.', (_url, text) => text.includes('\\')),
  {
    level: 'warn',
    find(_url, text) {
      const end = ENDS.find(([pattern]) => pattern.test(text))?.[1]
      return end && `The URL ends with ${end}, probably copied by mistake.`
    },
  },
  warnWhen('The part after # is not sent: the receiver never sees it.', (_url, text) =>
    text.includes('#'),
  ),
  warnWhen('No server can be reached on port 0.', (url) => url.port === '0'),
  warnWhen(
    'This URL is not encrypted. Customer data would travel in the open.',
    (url) => url.protocol === 'http:',
  ),
  warnWhen(
    'This URL contains a password. Everyone who can see webhooks can see it.',
    (url) => url.username !== '' || url.password !== '',
  ),
  warnWhen(
    'This looks like a test URL. It may stop answering at any time.',
    (url) =>
      url.pathname.startsWith('/webhook-test/') ||
      hostEndsWith(
        url,
        ...['webhook.site', 'requestbin.com', 'pipedream.net', 'beeceptor.com', 'hookbin.com'],
        ...['ngrok.io', 'ngrok.app', 'ngrok-free.app', 'trycloudflare.com', 'loca.lt'],
      ),
  ),
  informWhen('Looks like a Zap. Check that it is switched on.', (url) =>
    hostEndsWith(url, 'hooks.zapier.com'),
  ),
  informWhen(
    'Looks like a Make scenario. Check that it is switched on.',
    (url) => hostEndsWith(url, 'make.com', 'integromat.com') && url.hostname.startsWith('hook'),
  ),
  informWhen('Looks like a Power Automate flow. Check that it is switched on.', (url) =>
    hostEndsWith(url, 'logic.azure.com', 'api.powerplatform.com'),
  ),
  informWhen(
    'Looks like an n8n workflow. Check that it is active.',
    (url) => hostEndsWith(url, 'n8n.cloud') || url.hostname.startsWith('n8n.'),
  ),
  informWhen('Slack will probably not understand the Nexudus format.', (url) =>
    hostEndsWith(url, 'hooks.slack.com'),
  ),
]
