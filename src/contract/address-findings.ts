import { hostnameOf, isExceptedUrl, isPublicHost, type Exception } from './address-class.ts'
import { parseAddress } from './address.ts'

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
  if (!url) {
    return [{ level: 'block', text: 'Enter a full address that starts with https://' }]
  }
  const isAllowed = policy.allowPrivateTargets || isExceptedUrl(url, policy.exceptions)
  if (!isAllowed && !isPublicHost(hostnameOf(url))) {
    return [{ level: 'block', text: 'Nexudus cannot reach this address from the internet.' }]
  }
  return FINDINGS.filter(({ applies }) => applies(url)).map(({ level, text }) => ({ level, text }))
}

type Finding = AddressFinding & { applies: (url: URL) => boolean }

const hostEndsWith = (url: URL, ...ends: string[]) =>
  ends.some((end) => url.hostname === end || url.hostname.endsWith(`.${end}`))

const FINDINGS: Finding[] = [
  {
    level: 'warn',
    text: 'This address is not encrypted. Customer data would travel in the open.',
    applies: (url) => url.protocol === 'http:',
  },
  {
    level: 'warn',
    text: 'This address contains a password. People who can see webhooks can see it.',
    applies: (url) => url.username !== '' || url.password !== '',
  },
  {
    level: 'warn',
    text: 'This looks like a test address. It may stop answering at any time.',
    applies: (url) =>
      url.pathname.startsWith('/webhook-test/') ||
      hostEndsWith(
        url,
        ...['webhook.site', 'requestbin.com', 'pipedream.net', 'beeceptor.com', 'hookbin.com'],
        ...['ngrok.io', 'ngrok.app', 'ngrok-free.app', 'trycloudflare.com', 'loca.lt'],
      ),
  },
  {
    level: 'inform',
    text: 'Looks like a Zap. Check that it is switched on.',
    applies: (url) => hostEndsWith(url, 'hooks.zapier.com'),
  },
  {
    level: 'inform',
    text: 'Looks like a Make scenario. Check that it is switched on.',
    applies: (url) =>
      hostEndsWith(url, 'make.com', 'integromat.com') && url.hostname.startsWith('hook'),
  },
  {
    level: 'inform',
    text: 'Looks like a Power Automate flow. Check that it is switched on.',
    applies: (url) => hostEndsWith(url, 'logic.azure.com', 'api.powerplatform.com'),
  },
  {
    level: 'inform',
    text: 'Looks like an n8n workflow. Check that it is active.',
    applies: (url) => hostEndsWith(url, 'n8n.cloud') || url.hostname.startsWith('n8n.'),
  },
  {
    level: 'inform',
    text: 'Slack will probably not understand the Nexudus format.',
    applies: (url) => hostEndsWith(url, 'hooks.slack.com'),
  },
]
