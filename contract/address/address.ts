import { trimAddress } from './address-text.ts'
import { parseUrl } from './parse-url.ts'

const MASK = '••••'

/** The address as a URL, if it is a full http(s) one. Nothing is repaired or tidied. */
export function parseAddress(address: string): URL | undefined {
  const trimmed = trimAddress(address)
  // the parser accepts "https:host" and "https:\\host"; a person who types that made a slip
  return /^https?:\/\//i.test(trimmed) ? parseUrl(trimmed) : undefined
}

/** Host and port, as people speak of a destination; the text itself if it is no address. */
export function hostOf(address: string): string {
  return parseAddress(address)?.host ?? maskAddress(address)
}

/**
 * The address without what opens doors: user name and password, every value of the query, and
 * the fragment. Names of query parameters stay, since they tell addresses apart.
 */
export function maskAddress(address: string): string {
  const url = parseAddress(address)
  if (!url) return maskRest(trimAddress(address))

  const user = url.username || url.password ? `${MASK}@` : ''
  return `${url.protocol}//${user}${url.host}${maskedPath(url)}`
}

/** Path and masked query of an address: what follows the host where the host stands apart. */
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
 * For people who may only look: nothing after the host but its end, by which two addresses are
 * told apart. Keys lie in paths, too.
 */
export function hidePath(address: string): string {
  const url = parseAddress(address)
  if (!url) return maskRest(trimAddress(address))
  return `${url.protocol}//${url.host}${hiddenPath(url)}`
}

const END_SHOWN = 4

/** What `hidePath` leaves of a path; a short one is left alone. Of a query there is nothing. */
export function hiddenPath({ pathname, search, hash }: URL): string {
  const isShort = pathname.length <= 2 * END_SHOWN
  const path = isShort ? pathname : `/…${pathname.slice(-END_SHOWN)}`
  return `${path}${search ? `?${MASK}` : ''}${hash ? `#${MASK}` : ''}`
}

/** For text that is no address: whatever could be a query or user-info is cut. */
function maskRest(text: string): string {
  return text.replace(/\/\/[^/@\s]*@/, `//${MASK}@`).replace(/[?#].*$/s, (rest) => rest[0] + MASK)
}

/** A text of Nexudus or a receiver, with every address in it masked. */
export function maskText(text: string): string {
  return text.replace(/https?:\/\/[^\s"'<>]+/gi, (address) => maskAddress(address))
}

/** Whether there is a mark in an address that our masks leave, and that no parsed address can have. */
export const looksHidden = (address: string) => /••••|…/.test(address)

/** Whether an address holds a user name or a password. A link that fills it in is passed around. */
export function hasPassword(address: string): boolean {
  const url = parseAddress(address)
  return url !== undefined && (url.username !== '' || url.password !== '')
}

/** Whether an address has no place in it where keys usually are. */
export function isSafeToKeep(address: string): boolean {
  const url = parseAddress(address)
  return url !== undefined && !url.username && !url.password && !url.search && !url.hash
}
