import { isIP } from 'node:net'

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

/** Whether an address, as text, is one on the public internet. What cannot be read is not. */
export function isPublicAddress(address: string): boolean {
  // no short forms, and no zone, as in fe80::1%eth0: that is a matter of this machine
  if (isIP(address) === 0 || address.includes('%')) return false
  const parsed = ipaddr.parse(address)
  if (parsed instanceof ipaddr.IPv4) return !IPV4_REFUSED.some((range) => parsed.match(range))
  if (!(parsed instanceof ipaddr.IPv6)) return false
  return parsed.match(IPV6_ALLOWED) && !IPV6_REFUSED.some((range) => parsed.match(range))
}

/** An address range and one port of it that may be called although it is private. */
export type Exception = { range: string; port: number }

export function isException(address: string, port: number, exceptions: readonly Exception[]) {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  return exceptions.some((exception) => {
    const [base, bits] = ipaddr.parseCIDR(exception.range)
    return exception.port === port && base.kind() === parsed.kind() && parsed.match(base, bits)
  })
}
