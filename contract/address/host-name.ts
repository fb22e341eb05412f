import punycode from 'punycode.js'

import { parseUrl } from './parse-url.ts'

/**
 * Ways in which a host name may pass for another one. `mixed`: a label mixes letters of two
 * alphabets that look alike. `foreign`: all its letters look like Latin ones. `sign`: it has a sign
 * that looks like one that ends a host name.
 */
export type LookAlike = 'mixed' | 'foreign' | 'sign'

// alphabets with look-alike letters, see https://www.unicode.org/reports/tr39/
const ALPHABETS = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
  /\p{Script=Coptic}/u,
]

// letters that are hard to tell from Latin ones: a name of only these is read as Latin
const LIKE_LATIN = [
  /^[асԁеһіјӏорԛѕԝхуьҽѵѡ]+$/u,
  /^[αικνρυωηοτ]+$/u,
  /^[ագհյոսցօքւ]+$/u,
  /^[Ꭰ-\u13fdꭰ-ꮿ]+$/u,
]

// Latin letters outside a–z that are hard to tell from those inside it
const ODD_LATIN = /[ɑɡɩɪɴʀʏʙɢʜʟᴀ-ᴢꜰꜱ]/u

const LIKE_SLASH = /[⁄∕⧸╱⟋]/u

/** The way in which the host name of a parsed URL can be taken for another; `undefined` if none. */
export function lookAlikeOf(hostname: string): LookAlike | undefined {
  if (!hostname.includes('xn--')) return undefined
  const labels = decodedLabels(hostname)
  if (labels.some((label) => LIKE_SLASH.test(label))) return 'sign'
  if (labels.some(isMixed)) return 'mixed'
  // under a top-level name of its own alphabet, readers do not take a label for Latin
  const isTopPlain = /^[\0-\x7f]*$/.test(labels.at(-1) ?? '')
  return isTopPlain && labels.some(isLikeLatin) ? 'foreign' : undefined
}

function isMixed(label: string): boolean {
  if (ALPHABETS.filter((alphabet) => alphabet.test(label)).length > 1) return true
  const digits = label.replace(/\P{Nd}/gu, '')
  return ODD_LATIN.test(label) || (/[a-z]/.test(label) && /[^\d]/.test(digits))
}

function isLikeLatin(label: string): boolean {
  const letters = label.replace(/\P{L}/gu, '')
  return LIKE_LATIN.some((alphabet) => alphabet.test(letters))
}

/**
 * An international host of a parsed URL as people write it, port included: `münchen.example` for
 * `xn--mnchen-3ya.example`. `undefined` if there is nothing to decode, or if the decoded name could
 * be taken for another one.
 */
export function readableHost(host: string): string | undefined {
  const [, hostname = '', port = ''] = /^(.*?)(:\d+)?$/.exec(host) ?? []
  if (!/(^|\.)xn--/.test(hostname) || lookAlikeOf(hostname)) return undefined
  const readable = decodedLabels(hostname).join('.')
  // not every text after xn-- encodes a name: decode only if encoding leads back to it
  const isSame = parseUrl(`https://${readable}/`)?.hostname === hostname
  return isSame && readable !== hostname ? readable + port : undefined
}

function decodedLabels(hostname: string): string[] {
  return hostname.split('.').map((label) => {
    if (!label.startsWith('xn--')) return label
    try {
      return punycode.decode(label.slice(4))
    } catch {
      return label
    }
  })
}
