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
  /** Also plain http, for deployments that say so. */
  allowHttp: boolean
  /** Ports besides 443 (and 80 with http). */
  extraPorts: readonly number[]
  exceptions: readonly Exception[]
}

/** A target that may be resolved: parsed once, and never again by anyone. */
export type Target = {
  url: URL
  /** Without brackets, as the resolver, the certificate and the log want it. */
  hostname: string
  port: number
  isTls: boolean
  /** A scheme or port that only an exception allows: the name has to lead into one. */
  isExceptionOnly: boolean
}

const MAX_LENGTH = 2048

// the same words for every reason and every port: who asks learns nothing about our network
export const blocked = () =>
  new OutboundError('target_blocked', 'This URL is not on the public internet.')

/** Reads a user-given URL with the one parser there is, and refuses by scheme, port and name. */
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
