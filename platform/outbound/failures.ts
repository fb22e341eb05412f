import type { OutboundFailure } from '#contract/desk/probe.ts'

/** A call that failed before it had a status. */
export class OutboundError extends Error {
  override readonly name = 'OutboundError'
  readonly failure: OutboundFailure

  constructor(failure: OutboundFailure, message: string, cause?: unknown) {
    super(message, { cause })
    this.failure = failure
  }
}

const BY_CODE: Record<string, OutboundFailure> = {
  ECONNREFUSED: 'connection_refused',
  ECONNRESET: 'connection_reset',
  EPIPE: 'connection_reset',
  EHOSTUNREACH: 'connection_failed',
  ETIMEDOUT: 'connection_failed',
  CERT_HAS_EXPIRED: 'tls_expired',
  CERT_NOT_YET_VALID: 'tls_expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls_self_signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls_self_signed',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls_untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls_untrusted',
  CERT_UNTRUSTED: 'tls_untrusted',
  CERT_REVOKED: 'tls_untrusted',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls_wrong_name',
  // failures of this machine, not of the receiver: they must not count against it
  EMFILE: 'ours_no_network',
  ENFILE: 'ours_no_network',
  EADDRNOTAVAIL: 'ours_no_network',
  ENETUNREACH: 'ours_no_network',
}

/** Maps an error with one of Node's network codes to an `OutboundError`. */
export function failureOf(error: unknown): OutboundError {
  if (error instanceof OutboundError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const message = error instanceof Error ? error.message : String(error)
  return new OutboundError(classOf(code, message), message, error)
}

function classOf(code: string, message: string): OutboundFailure {
  const known = BY_CODE[code]
  if (known) return known
  if (code.startsWith('HPE_')) return 'bad_response'
  if (/^ERR_(SSL|TLS)_|^EPROTO$/.test(code)) return 'tls_handshake'
  // Node's message when a connection closes before the answer
  if (/socket hang up/i.test(message)) return 'connection_reset'
  return 'connection_failed'
}
