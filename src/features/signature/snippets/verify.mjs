import { createHmac, timingSafeEqual } from 'node:crypto'

/** `body` are the bytes as they arrived, before anything parses them: a Buffer. */
export function isFromNexudus(body, signature, secret) {
  const given = String(signature ?? '').toUpperCase()
  if (!/^[0-9A-F]{64}$/.test(given)) return false

  // the documented routine signs a "?" for each character beyond ASCII, so that form is good, too
  const substituted = body.toString('utf8').replace(/[^\0-\x7f]/g, '?')
  return [body, substituted].some((message) => {
    const expected = createHmac('sha256', secret).update(message).digest()
    return timingSafeEqual(Buffer.from(given, 'hex'), expected)
  })
}
