import ipaddr from 'ipaddr.js'

// what the internet routes to somebody; everything that is not plainly public is refused

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

/** All of IPv6 that is handed out; what embeds an IPv4 address is outside it, or below. */
const IPV6_ALLOWED = ipaddr.IPv6.parseCIDR('2000::/3')

const IPV6_REFUSED = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'].map((range) =>
  ipaddr.IPv6.parseCIDR(range),
)

/** Whether a text is an address: four decimal parts, or IPv6 without a zone. No short forms. */
export function isAddress(text: string): boolean {
  // a zone, as in fe80::1%eth0, is a matter of one machine
  if (text.includes('%')) return false
  // ipaddr.js throws and catches an error for every name, which takes longer than all the rest
  if (text.includes(':')) return ipaddr.IPv6.isValid(text)
  return /^[\d.]+$/.test(text) && ipaddr.IPv4.isValidFourPartDecimal(text)
}

/** Whether an address, as text, is one on the public internet. What cannot be read is not. */
export function isPublicAddress(address: string): boolean {
  if (!isAddress(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed instanceof ipaddr.IPv4) return !IPV4_REFUSED.some((range) => parsed.match(range))
  if (!(parsed instanceof ipaddr.IPv6)) return false
  return parsed.match(IPV6_ALLOWED) && !IPV6_REFUSED.some((range) => parsed.match(range))
}

/** An address range and one port of it that may be called although it is private. */
export type Exception = { range: string; port: number }

export function isException(address: string, port: number, exceptions: readonly Exception[]) {
  if (!isAddress(address)) return false
  const parsed = ipaddr.process(address)
  return exceptions.some((exception) => {
    const [base, bits] = ipaddr.parseCIDR(exception.range)
    return exception.port === port && base.kind() === parsed.kind() && parsed.match(base, bits)
  })
}

/** Reads `10.1.0.0/16:8080`, `127.0.0.1/32:3000` or `[fd00::/8]:443`; nothing if it is neither. */
export function readException(text: string): Exception | undefined {
  const [, bracketed, plain, port] = /^(?:\[(.+)\]|([^[\]:]+)):(\d{1,5})$/.exec(text) ?? []
  const range = bracketed ?? plain ?? ''
  if (!ipaddr.isValidCIDR(range) || Number(port) < 1 || Number(port) > 65_535) return undefined
  return { range, port: Number(port) }
}

const LOCAL_SUFFIXES = ['localhost', 'local', 'internal', 'home.arpa', 'onion']

/**
 * Whether a host of a parsed URL, without brackets, is one that the internet knows: a public
 * address, or a name with a dot that is not reserved for private use. Says nothing of where the
 * name leads.
 */
export function isPublicHost(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '').toLowerCase()
  if (isAddress(name)) return isPublicAddress(name)
  // what still looks like an address is a form that only some programs read
  if (name.includes(':') || /^[\d.]+$/.test(name)) return false
  return name.includes('.') && !LOCAL_SUFFIXES.some((suffix) => name.endsWith(`.${suffix}`))
}

/** The host of a parsed URL as a resolver takes it: without brackets and the final dot. */
export const hostnameOf = (url: URL) => url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')

/** The port of a parsed URL, also where it is left to the scheme. */
export function portOf({ port, protocol }: URL): number {
  if (port !== '') return Number(port)
  return protocol === 'https:' ? 443 : 80
}

/** `localhost` stands for 127.0.0.1 where that address and port are excepted, and for nothing else. */
export function isExceptedUrl(url: URL, exceptions: readonly Exception[]): boolean {
  const hostname = hostnameOf(url)
  const address = hostname === 'localhost' ? '127.0.0.1' : hostname
  return isException(address, portOf(url), exceptions)
}
