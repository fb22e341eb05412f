/** Sent with a delivery if its location has a shared secret. */
export const SIGNATURE_HEADER = 'X-Nexudus-Hook-Signature'

/**
 * The body of a delivery: an array with one record. Everything beyond ASCII is escaped, so that the
 * documented routine, which signs ASCII bytes, and a signature of the body as sent agree.
 */
export function deliveryBody(record: object): string {
  return escapeNonAscii(JSON.stringify([record]))
}

/** JSON with `\uXXXX` for every code unit beyond ASCII; parsers read the same value. */
export function escapeNonAscii(json: string): string {
  return json.replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** Imitates .NET's ASCII encoder: a question mark for every code unit beyond ASCII. */
export const substituteNonAscii = (text: string) => text.replace(/[^\0-\x7f]/g, '?')

/** HMAC-SHA256 of exactly these bytes (a text is taken as UTF-8), as upper-case hex. */
export async function signatureOf(secret: string, body: string | Uint8Array): Promise<string> {
  return hexOf(await hmac(secret, body))
}

const utf8 = (text: string) => new TextEncoder().encode(text)

async function hmac(secret: string | Uint8Array, body: string | Uint8Array): Promise<Uint8Array> {
  const bytes = typeof secret === 'string' ? keyBytes(secret) : new Uint8Array(secret)
  const key = await crypto.subtle.importKey(
    'raw',
    bytes,
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
  const message = typeof body === 'string' ? utf8(body) : new Uint8Array(body)
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, message))
}

// the documented routine takes the secret as ASCII too; Web Crypto refuses an empty key
const keyBytes = (secret: string) => utf8(substituteNonAscii(secret) || '\0')

const hexOf = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join('')

const base64Of = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes))

/**
 * Verdict on a signature. `valid`: it signs the body as it is. `ascii`: it signs the body with
 * question marks for everything beyond ASCII, as the documented routine does. The rest are invalid;
 * each names the mistake that makes exactly this signature.
 */
export type SignatureVerdict =
  | 'valid'
  | 'ascii'
  | 'letter_case'
  | 'without_array'
  | 'around_again'
  | 'escaped'
  | 'unescaped'
  | 'reserialised'
  | 'trailing_space'
  | 'byte_order_mark'
  | 'json_string'
  | 'slashes'
  | 'secret_space'
  | 'secret_newline'
  | 'secret_decoded'
  | 'swapped'
  | 'base64'
  | 'dashes'
  | 'prefixed'
  | 'sha1'
  | 'other_hash'
  | 'plain_hash'
  | 'malformed'
  | 'missing'
  | 'other'

export type SignedMessage = { body: string; secret: string; signature: string }

type Trap = { verdict: SignatureVerdict; message: (body: string) => string | undefined }

const slashed = (json: string) => json.replace(/(?<!\\)\//g, '\\/')

/** Bodies that people sign instead of the one that arrived, likeliest first. */
const OTHER_BODIES: readonly Trap[] = [
  { verdict: 'ascii', message: substituteNonAscii },
  { verdict: 'byte_order_mark', message: (body) => body.replace(/^\ufeff/, '') },
  { verdict: 'byte_order_mark', message: (body) => `\ufeff${body}` },
  { verdict: 'trailing_space', message: (body) => body.trim() },
  { verdict: 'trailing_space', message: (body) => `${body.trimEnd()}\n` },
  { verdict: 'trailing_space', message: (body) => `${body.trimEnd()}\r\n` },
  { verdict: 'without_array', message: insideArray },
  { verdict: 'without_array', message: (body) => reserialised(body, (value) => firstOf(value)) },
  { verdict: 'around_again', message: (body) => `[${body}]` },
  { verdict: 'escaped', message: escapeNonAscii },
  { verdict: 'unescaped', message: (body) => reserialised(body, (value) => value) },
  { verdict: 'json_string', message: insideString },
  { verdict: 'json_string', message: (body) => insideString(`"${body}"`) },
  { verdict: 'slashes', message: slashed },
  { verdict: 'slashes', message: (body) => body.replace(/\\\//g, '/') },
  { verdict: 'slashes', message: phpOf },
  { verdict: 'reserialised', message: (body) => reserialised(body, (value) => value, 2) },
  { verdict: 'reserialised', message: (body) => reserialised(body, (value) => value, 4) },
  {
    verdict: 'reserialised',
    message: (body) => substituteNonAscii(reserialised(body, (value) => value) ?? ''),
  },
]

/** Judges a signature; if it is invalid, finds the known mistake that made it. */
export async function examineSignature(message: SignedMessage): Promise<SignatureVerdict> {
  const given = bareSignature(message.signature)
  if (given === '') return 'missing'
  const exact = await signatureOf(message.secret, message.body)
  if (given === exact) return 'valid'
  if (given.toUpperCase() === exact) return 'letter_case'
  if (/^(sha1=|sha256=|v1,)/i.test(given)) {
    const bare = given.replace(/^(sha1=|sha256=|v1,)/i, '')
    const verdict = await examineSignature({ ...message, signature: bare })
    return GOOD_BUT_FOR_FORM.has(verdict) ? 'prefixed' : verdict
  }
  if (DASHED.test(given)) {
    const verdict = await examineSignature({ ...message, signature: given.replace(/[-:\s]/g, '') })
    return GOOD_BUT_FOR_FORM.has(verdict) ? 'dashes' : verdict
  }
  if (given === base64Of(await hmac(message.secret, message.body))) return 'base64'
  if (!/^[0-9a-f]{64}$/i.test(given)) return verdictOfLength(given, exact)

  const wanted = given.toUpperCase()
  for (const { verdict, message: bodyOf } of OTHER_BODIES) {
    const body = bodyOf(message.body)
    if (body === undefined || body === message.body) continue
    if ((await signatureOf(message.secret, body)) !== wanted) continue
    return verdict === 'ascii' && given !== wanted ? 'letter_case' : verdict
  }
  for (const { verdict, key, body = message.body } of otherKeys(message)) {
    if (hexOf(await hmac(key, body)) === wanted) return verdict
  }
  for (const text of [message.body, message.secret + message.body, message.body + message.secret]) {
    const hash = await crypto.subtle.digest('SHA-256', utf8(text))
    if (hexOf(new Uint8Array(hash)) === wanted) return 'plain_hash'
  }
  return 'other'
}

type OtherKey = { verdict: SignatureVerdict; key: string | Uint8Array; body?: string }

/** Keys that people sign with instead of the secret, likeliest first. */
function otherKeys({ secret, body }: SignedMessage): OtherKey[] {
  const decoded = [bytesOfBase64(secret), bytesOfHex(secret)]
  return [
    { verdict: 'secret_space', key: secret.trim() },
    ...['\n', '\r\n', '\r'].map((end): OtherKey => ({
      verdict: 'secret_newline',
      key: secret.trimEnd() + end,
    })),
    ...decoded.flatMap((key): OtherKey[] =>
      key && key.length > 0 ? [{ verdict: 'secret_decoded', key }] : [],
    ),
    { verdict: 'swapped', key: body, body: secret },
    { verdict: 'swapped', key: utf8(body || '\0'), body: secret },
  ]
}

function bytesOfBase64(text: string): Uint8Array | undefined {
  try {
    const binary = atob(text.trim().replace(/-/g, '+').replace(/_/g, '/'))
    return Uint8Array.from(binary, (unit) => unit.charCodeAt(0))
  } catch {
    return undefined
  }
}

function bytesOfHex(text: string): Uint8Array | undefined {
  const hex = text.trim()
  if (!/^(?:[0-9a-f]{2})+$/i.test(hex)) return undefined
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

/** The format of .NET's `BitConverter`, and of other tools with colons or spaces. */
const DASHED = /^[0-9a-f]{2}(?:[-:\s][0-9a-f]{2}){15,}$/i

/** Guesses the hash from the number of characters; a part of the right signature is no hash. */
function verdictOfLength(given: string, exact: string): SignatureVerdict {
  if (exact.startsWith(given.toUpperCase())) return 'malformed'
  if (/^[0-9a-f]{40}$/i.test(given) || /^[a-z0-9+/]{27}=$/i.test(given)) return 'sha1'
  return /^(?:[0-9a-f]{32}|[0-9a-f]{96}|[0-9a-f]{128})$/i.test(given) ? 'other_hash' : 'malformed'
}

/** Verdicts on signatures that are correct except for their notation. */
const GOOD_BUT_FOR_FORM = new Set<SignatureVerdict>(['valid', 'ascii', 'letter_case', 'base64'])

/**
 * The pasted signature without its surroundings from a log or code: the header's name, and quotes.
 */
const bareSignature = (text: string) =>
  text
    .trim()
    .replace(/^x-nexudus-hook-signature\s*:\s*/i, '')
    .replace(/^(["'])(.*)\1$/, '$2')

function insideArray(body: string): string | undefined {
  const inside = /^\s*\[([\s\S]*)\]\s*$/.exec(body)?.[1]
  return inside?.trim()
}

const firstOf = (value: unknown): unknown => (Array.isArray(value) ? value[0] : undefined)

function reserialised(body: string, part: (value: unknown) => unknown, indent?: number) {
  try {
    return JSON.stringify(part(JSON.parse(body)), null, indent)
  } catch {
    return undefined
  }
}

/** The content of a quoted text, if it is JSON within JSON. */
function insideString(json: string): string | undefined {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}

/** The body as PHP's `json_encode` would write it. */
function phpOf(body: string): string | undefined {
  const json = reserialised(body, (value) => value)
  return json === undefined ? undefined : slashed(escapeNonAscii(json))
}
