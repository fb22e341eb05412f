import {
  hostnameOf,
  isExceptedUrl,
  isPublicHost,
  type Exception,
} from '#contract/address/address-class.ts'
import { parseUrl } from '#contract/address/parse-url.ts'
import { Failed } from '#platform/http/failure.ts'

/** Reads a URL that notices shall go to. Throws if it is no public https, and not excepted. */
export function checkTarget(text: string, exceptions: readonly Exception[]) {
  const url = parseUrl(text)
  if (!url) throw new Failed('bad_request', { reason: 'channel_url' })
  const isExcepted = isExceptedUrl(url, exceptions)
  if (url.username || url.password || (url.protocol !== 'https:' && !isExcepted)) {
    throw new Failed('bad_request', { reason: 'channel_url' })
  }
  if (!isExcepted && !isPublicHost(hostnameOf(url))) {
    throw new Failed('bad_request', { reason: 'channel_private' })
  }
  return { url, isExcepted }
}
