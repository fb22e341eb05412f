import ipaddr from 'ipaddr.js'

// refuses everything that is not plainly routed on the public internet

const IPV4_REFUSED = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
].map((range) => ipaddr.IPv4.parseCIDR(range))

/**
 * All of IPv6 that is allocated; ranges that embed IPv4 addresses lie outside it, or in the list
 * below.
 */
const IPV6_ALLOWED = ipaddr.IPv6.parseCIDR('2000::/3')

const IPV6_REFUSED = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'].map((range) =>
  ipaddr.IPv6.parseCIDR(range),
)

/** True for an address as text: four decimal parts, or IPv6 without a zone. No short forms. */
export function isAddress(text: string): boolean {
  // a zone, as in fe80::1%eth0, has a meaning on one machine only
  if (text.includes('%')) return false
  // for a name ipaddr.js throws and catches an error, which costs more than all the rest
  if (text.includes(':')) return ipaddr.IPv6.isValid(text)
  return /^[\d.]+$/.test(text) && ipaddr.IPv4.isValidFourPartDecimal(text)
}

/** True for a text that is an address on the public internet; false for unreadable text. */
export function isPublicAddress(address: string): boolean {
  if (!isAddress(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed instanceof ipaddr.IPv4) return !IPV4_REFUSED.some((range) => parsed.match(range))
  if (!(parsed instanceof ipaddr.IPv6)) return false
  return parsed.match(IPV6_ALLOWED) && !IPV6_REFUSED.some((range) => parsed.match(range))
}

/** A private address range that may be called, on one port. */
export type Exception = { range: string; port: number }

export function isException(address: string, port: number, exceptions: readonly Exception[]) {
  if (!isAddress(address)) return false
  const parsed = ipaddr.process(address)
  return exceptions.some((exception) => {
    const [base, bits] = ipaddr.parseCIDR(exception.range)
    return exception.port === port && base.kind() === parsed.kind() && parsed.match(base, bits)
  })
}

/** Reads `10.1.0.0/16:8080`, `127.0.0.1/32:3000` or `[fd00::/8]:443`; else `undefined`. */
export function readException(text: string): Exception | undefined {
  const [, bracketed, plain, port] = /^(?:\[(.+)\]|([^[\]:]+)):(\d{1,5})$/.exec(text) ?? []
  const range = bracketed ?? plain ?? ''
  if (!ipaddr.isValidCIDR(range) || Number(port) < 1 || Number(port) > 65_535) return undefined
  return { range, port: Number(port) }
}

const LOCAL_SUFFIXES = ['localhost', 'local', 'internal', 'home.arpa', 'onion']

/**
 * True if the host of a parsed URL, without brackets, can exist on the internet: a public address,
 * or a name with a dot that is not reserved for private use. The name may still resolve to any
 * address.
 */
export function isPublicHost(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '').toLowerCase()
  if (isAddress(name)) return isPublicAddress(name)
  // some programs read this as an address, others do not
  if (name.includes(':') || /^[\d.]+$/.test(name)) return false
  return name.includes('.') && !LOCAL_SUFFIXES.some((suffix) => name.endsWith(`.${suffix}`))
}

/** The host of a parsed URL for a resolver: without brackets and the final dot. */
export const hostnameOf = (url: URL) => url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')

/** The port of a parsed URL; the scheme's default if the URL names none. */
export function portOf({ port, protocol }: URL): number {
  if (port !== '') return Number(port)
  return protocol === 'https:' ? 443 : 80
}

/** True if an exception covers the URL. `localhost` counts as 127.0.0.1, for this check only. */
export function isExceptedUrl(url: URL, exceptions: readonly Exception[]): boolean {
  const hostname = hostnameOf(url)
  const address = hostname === 'localhost' ? '127.0.0.1' : hostname
  return isException(address, portOf(url), exceptions)
}
