import { STATUS_CODES } from 'node:http'

import type { OutboundFailure } from '#contract/desk/probe.ts'
import type { OutboundResult } from '#platform/outbound/send.ts'

const MAX_BYTES = 4 * 1024

type FailedResult = Extract<OutboundResult, { isDelivered: false }>

/** The texts of .NET, which the observed errors of Nexudus resemble. */
const TEXTS: Partial<Record<OutboundFailure, string>> = {
  dns_not_found: 'No such host is known.',
  dns_timeout: 'The remote name could not be resolved in time.',
  dns_failed: 'The remote name could not be resolved.',
  connection_refused: 'No connection could be made because the target machine actively refused it.',
  connection_reset: 'An existing connection was forcibly closed by the remote host.',
  connection_failed: 'Unable to connect to the remote server.',
  tls_expired: 'The remote certificate is invalid: certificate has expired.',
  tls_self_signed: 'The remote certificate is invalid: self-signed certificate.',
  tls_untrusted: 'The remote certificate is invalid: UntrustedRoot.',
  tls_wrong_name: 'The remote certificate is invalid: RemoteCertificateNameMismatch.',
  tls_handshake: 'The SSL connection could not be established.',
  timeout: 'The operation has timed out.',
  bad_response: 'The server committed a protocol violation.',
  target_blocked: 'The URL is not on the public internet, and is not called.',
}

/**
 * `LastError` of a failed attempt: the receiver's text, cut to length and without characters that
 * disturb the text around them.
 */
export function lastErrorText({ failure, message, measured }: FailedResult): string {
  if (failure === 'target_invalid') return clean(`Not called. ${message}`)
  return clean(sentence(failure, measured))
}

function sentence(
  failure: OutboundFailure,
  { status, location, body }: FailedResult['measured'],
): string {
  if (failure !== 'status' && failure !== 'redirect') {
    return TEXTS[failure] ?? 'The delivery failed.'
  }
  const start = `The remote server returned an error: (${status}) ${STATUS_CODES[status ?? 0] ?? ''}.`
  const rest = failure === 'redirect' && location ? `Location: ${location}` : (body ?? '')
  return `${start} ${rest}`.trim()
}

// characters that the database refuses, that terminals obey, or that turn the text direction
const UNWANTED = /(?![\t\n])[\p{Cc}\p{Bidi_Control}]/gu

function clean(text: string): string {
  const bytes = new TextEncoder().encode(text.replace(UNWANTED, ''))
  if (bytes.length <= MAX_BYTES) return new TextDecoder().decode(bytes)
  // drops a character that the cut split
  return new TextDecoder().decode(bytes.subarray(0, MAX_BYTES)).replace(/\ufffd+$/, '')
}
