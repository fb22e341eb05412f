/** The side that has to fix the error. */
export type Side = 'receiver' | 'address' | 'network'

export type Explanation = {
  /** The cause, in one line. */
  cause: string
  /** The cause in short for a table; its subject is the receiver. */
  brief: string
  side: Side
  /** The next step, and who takes it. */
  next: string
}

type Rule = { matches: RegExp } & Explanation

/** True if the receiver's host was not found. */
export const isUnknownHost = (error: string): boolean =>
  explainLastError(error)?.brief === UNKNOWN_HOST

const UNKNOWN_HOST = 'Its host name does not exist'

// rules for failed handshakes come before those for failed connections: their texts overlap
const RULES: Rule[] = [
  {
    matches:
      /certificate (has |is |was )?expired|certificate is invalid:[^.]*expired|NotTimeValid|CERT_HAS_EXPIRED|certificate.{0,20}not yet valid/i,
    cause: 'The receiver’s certificate is out of date.',
    brief: 'Its certificate is out of date',
    side: 'receiver',
    next: 'Ask whoever runs the receiver to renew it.',
  },
  {
    matches:
      /NameMismatch|altnames|ERR_TLS_CERT_ALTNAME|certificate is for|name.*does not match.*certificate|certificate.*does not match/i,
    cause: 'The receiver’s certificate is for another name.',
    brief: 'Its certificate is for another name',
    side: 'receiver',
    next: 'Check the URL for a typing error. If it is right, ask whoever runs the receiver to correct the certificate.',
  },
  {
    matches:
      /self[- ]signed|unable to verify the first certificate|unable to get (local )?issuer|RemoteCertificateChainErrors|PartialChain|UntrustedRoot|trust relationship|certificate is invalid/i,
    cause: 'The receiver’s certificate is not trusted.',
    brief: 'Its certificate is not trusted',
    side: 'receiver',
    next: 'Ask whoever runs the receiver to install a certificate from a known authority, with its full chain.',
  },
  {
    matches:
      /SSL connection could not be established|SSL\/TLS secure channel|(ssl|tls)\S* handshake|handshake (failed|failure|did not)|EPROTO|SSL routines|unexpected or badly formatted/i,
    cause: 'No encrypted connection could be agreed.',
    brief: 'No encrypted connection',
    side: 'receiver',
    next: 'Ask whoever runs the receiver to check its certificate and that it supports TLS 1.2 or newer.',
  },
  {
    matches:
      /name could not be resolved|no such host|name or service not known|nodename nor servname|ENOTFOUND|EAI_AGAIN|NXDOMAIN|server name.*not.*(found|resolve)/i,
    cause: 'The host name in the URL does not exist.',
    brief: UNKNOWN_HOST,
    side: 'address',
    next: 'Check it for a typing error. If it is right, ask whoever runs the receiver.',
  },
  {
    matches: /actively refused|connection refused|ECONNREFUSED/i,
    cause: 'The server is there but does not accept connections.',
    brief: 'Does not accept connections',
    side: 'receiver',
    next: 'Ask whoever runs the receiver to start it or to open its port.',
  },
  {
    matches:
      /timed out|time-?out|ETIMEDOUT|did not properly respond|task was canceled|deadline exceeded/i,
    cause: 'The receiver took too long to answer.',
    brief: 'Took too long to answer',
    side: 'receiver',
    next: 'The receiver should answer first and do the work afterwards.',
  },
  {
    matches:
      /no route to host|(network|host|destination|server) (is |was )?unreachable|EHOSTUNREACH|ENETUNREACH|unable to connect to the remote server/i,
    cause: 'The server cannot be reached.',
    brief: 'Cannot be reached',
    side: 'network',
    next: 'Ask whoever runs the receiver to check that it is on the internet.',
  },
  {
    matches:
      /forcibly closed|connection (was )?reset|ECONNRESET|closed unexpectedly|connection was closed|socket hang up|unexpected error occurred on a (receive|send)|response ended prematurely/i,
    cause: 'The receiver broke the connection off.',
    brief: 'Broke the connection off',
    side: 'receiver',
    next: 'Ask whoever runs the receiver to look at its log for that moment.',
  },
  {
    matches: /too many (automatic )?redirect/i,
    cause: 'The URL redirects in a circle.',
    brief: 'Redirects in a circle',
    side: 'address',
    next: 'Copy the URL again from its source.',
  },
  {
    matches:
      /invalid uri|format of the uri|(address|url) cannot be read|(address|url) is longer than|invalid url|unsupported protocol|scheme.*not (supported|valid)/i,
    cause: 'The URL cannot be read.',
    brief: 'The URL cannot be read',
    side: 'address',
    next: 'Copy the URL again, from https:// to its end.',
  },
  {
    matches: /only https (addresses|urls) are called/i,
    cause: 'The sandbox calls only https URLs.',
    brief: 'Not an https URL',
    side: 'address',
    next: 'Use https, or start the sandbox with OUTBOUND_HTTP=1.',
  },
  {
    matches: /this port is not called/i,
    cause: 'The sandbox does not call this port.',
    brief: 'Port not allowed',
    side: 'address',
    next: 'Use 443, or start the sandbox with OUTBOUND_PORTS.',
  },
  {
    matches: /not on the public internet|private (ip )?address|target[_ ]blocked/i,
    cause: 'The URL is not on the internet.',
    brief: 'Not on the internet',
    side: 'address',
    next: 'Give the receiver a URL that can be reached from outside its own network.',
  },
  {
    matches: /protocol violation|parse error|malformed (http )?response|HPE_/i,
    cause: 'The receiver’s answer could not be understood.',
    brief: 'Its answer cannot be understood',
    side: 'receiver',
    next: 'Ask whoever runs the receiver to check that it speaks HTTP at this URL.',
  },
]

type StatusRule = Explanation & { from: number; to: number }

const BY_STATUS: StatusRule[] = [
  {
    from: 300,
    to: 399,
    side: 'address',
    cause: 'The URL has moved.',
    brief: 'Has moved',
    next: 'Replace the URL. Ask whoever runs the receiver for the new one.',
  },
  {
    from: 401,
    to: 401,
    side: 'address',
    cause: 'The receiver wants a key.',
    brief: 'Wants a key',
    next: 'Renew the key in the URL.',
  },
  {
    from: 403,
    to: 403,
    side: 'receiver',
    cause: 'The receiver wants a key, or blocks Nexudus.',
    brief: 'Refuses the key',
    next: 'Renew the key in the URL, or ask whoever runs the receiver to allow Nexudus.',
  },
  {
    from: 404,
    to: 404,
    side: 'address',
    cause: 'Nothing listens at this path.',
    brief: 'Nothing listens at this path',
    next: 'Was the Zap, flow or scenario deleted? Copy the URL again.',
  },
  {
    from: 405,
    to: 405,
    side: 'address',
    cause: 'The receiver does not take deliveries at this path.',
    brief: 'Takes no deliveries at this path',
    next: 'Copy the URL again; this one may belong to a page, not a webhook.',
  },
  {
    from: 408,
    to: 408,
    side: 'receiver',
    cause: 'The receiver took too long.',
    brief: 'Took too long to answer',
    next: 'The receiver should answer first and do the work afterwards.',
  },
  {
    from: 410,
    to: 410,
    side: 'address',
    cause: 'The receiver says this URL is gone for good.',
    brief: 'Gone for good',
    next: 'Replace the URL, or delete the webhook.',
  },
  {
    from: 413,
    to: 413,
    side: 'receiver',
    cause: 'The receiver finds the data too large.',
    brief: 'Finds the data too large',
    next: 'Ask the developer of the receiver to raise its limit.',
  },
  {
    from: 429,
    to: 429,
    side: 'receiver',
    cause: 'The receiver is being called too often.',
    brief: 'Called too often',
    next: 'Check the receiver’s plan or limit.',
  },
  {
    from: 502,
    to: 504,
    side: 'receiver',
    cause: 'The receiver is down or overloaded.',
    brief: 'Down or overloaded',
    next: 'Ask whoever runs the receiver to look into it; it often passes.',
  },
  {
    from: 400,
    to: 499,
    side: 'receiver',
    cause: 'The receiver does not accept the format.',
    brief: 'Does not accept the format',
    next: 'Ask the developer of the receiver what it expects.',
  },
  {
    from: 500,
    to: 599,
    side: 'receiver',
    cause: 'The receiver failed while handling the event.',
    brief: 'Failed while handling the event',
    next: 'Ask whoever runs the receiver to look at its log for that moment.',
  },
]

const HTML: Explanation = {
  cause: 'A web page answered, probably a login page.',
  brief: 'A web page answered',
  side: 'address',
  next: 'This is the wrong URL. Copy the webhook URL again.',
}

/** Explains a `LastError` and says what to do; `undefined` for an unknown text. */
export function explainLastError(text: string): Explanation | undefined {
  const status = statusIn(text)
  const byStatus = BY_STATUS.find(({ from, to }) => status >= from && status <= to)
  const found = byStatus ?? RULES.find(({ matches }) => matches.test(text))
  if (found) {
    const { cause, brief, side, next } = found
    return { cause, brief: byStatus ? `${brief} (${status})` : brief, side, next }
  }
  return /<!doctype html|<html|parsing value: </i.test(text) ? HTML : undefined
}

/** A short text for any error, where its own words do not fit. */
export const briefCause = (text: string) => explainLastError(text)?.brief ?? 'Unrecognised error'

/**
 * The status code if the text says that it is one, else 0: three digits alone may mean anything.
 */
function statusIn(text: string): number {
  const said =
    /\b(?:error|status|code)\b\D{0,40}\((\d{3})\)/i.exec(text) ??
    /\bstatus(?: code)?\b\D{0,30}(\d{3})\b/i.exec(text) ??
    /\bHTTP(?:\/\d(?:\.\d)?)?[ :]+(\d{3})\b/i.exec(text) ??
    /^(\d{3})\b(?=$|[ :.-]+[A-Za-z])/.exec(text.trim())
  return Number(said?.[1] ?? 0)
}
