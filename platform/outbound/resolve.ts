import { Resolver } from 'node:dns/promises'
import { isIP } from 'node:net'

import { isException, isPublicAddress } from '#contract/address/address-class.ts'

import { OutboundError } from './failures.ts'
import { blocked, type Policy, type Target } from './target.ts'

const TIMEOUT_MS = 3_000

/** Resolves a name to all its addresses. Tests inject their own, at this lowest seam. */
export type ResolveName = (hostname: string) => Promise<string[]>

/**
 * Asks the nameservers through c-ares, which has its own time limit and does not share the two
 * lookups that Node allows the whole process at a time. It reads no hosts file.
 */
export async function resolveName(hostname: string): Promise<string[]> {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: 1 })
  const timer = setTimeout(() => resolver.cancel(), TIMEOUT_MS)
  try {
    const answers = await Promise.allSettled([
      resolver.resolve4(hostname),
      resolver.resolve6(hostname),
    ])
    const addresses = answers.flatMap((answer) =>
      answer.status === 'fulfilled' ? answer.value : [],
    )
    if (addresses.length > 0) return addresses
    const failed = answers.find((answer) => answer.status === 'rejected')
    throw dnsFailure(failed?.reason, hostname)
  } finally {
    clearTimeout(timer)
  }
}

function dnsFailure(error: unknown, hostname: string): OutboundError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOTFOUND' || code === 'ENODATA') {
    return new OutboundError('dns_not_found', `The name ${hostname} does not exist.`, error)
  }
  // our own nameserver is not running: that says nothing about the receiver
  if (code === 'ECONNREFUSED') {
    return new OutboundError(
      'ours_no_network',
      'This server’s own nameserver does not answer.',
      error,
    )
  }
  if (code === 'ETIMEOUT' || code === 'ECANCELLED') {
    return new OutboundError('dns_timeout', `No nameserver answered for ${hostname}.`, error)
  }
  return new OutboundError('dns_failed', `Could not look up the name ${hostname}.`, error)
}

/**
 * The address to connect to. Every resolved address has to pass: a name that leads to a public and
 * a private address is refused.
 */
export async function resolveTarget(
  { hostname, port, isExceptionOnly }: Target,
  policy: Policy,
  resolve: ResolveName,
): Promise<string> {
  if (isIP(hostname)) return hostname
  if (hostname === 'localhost') return '127.0.0.1'

  const addresses = await resolve(hostname)
  const isAllowed = (address: string) =>
    (!isExceptionOnly && isPublicAddress(address)) || isException(address, port, policy.exceptions)
  const [first] = addresses
  if (first === undefined || !addresses.every(isAllowed)) throw blocked()
  return first
}
