/** On a delivery, when its location has a shared secret. */
export const SIGNATURE_HEADER = 'X-Nexudus-Hook-Signature'

/**
 * The body of a delivery: an array holding one record. Everything beyond ASCII is escaped, so
 * that the documented routine, which signs ASCII bytes, and a signature of the body as it is sent
 * come to the same.
 */
export function deliveryBody(record: object): string {
  return escapeNonAscii(JSON.stringify([record]))
}

/** JSON with `\uXXXX` for every code unit beyond ASCII; the same value to every parser. */
export function escapeNonAscii(json: string): string {
  return json.replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** What an ASCII encoder of .NET makes of a text: a question mark for every other code unit. */
export const substituteNonAscii = (text: string) => text.replace(/[^\0-\x7f]/g, '?')

/** HMAC-SHA256 of exactly these bytes (a text is taken as UTF-8), as upper-case hex. */
export async function signatureOf(secret: string, body: string | Uint8Array): Promise<string> {
  return hexOf(await hmac(secret, body))
}

async function hmac(secret: string, body: string | Uint8Array): Promise<Uint8Array> {
  const utf8 = new TextEncoder()
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', keyBytes(secret), algorithm, false, ['sign'])
  const message = typeof body === 'string' ? utf8.encode(body) : new Uint8Array(body)
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, message))
}

// the documented routine takes the secret as ASCII too; Web Crypto refuses an empty key
const keyBytes = (secret: string) => new TextEncoder().encode(substituteNonAscii(secret) || '\0')

const hexOf = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join('')

const base64Of = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes))

/**
 * What a signature turned out to be. `valid`: of the body as it is. `ascii`: of the body with
 * question marks for what is not ASCII, which is what the documented routine signs. The rest are
 * not valid; each names the mistake that makes exactly this signature.
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
  | 'secret_space'
  | 'base64'
  | 'prefixed'
  | 'malformed'
  | 'missing'
  | 'other'

export type SignedMessage = { body: string; secret: string; signature: string }

type Trap = { verdict: SignatureVerdict; message: (body: string) => string | undefined }

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
  { verdict: 'reserialised', message: (body) => reserialised(body, (value) => value, 2) },
  { verdict: 'reserialised', message: (body) => reserialised(body, (value) => value, 4) },
  {
    verdict: 'reserialised',
    message: (body) => substituteNonAscii(reserialised(body, (value) => value) ?? ''),
  },
]

/** Says whether a signature is good, and if it is not, which of the known mistakes made it. */
export async function examineSignature(message: SignedMessage): Promise<SignatureVerdict> {
  const given = bareSignature(message.signature)
  if (given === '') return 'missing'
  const exact = await signatureOf(message.secret, message.body)
  if (given === exact) return 'valid'
  if (given.toUpperCase() === exact) return 'letter_case'
  if (/^(sha256=|v1,)/i.test(given)) {
    const bare = given.replace(/^(sha256=|v1,)/i, '')
    const verdict = await examineSignature({ ...message, signature: bare })
    return PREFIX_ASIDE.has(verdict) ? 'prefixed' : verdict
  }
  if (given === base64Of(await hmac(message.secret, message.body))) return 'base64'
  if (!/^[0-9a-f]{64}$/i.test(given)) return 'malformed'

  const wanted = given.toUpperCase()
  for (const { verdict, message: bodyOf } of OTHER_BODIES) {
    const body = bodyOf(message.body)
    if (body === undefined || body === message.body) continue
    if ((await signatureOf(message.secret, body)) !== wanted) continue
    return verdict === 'ascii' && given !== wanted ? 'letter_case' : verdict
  }
  const trimmed = message.secret.trim()
  if (trimmed !== message.secret && (await signatureOf(trimmed, message.body)) === wanted) {
    return 'secret_space'
  }
  return 'other'
}

/** Good but for what stands in front of it. */
const PREFIX_ASIDE = new Set<SignatureVerdict>(['valid', 'ascii', 'letter_case', 'base64'])

/** As it was pasted, without what is around it in a log or in code: the header's name, and quotes. */
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
