import { trimAddress } from '#contract/address/address-text.ts'
import { parseAddress } from '#contract/address/address.ts'
import { parseUrl } from '#contract/address/parse-url.ts'

/** Where a host moves to: its name with a port if it has one, and a scheme if that changes too. */
export type MoveTarget = { host: string; scheme: 'http' | 'https' | null }

/** A host as a person writes it, with or without a scheme: `new.example.com:8443`, `https://new.example.com`. */
export function readMoveTarget(text: string): MoveTarget | undefined {
  const [, scheme, host = ''] =
    /^(?:(https?):\/\/)?([^/?#\\@\s]+)\/?$/i.exec(trimAddress(text)) ?? []
  if (!parseUrl(`https://${host}/`)) return undefined
  return { host, scheme: scheme === undefined ? null : schemeOf(scheme) }
}

/**
 * Whether an address is at a host, as people speak of it: by its parsed host, never by its text.
 * A port that the scheme implies is the same as none.
 */
export function isAtHost(address: string, host: string): boolean {
  const url = parseAddress(address)
  return url !== undefined && url.host === hostUnder(url.protocol, host)
}

/**
 * The address at its new host. What comes before and after the host stays as it is, to the byte;
 * nothing where that cannot be promised, or where the address is not at `from`.
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

  // read back as a browser reads it: an odd spelling must not have moved something else
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

/** The host as a parsed address of that scheme has it: in lower case, and without the usual port. */
function hostUnder(protocol: string, host: string): string | undefined {
  return parseUrl(`${protocol}//${host}/`)?.host
}
