import { trimAddress } from '#contract/address/address-text.ts'
import { parseAddress } from '#contract/address/address.ts'
import { parseUrl } from '#contract/address/parse-url.ts'

/** The new host: its name with a port if it has one, and a scheme if that changes too. */
export type MoveTarget = { host: string; scheme: 'http' | 'https' | null }

/**
 * Reads a host as people write it, with or without a scheme: `new.example.com:8443`,
 * `https://new.example.com`.
 */
export function readMoveTarget(text: string): MoveTarget | undefined {
  const [, scheme, host = ''] =
    /^(?:(https?):\/\/)?([^/?#\\@\s]+)\/?$/i.exec(trimAddress(text)) ?? []
  if (!parseUrl(`https://${host}/`)) return undefined
  return { host, scheme: scheme === undefined ? null : schemeOf(scheme) }
}

/**
 * True if a URL is at a host. Compares parsed hosts, never text. The default port of the scheme is
 * the same as none.
 */
export function isAtHost(address: string, host: string): boolean {
  const url = parseAddress(address)
  return url !== undefined && url.host === hostUnder(url.protocol, host)
}

/**
 * The URL at its new host. The text before and after the host stays the same, to the byte. Returns
 * `undefined` if that is not possible, or if the URL is not at `from`.
 */
export function moveHost(address: string, from: string, to: MoveTarget): string | undefined {
  const url = parseAddress(address)
  if (!url || !isAtHost(address, from)) return undefined
  const [, scheme = '', slashes = '', authority = '', rest = ''] =
    /^(https?):([/\\]+)([^/\\?#]*)(.*)$/is.exec(trimAddress(address)) ?? []

  const newScheme = to.scheme ?? schemeOf(scheme)
  const host = hostUnder(`${newScheme}:`, to.host)
  const isSameScheme = newScheme === schemeOf(scheme)
  const userInfo = authority.slice(0, authority.lastIndexOf('@') + 1)
  const moved = `${isSameScheme ? scheme : newScheme}:${slashes}${userInfo}${host}${rest}`

  // parses the result as a browser does, so that an odd spelling cannot move something else
  const now = parseAddress(moved)
  const isKept =
    now !== undefined &&
    now.host === host &&
    now.protocol === `${newScheme}:` &&
    KEPT.every((part) => now[part] === url[part])
  return isKept ? moved : undefined
}

const KEPT = ['username', 'password', 'pathname', 'search', 'hash'] as const

const schemeOf = (text: string) => (text.toLowerCase() === 'http' ? 'http' : 'https')

/** The host as a parsed URL of that scheme has it: in lower case, without the default port. */
function hostUnder(protocol: string, host: string): string | undefined {
  return parseUrl(`${protocol}//${host}/`)?.host
}
