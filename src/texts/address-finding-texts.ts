import type { AddressFinding, FindingCode, StrayEnd } from '#contract/address/finding-codes.ts'

const STRAY_ENDS: Record<StrayEnd, string> = {
  comma: 'a comma',
  semicolon: 'a semicolon',
  'full-stop': 'a full stop',
  'quotation-mark': 'a quotation mark',
  bracket: 'a closing bracket',
}

/** Names of invisible characters, by code point. */
const INVISIBLE = new Map([
  ['U+200B', 'a zero-width space'],
  ['U+200C', 'a zero-width joiner'],
  ['U+200D', 'a zero-width joiner'],
  ['U+2060', 'a zero-width joiner'],
  ['U+00AD', 'a soft hyphen'],
  ['U+FEFF', 'a byte order mark'],
])

const MARKS = /^U\+(?:061C|200[EF]|202[A-E]|206[6-9])$/

function invisibleText(code: string): string {
  const name = MARKS.test(code) ? 'a mark for the direction of writing' : INVISIBLE.get(code)
  return `The URL contains an invisible character: ${name ? `${name} (${code})` : code}. Delete it.`
}

const isStrayEnd = (about: string): about is StrayEnd => about in STRAY_ENDS

const lookAlike = (what: string) => (host: string) =>
  `The host name ${what} (${host}). It may be another host than it seems.`

const TEXTS: Record<FindingCode, string | ((about: string) => string)> = {
  'not-public': 'Nexudus cannot reach this URL over the internet.',
  'scheme-twice': 'The URL starts with https:// twice. Keep one.',
  incomplete: 'Enter a full URL that starts with https://',
  'host-placeholder': 'The host name contains a placeholder. Replace it.',
  'host-space': 'The host name contains a space. Delete it.',
  'port-unreadable': (port) => `${port} is not a port.`,
  'port-too-high': (port) => `Port ${port} does not exist. The highest port is 65535.`,
  'host-unreadable': 'Hookdesk cannot read the host name. Check its spelling.',

  'look-alike-mixed': lookAlike('mixes look-alike letters from different alphabets'),
  'look-alike-foreign': lookAlike('contains letters that look Latin but are not'),
  'look-alike-sign': lookAlike('contains a character that looks like a slash but is not'),
  invisible: invisibleText,
  placeholder: 'The URL seems to contain a placeholder. Nexudus uses it as it is.',
  hidden: 'Part of this URL seems to be hidden. Enter the whole URL.',
  'line-break': 'The URL contains a line break or a tab. Delete it.',
  space: 'The URL contains a space. Delete it, or write %20 instead.',
  backslash: 'The URL contains a \\. URLs use / instead.',
  'stray-end': (end) =>
    `The URL ends with ${isStrayEnd(end) ? STRAY_ENDS[end] : end}, probably copied by mistake.`,
  fragment: 'The part after # is not sent: the receiver never sees it.',
  'port-zero': 'No server can be reached on port 0.',
  'not-encrypted': 'This URL is not encrypted. Customer data would travel in the open.',
  password: 'This URL contains a password. Everyone who can see webhooks can see it.',
  'test-url': 'This looks like a test URL. It may stop answering at any time.',

  zapier: 'Looks like a Zap. Check that it is switched on.',
  make: 'Looks like a Make scenario. Check that it is switched on.',
  'power-automate': 'Looks like a Power Automate flow. Check that it is switched on.',
  n8n: 'Looks like an n8n workflow. Check that it is active.',
  slack: 'Slack will probably not understand the Nexudus format.',
}

type FindingWords = Pick<AddressFinding, 'code' | 'about'>

/** Says in a sentence what was found about a URL. */
export function findingText({ code, about = '' }: FindingWords): string {
  const text = TEXTS[code]
  return typeof text === 'string' ? text : text(about)
}
