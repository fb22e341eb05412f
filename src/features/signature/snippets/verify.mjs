import { createHmac, timingSafeEqual } from 'node:crypto'

/** `body` are the bytes as they arrived, before anything parses them. */
export function isFromNexudus(body, signature, secret) {
  const expected = createHmac('sha256', secret).update(body).digest('hex').toUpperCase()
  const given = String(signature ?? '').toUpperCase()
  return (
    given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected))
  )
}
