import { trimAddress } from './address-text.ts'
import { parseUrl } from './parse-url.ts'

const MASK = '••••'

/** Parses a full http(s) URL; `undefined` for anything else. Repairs nothing. */
export function parseAddress(address: string): URL | undefined {
  const trimmed = trimAddress(address)
  // the parser accepts "https:host" and "https:\\host", which a person types only by mistake
  return /^https?:\/\//i.test(trimmed) ? parseUrl(trimmed) : undefined
}

/** Host and port, which people use to name a destination; the text itself if it is no URL. */
export function hostOf(address: string): string {
  return parseAddress(address)?.host ?? maskAddress(address)
}

/**
 * The URL without its secrets: user name and password, every value of the query, and the fragment.
 * Names of query parameters stay, since they tell URLs apart.
 */
export function maskAddress(address: string): string {
  const url = parseAddress(address)
  if (!url) return maskRest(trimAddress(address))

  const user = url.username || url.password ? `${MASK}@` : ''
  return `${url.protocol}//${user}${url.host}${maskedPath(url)}`
}

/** Path and masked query of a URL, for display beside its host. */
export function maskedPath(url: URL): string {
  const names = url.search
    .slice(1)
    .split('&')
    .filter(Boolean)
    .map((pair) => {
      const at = pair.indexOf('=')
      // a parameter without a name may be the key itself, as in "?s3cr3t"
      return at > 0 ? `${pair.slice(0, at)}=${MASK}` : MASK
    })
  const query = names.length > 0 ? `?${names.join('&')}` : ''
  return `${url.pathname}${query}${url.hash ? `#${MASK}` : ''}`
}

/**
 * For people with view-only access: nothing after the host but the end of the path, which tells two
 * URLs apart. Paths hold keys, too.
 */
export function hidePath(address: string): string {
  const url = parseAddress(address)
  if (!url) return maskRest(trimAddress(address))
  return `${url.protocol}//${url.host}${hiddenPath(url)}`
}

const END_SHOWN = 4

/** The visible rest of a path in `hidePath`; a short path is left alone. The query is hidden. */
export function hiddenPath({ pathname, search, hash }: URL): string {
  const isShort = pathname.length <= 2 * END_SHOWN
  const path = isShort ? pathname : `/…${pathname.slice(-END_SHOWN)}`
  return `${path}${search ? `?${MASK}` : ''}${hash ? `#${MASK}` : ''}`
}

/** For text that is no URL: removes everything that could be a query or user-info. */
function maskRest(text: string): string {
  return text.replace(/\/\/[^/@\s]*@/, `//${MASK}@`).replace(/[?#].*$/s, (rest) => rest[0] + MASK)
}

/** A text from Nexudus or a receiver, with every URL in it masked. */
export function maskText(text: string): string {
  return text.replace(/https?:\/\/[^\s"'<>]+/gi, (address) => maskAddress(address))
}

/** A text with no more of each URL in it than its host: paths hold keys, too. */
export const hostsOnly = (text: string) =>
  text.replaceAll(/https?:\/\/[^\s"'<>]+/gi, (address) => parseAddress(address)?.origin ?? '…')

/** True if a URL holds a mark that our masks leave, and that no parsed URL can have. */
export const looksHidden = (address: string) => /••••|…/.test(address)

/** True if a URL holds a user name or a password, which a link that fills it in would spread. */
export function hasPassword(address: string): boolean {
  const url = parseAddress(address)
  return url !== undefined && (url.username !== '' || url.password !== '')
}

/** True if a URL has no part that usually holds a key. */
export function isSafeToKeep(address: string): boolean {
  const url = parseAddress(address)
  return url !== undefined && !url.username && !url.password && !url.search && !url.hash
}
