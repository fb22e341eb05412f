import { createHash, createHmac } from 'node:crypto'

import { expect, test } from 'vitest'

import {
  deliveryBody,
  escapeNonAscii,
  examineSignature,
  signatureOf,
  substituteNonAscii,
  type SignatureVerdict,
} from './signature.ts'

const SECRET = 'a shared secret'
const RECORD = { Id: 1, Name: 'José – Zoë', Note: '😀 \u2028 "x" \\u00e9' }
const BODY = deliveryBody(RECORD)
const PLAIN = JSON.stringify([RECORD])

/** Signs with another implementation than the one under test. */
const sign = (body: string | Buffer, secret: string | Buffer = SECRET) =>
  createHmac('sha256', secret).update(body).digest('hex').toUpperCase()

const LINK = deliveryBody({ Photo: 'https://x.example/ü/1', Raw: 'a\\b' })
const PRETTY_LINK = JSON.stringify(JSON.parse(LINK), null, 4)
const dashed = (hex: string) => hex.match(/../g)?.join('-') ?? ''
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex').toUpperCase()

test('a delivery body is ASCII and parses to the same record', () => {
  expect(BODY).toMatch(/^[ -~]+$/)
  expect(JSON.parse(BODY)).toEqual([RECORD])
  expect(escapeNonAscii(BODY)).toBe(BODY)
})

test('for an ASCII body the documented routine and a plain HMAC agree', async () => {
  expect(await signatureOf(SECRET, BODY)).toBe(sign(BODY))
  expect(await signatureOf(SECRET, BODY)).toBe(sign(Buffer.from(BODY, 'ascii')))
  expect(await signatureOf(SECRET, new TextEncoder().encode(BODY))).toBe(sign(BODY))
})

test('.NET replaces an astral character by two question marks, one per code unit', () => {
  expect(substituteNonAscii('é😀a')).toBe('???a')
})

test.each<[SignatureVerdict, string, string, string]>([
  ['valid', BODY, SECRET, sign(BODY)],
  ['valid', BODY, SECRET, ` ${sign(BODY)}\n`],
  ['valid', PLAIN, SECRET, sign(PLAIN)],
  ['ascii', PLAIN, SECRET, sign(substituteNonAscii(PLAIN))],
  ['letter_case', BODY, SECRET, sign(BODY).toLowerCase()],
  ['without_array', BODY, SECRET, sign(BODY.slice(1, -1))],
  ['without_array', BODY, SECRET, sign(JSON.stringify(RECORD))],
  ['around_again', BODY, SECRET, sign(`[${BODY}]`)],
  ['escaped', PLAIN, SECRET, sign(BODY)],
  ['unescaped', BODY, SECRET, sign(PLAIN)],
  ['reserialised', BODY, SECRET, sign(JSON.stringify([RECORD], null, 2))],
  ['reserialised', BODY, SECRET, sign(JSON.stringify([RECORD], null, 4))],
  ['trailing_space', BODY, SECRET, sign(`${BODY}\n`)],
  ['trailing_space', `${BODY}\n`, SECRET, sign(BODY)],
  ['byte_order_mark', `\ufeff${BODY}`, SECRET, sign(BODY)],
  ['letter_case', PLAIN, SECRET, sign(substituteNonAscii(PLAIN)).toLowerCase()],
  ['valid', BODY, SECRET, `X-Nexudus-Hook-Signature: ${sign(BODY)}`],
  ['valid', BODY, SECRET, `"${sign(BODY)}"`],
  ['malformed', BODY, SECRET, 'sha256=zzz'],
  ['missing', BODY, SECRET, 'sha256='],
  ['other', BODY, SECRET, `sha256=${sign('another body')}`],
  ['secret_space', BODY, `${SECRET} `, sign(BODY)],
  ['base64', BODY, SECRET, Buffer.from(sign(BODY), 'hex').toString('base64')],
  ['prefixed', BODY, SECRET, `sha256=${sign(BODY).toLowerCase()}`],
  ['prefixed', BODY, SECRET, `v1,${Buffer.from(sign(BODY), 'hex').toString('base64')}`],
  ['malformed', BODY, SECRET, sign(BODY).slice(0, 40)],
  ['malformed', BODY, SECRET, 'hello'],
  ['json_string', JSON.stringify(BODY), SECRET, sign(BODY)],
  ['json_string', JSON.stringify(BODY).slice(1, -1), SECRET, sign(BODY)],
  ['json_string', JSON.stringify(PLAIN), SECRET, sign(PLAIN)],
  ['slashes', LINK, SECRET, sign(LINK.replaceAll('/', '\\/'))],
  ['slashes', LINK.replaceAll('/', '\\/'), SECRET, sign(LINK)],
  // PHP also escapes everything beyond ASCII, and leaves spaces out
  ['slashes', PRETTY_LINK, SECRET, sign(LINK.replaceAll('/', '\\/'))],
  ['dashes', BODY, SECRET, dashed(sign(BODY))],
  ['dashes', BODY, SECRET, dashed(sign(BODY)).toLowerCase()],
  ['dashes', BODY, SECRET, dashed(sign(BODY)).replaceAll('-', ':')],
  ['without_array', BODY, SECRET, dashed(sign(BODY.slice(1, -1)))],
  ['secret_newline', BODY, SECRET, sign(BODY, `${SECRET}\n`)],
  ['secret_newline', BODY, SECRET, sign(BODY, `${SECRET}\r\n`)],
  ['secret_newline', BODY, `${SECRET} `, sign(BODY, `${SECRET}\n`)],
  ['swapped', BODY, SECRET, sign(SECRET, BODY)],
  ['swapped', PLAIN, SECRET, sign(SECRET, PLAIN)],
  ['secret_decoded', BODY, 'c2VjcmV0', sign(BODY, 'secret')],
  ['secret_decoded', BODY, '-_-_c2VjcmV0', sign(BODY, Buffer.from('-_-_c2VjcmV0', 'base64url'))],
  ['secret_decoded', BODY, '00ff7365', sign(BODY, Buffer.from('00ff7365', 'hex'))],
  ['sha1', BODY, SECRET, createHmac('sha1', SECRET).update(BODY).digest('hex')],
  ['sha1', BODY, SECRET, createHmac('sha1', SECRET).update(BODY).digest('base64')],
  ['sha1', BODY, SECRET, `sha1=${createHash('sha1').update(BODY).digest('hex')}`],
  ['other_hash', BODY, SECRET, createHmac('sha512', SECRET).update(BODY).digest('hex')],
  ['other_hash', BODY, SECRET, createHash('md5').update(BODY).digest('hex')],
  ['plain_hash', BODY, SECRET, sha256(BODY)],
  ['plain_hash', BODY, SECRET, sha256(SECRET + BODY).toLowerCase()],
  ['plain_hash', BODY, SECRET, sha256(BODY + SECRET)],
  ['missing', BODY, SECRET, ' '],
  ['other', BODY, 'another secret', sign(BODY)],
  ['other', BODY.replace('1', '2'), SECRET, sign(BODY)],
  ['other', 'not JSON', SECRET, sign(BODY)],
])('a signature is judged %s', async (verdict, body, secret, signature) => {
  expect(await examineSignature({ body, secret, signature })).toBe(verdict)
})

test('changing any character of the body makes the signature invalid', async () => {
  const signature = sign(BODY)
  for (let at = 0; at < BODY.length; at += 7) {
    const body =
      BODY.slice(0, at) + String.fromCharCode(BODY.charCodeAt(at) ^ 1) + BODY.slice(at + 1)
    expect(await examineSignature({ body, secret: SECRET, signature })).toBe('other')
  }
})
