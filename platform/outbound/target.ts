import {
  hostnameOf,
  isAddress,
  isExceptedUrl,
  isPublicHost,
  portOf,
  type Exception,
} from '#contract/address/address-class.ts'
import { parseUrl } from '#contract/address/parse-url.ts'

import { OutboundError } from './failures.ts'

export type Policy = {
  /** Allows plain http as well, if the deployment says so. */
  allowHttp: boolean
  /** Allowed ports besides 443 (and 80 with http). */
  extraPorts: readonly number[]
  exceptions: readonly Exception[]
}

/** A target that may be resolved; it was parsed once and is never parsed again. */
export type Target = {
  url: URL
  /** Without brackets, for the resolver, the certificate and the log. */
  hostname: string
  port: number
  isTls: boolean
  /** True if only an exception allows the scheme or port: the name has to resolve into one. */
  isExceptionOnly: boolean
}

const MAX_LENGTH = 2048

// one text for every reason and port, so that callers learn nothing about our network
export const blocked = () =>
  new OutboundError('target_blocked', 'This URL is not on the public internet.')

/** Parses a URL that a person gave, with the one parser; refuses it by scheme, port and name. */
export function parseTarget(address: string, policy: Policy): Target {
  if (address.length > MAX_LENGTH) throw invalid('The URL is longer than 2,048 characters.')
  const url = parseUrl(address)
  if (!url) throw invalid('The URL cannot be read.')
  const isTls = url.protocol === 'https:'
  if (!isTls && url.protocol !== 'http:') throw invalid('Only http and https URLs are called.')
  if (url.username || url.password) throw invalid('The URL contains a user name or a password.')
  url.hash = ''

  const hostname = hostnameOf(url)
  const port = portOf(url)
  const target = { url, hostname, port, isTls, isExceptionOnly: false }
  if (isExceptedUrl(url, policy.exceptions)) return target

  const mayLeadToException =
    !isAddress(hostname) && policy.exceptions.some((one) => one.port === port)
  if (mayLeadToException && isPublicHost(hostname)) {
    return { ...target, isExceptionOnly: !isCalled(target, policy) }
  }
  if (!isTls && !policy.allowHttp) throw invalid('Only https URLs are called.')
  if (!isPublicHost(hostname)) throw blocked()
  if (!isCalled(target, policy)) throw invalid('This port is not called.')
  return target
}

function isCalled({ isTls, port }: Pick<Target, 'isTls' | 'port'>, policy: Policy): boolean {
  const ports = [443, ...(policy.allowHttp ? [80] : []), ...policy.extraPorts]
  return (isTls || policy.allowHttp) && ports.includes(port)
}

const invalid = (message: string) => new OutboundError('target_invalid', message)
