import { createPublicKey, verify } from 'node:crypto'
import { expect, test } from 'vitest'

import { encryptFor, isPublicKey, LONGEST_MESSAGE, newKeys, vapidHeader } from './web-push.ts'

// RFC 8291, section 5 and appendix A
const KEYS = {
  p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
}
const GIVEN = {
  salt: Buffer.from('DGv6ra1nlYgDCS1FRnbzlw', 'base64url'),
  privateKey: Buffer.from('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw', 'base64url'),
}
const SENT =
  'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN'

test('a message is encrypted as in the example of RFC 8291', () => {
  const message = Buffer.from('When I grow up, I want to be a watermelon')
  expect(encryptFor(KEYS, message, GIVEN).toString('base64url')).toBe(SENT)
})

test('no two messages are encrypted alike, and the longest fills a record', () => {
  const message = Buffer.alloc(LONGEST_MESSAGE)
  const [one, other] = [encryptFor(KEYS, message), encryptFor(KEYS, message)]
  expect(one.equals(other)).toBe(false)
  expect(one).toHaveLength(4096)
})

test('only a point of the curve is a public key', () => {
  expect(isPublicKey(KEYS.p256dh)).toBe(true)
  expect(isPublicKey(KEYS.p256dh.replace('BCV', 'BCW'))).toBe(false)
  expect(isPublicKey(Buffer.alloc(65, 4).toString('base64url'))).toBe(false)
  expect(isPublicKey('')).toBe(false)
})

test('a push service can check who sends', () => {
  const keys = newKeys()
  const now = new Date('2026-11-30T08:00:00Z')
  const endpoint = 'https://push.example.com/send/abc?x=1'
  const header = vapidHeader({ endpoint, subject: 'https://desk.example.com', keys, now })
  const [, token = '', key = ''] = /^vapid t=(\S+), k=(\S+)$/.exec(header) ?? []
  expect(key).toBe(keys.publicKey)
  const [head = '', claims = '', signature = ''] = token.split('.')
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({
    aud: 'https://push.example.com',
    exp: Date.parse('2026-11-30T20:00:00Z') / 1000,
    sub: 'https://desk.example.com',
  })
  const point = Buffer.from(key, 'base64url')
  const [x, y] = [point.subarray(1, 33), point.subarray(33)]
  const jwk = { kty: 'EC', crv: 'P-256', x: x.toString('base64url'), y: y.toString('base64url') }
  const publicKey = createPublicKey({ key: jwk, format: 'jwk' })
  const isValid = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  expect(isValid).toBe(true)
})
